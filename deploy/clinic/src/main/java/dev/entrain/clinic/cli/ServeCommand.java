package dev.entrain.clinic.cli;

import dev.entrain.clinic.ingest.BrokerConfig;
import dev.entrain.clinic.web.WebConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Receives, and serves the page; several side by side share the work. Ends on SIGTERM with everything stored that came. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Receives what units publish, stores it, and serves the page. Prints a line with 'ready' once it does.")
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", description = "clinic.toml; options count more than what it says.")
    private @Nullable Path config;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private WebOptions web = new WebOptions();

    @Option(names = "--no-web", description = "Only receive.")
    private boolean noWeb;

    @Override
    public Integer call() throws Refused, InterruptedException {
        try (Serving serving = new Serving(spec.commandLine().getOut())) {
            ClinicFile file = ClinicFile.read(config);
            BrokerConfig brokerConfig = broker.broker(file);
            WebConfig webConfig = noWeb ? null : web.web(file);
            try (DatabaseOptions.Opened opened = database.open(file)) {
                if (webConfig == null) {
                    serving.receive(brokerConfig, opened.database());
                } else {
                    serving.receiveAndShow(brokerConfig, webConfig, web.signer(file), opened.database());
                }
            }
        }
        return 0;
    }
}
