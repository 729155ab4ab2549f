package dev.entrain.clinic.cli;

import dev.entrain.clinic.account.Passwords;
import dev.entrain.clinic.ingest.BrokerConfig;
import dev.entrain.clinic.ingest.Downlink;
import dev.entrain.clinic.ingest.MqttLive;
import dev.entrain.clinic.ingest.Receiver;
import dev.entrain.clinic.metrics.Metrics;
import dev.entrain.clinic.metrics.MetricsText;
import dev.entrain.clinic.order.OrderSigner;
import dev.entrain.clinic.store.Database;
import dev.entrain.clinic.web.AdminServer;
import dev.entrain.clinic.web.CommandSender;
import dev.entrain.clinic.web.WebConfig;
import dev.entrain.clinic.web.WebServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Serves until the process is asked to end, and then lets it go only when all that came is stored. */
final class Serving implements AutoCloseable {
    private static final int STOP_LIMIT_S = 15;
    private static final int COMMAND_EXPIRY_S = 60;
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** From here on SIGTERM means an end in good order. */
    Serving(PrintWriter out) {
        this.out = out;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "entrain-stop"));
    }

    /** Receives until the end. */
    void receive(BrokerConfig broker, Database database) throws InterruptedException {
        try (Receiver receiver = new Receiver(broker, database, new Metrics())) {
            start(receiver);
            ready("receiving from " + broker.uri());
            stop.await();
        }
    }

    /**
     * Receives and serves the page until the end.
     *
     * @param signer of the page's commands; null for none
     * @throws Refused if the page can't be served
     */
    void receiveAndShow(BrokerConfig broker, WebConfig web, @Nullable OrderSigner signer, Database database)
            throws Refused, InterruptedException {
        Metrics metrics = new Metrics();
        MetricsText text = new MetricsText(metrics);
        try (Receiver receiver = new Receiver(broker, database, metrics);
                MqttLive live = new MqttLive(broker);
                WebServer page = WebServer.start(
                        web,
                        new WebServer.Parts(
                                database.source(), live, sender(signer, live), Clock.systemUTC(), new Passwords()));
                AdminServer admin = new AdminServer(
                        web.adminPort(), database.source(), receiver::healthy, MetricsText.CONTENT_TYPE, text::write)) {
            start(receiver);
            live.start();
            ready("receiving from " + broker.uri() + "; page " + page.address() + "; metrics " + admin.address());
            stop.await();
        } catch (IOException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static void start(Receiver receiver) throws InterruptedException {
        receiver.start();
        if (!receiver.awaitSubscribed(BROKER_LIMIT)) {
            Logger.warn("broker: not there yet; everything else starts meanwhile");
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
        out.println("ready: " + what);
        out.flush();
    }

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

    /** Everything has ended in the order of the code above, backwards. */
    @Override
    public void close() {
        stopped.countDown();
    }
}
