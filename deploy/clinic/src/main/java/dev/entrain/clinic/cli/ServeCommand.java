package dev.entrain.clinic.cli;

import dev.entrain.clinic.account.Passwords;
import dev.entrain.clinic.ingest.BrokerConfig;
import dev.entrain.clinic.ingest.Downlink;
import dev.entrain.clinic.ingest.MqttLive;
import dev.entrain.clinic.ingest.Receiver;
import dev.entrain.clinic.metrics.Metrics;
import dev.entrain.clinic.metrics.MetricsText;
import dev.entrain.clinic.order.OrderSigner;
import dev.entrain.clinic.web.AdminServer;
import dev.entrain.clinic.web.CommandSender;
import dev.entrain.clinic.web.WebConfig;
import dev.entrain.clinic.web.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
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
    private static final int COMMAND_EXPIRY_S = 60;
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(10);

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
        WebConfig webConfig = noWeb ? null : web.web(file);
        try (DatabaseOptions.Opened opened = database.open(file)) {
            Metrics metrics = new Metrics();
            try (Receiver receiver = new Receiver(brokerConfig, opened.database(), metrics)) {
                receiver.start();
                if (!receiver.awaitSubscribed(BROKER_LIMIT)) {
                    Logger.warn("broker: not there yet; everything else starts meanwhile");
                }
                if (webConfig == null) {
                    ready("receiving from " + brokerConfig.uri());
                    stop.await();
                } else {
                    serveWeb(
                            brokerConfig,
                            webConfig,
                            signer(file),
                            opened.database().source(),
                            metrics);
                }
            }
        }
    }

    private void serveWeb(
            BrokerConfig brokerConfig,
            WebConfig webConfig,
            @Nullable OrderSigner signer,
            DataSource source,
            Metrics metrics)
            throws Refused, InterruptedException {
        Clock clock = Clock.systemUTC();
        MetricsText text = new MetricsText(metrics);
        try (MqttLive live = new MqttLive(brokerConfig);
                WebServer page = WebServer.start(
                        webConfig, new WebServer.Parts(source, live, sender(signer, live), clock, new Passwords()));
                AdminServer admin =
                        new AdminServer(webConfig.adminPort(), source, MetricsText.CONTENT_TYPE, text::write)) {
            live.start();
            ready("receiving from " + brokerConfig.uri() + "; page " + page.address() + "; metrics " + admin.address());
            stop.await();
        } catch (IOException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable OrderSigner signer(ClinicFile file) throws Refused {
        Path key = web.commandKey(file);
        try {
            return key == null ? null : OrderSigner.read(key);
        } catch (IOException e) {
            throw new Refused("The key for commands can't be used: " + e.getMessage());
        }
    }

    private static @Nullable CommandSender sender(@Nullable OrderSigner signer, Downlink line) {
        if (signer == null) {
            return null;
        }
        return (unit, boot, id, command) -> {
            if (!line.send(unit, "cmd", signer.command(unit, boot, id, command), false, COMMAND_EXPIRY_S)) {
                throw new CommandSender.NotSent("the broker did not answer");
            }
        };
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
