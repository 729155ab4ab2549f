package dev.entrain.clinic.cli;

import dev.entrain.clinic.ingest.BrokerConfig;
import dev.entrain.clinic.ingest.MqttLive;
import dev.entrain.clinic.ingest.Receiver;
import dev.entrain.clinic.metrics.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
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
    private static final int STOP_LIMIT_S = 15;
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", description = "clinic.toml; options count more than what it says.")
    private @Nullable Path config;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--no-web", description = "Only receive.")
    private boolean noWeb;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Integer call() throws Refused, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "entrain-stop"));
        try {
            serve();
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private void serve() throws Refused, InterruptedException {
        ClinicFile file = ClinicFile.read(config);
        BrokerConfig brokerConfig = broker.broker(file);
        try (DatabaseOptions.Opened opened = database.open(file)) {
            Metrics metrics = new Metrics();
            try (Receiver receiver = new Receiver(brokerConfig, opened.database(), metrics)) {
                receiver.start();
                if (!receiver.awaitSubscribed(BROKER_LIMIT)) {
                    Logger.warn("broker: not there yet; everything else starts meanwhile");
                }
                if (noWeb) {
                    ready("receiving from " + brokerConfig.uri());
                    stop.await();
                } else {
                    serveWeb(brokerConfig);
                }
            }
        }
    }

    private void serveWeb(BrokerConfig brokerConfig) throws InterruptedException {
        try (MqttLive live = new MqttLive(brokerConfig)) {
            live.start();
            ready("receiving from " + brokerConfig.uri() + "; no page in this version");
            stop.await();
        }
    }

    private void ready(String what) {
        spec.commandLine().getOut().println("ready: " + what);
        spec.commandLine().getOut().flush();
    }

    /** In the order of the code above, backwards: the page, the receiver with what has come, the database. */
    private void stopAndWait() {
        stop.countDown();
        try {
            if (!stopped.await(STOP_LIMIT_S, TimeUnit.SECONDS)) {
                Logger.error("not everything ended within {} s; what is not stored stays with the units", STOP_LIMIT_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
