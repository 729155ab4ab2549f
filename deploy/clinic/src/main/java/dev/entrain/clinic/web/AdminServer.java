package dev.entrain.clinic.web;

import dev.entrain.clinic.sql.DatabaseAway;
import dev.entrain.clinic.sql.Sql;
import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.tinylog.Logger;

/** Serves /metrics and /healthz to this computer alone. Thread-safe. */
public final class AdminServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Javalin server;

    /** Writes the metrics as they are now. */
    @FunctionalInterface
    public interface MetricsWriter {
        /** Writes them in Prometheus' text format. */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Starts to serve.
     *
     * @param port 0 for a free one
     * @param receiving whether what units send is stored now
     * @param contentType of the metrics
     * @throws IOException if the port is taken
     */
    public AdminServer(
            int port, DataSource source, BooleanSupplier receiving, String contentType, MetricsWriter metrics)
            throws IOException {
        Sql sql = new Sql(source);
        server = Javalin.create(settings -> {
            settings.startup.showJavalinBanner = false;
            settings.startup.showOldJavalinVersionWarning = false;
            settings.startup.startupWatcherEnabled = false;
            settings.concurrency.useVirtualThreads = true;
            settings.jetty.host = HOST;
            settings.jetty.port = port;
            settings.routes.get("/healthz", context -> {
                context.contentType("text/plain; charset=utf-8");
                try {
                    sql.first("SELECT 1", row -> row.getInt(1));
                    if (receiving.getAsBoolean()) {
                        context.result("ok\n");
                    } else {
                        context.status(503).result("nothing is received: the log says why\n");
                    }
                } catch (DatabaseAway e) {
                    Logger.debug("healthz: {}", e.getMessage());
                    context.status(503).result("the database does not answer\n");
                }
            });
            settings.routes.get("/metrics", context -> {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
                metrics.write(bytes);
                context.contentType(contentType).result(bytes.toByteArray());
            });
        });
        try {
            server.start();
        } catch (JavalinException e) {
            throw new IOException(
                    "metrics can not be served on " + HOST + " port " + port + ": choose another port", e);
        }
    }

    /** Returns where it listens. */
    public URI address() {
        return URI.create("http://" + HOST + ":" + server.port() + "/");
    }

    @Override
    public void close() {
        server.stop();
    }
}
