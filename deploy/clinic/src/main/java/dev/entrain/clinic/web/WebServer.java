package dev.entrain.clinic.web;

import dev.entrain.clinic.account.Accounts;
import dev.entrain.clinic.account.Audit;
import dev.entrain.clinic.account.Logins;
import dev.entrain.clinic.account.Passwords;
import dev.entrain.clinic.account.WebSessions;
import dev.entrain.clinic.ingest.LiveFeed;
import dev.entrain.clinic.sql.DatabaseAway;
import dev.entrain.clinic.sql.Sql;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** The page and its API over HTTP or HTTPS. Several may serve one database side by side and share its log-ins. Thread-safe. */
public final class WebServer implements AutoCloseable {
    /** The one route that is no answer but goes on. */
    static final String LIVE = "/api/units/{unit}/live";

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final long MOST_REQUEST_BYTES = 16_384;
    private static final int MOST_HEADER_BYTES = 8_192;
    private static final long IDLE_MS = 30_000;
    private static final int LEAST_GZIP_BYTES = 1_500;

    private final WebConfig config;
    private final LiveStreams live;
    private final List<Api.Route> routes;
    private final Javalin server;

    /**
     * What the page stands on.
     *
     * @param source the clinic's database, migrated
     * @param feed what units publish now
     * @param sender for commands; null where the server has no key to sign them with
     */
    public record Parts(
            DataSource source,
            LiveFeed feed,
            @Nullable CommandSender sender,
            InstantSource clock,
            Passwords passwords) {}

    private WebServer(WebConfig config, Parts parts, Duration heartbeat) throws IOException {
        this.config = config;
        Sql sql = new Sql(parts.source());
        SecureRandom random = new SecureRandom();
        WebSessions sessions = new WebSessions(sql, parts.clock(), random);
        Audit audit = new Audit(sql, parts.clock());
        Accounts accounts = new Accounts(sql, parts.passwords(), parts.clock());
        Logins logins = new Logins(sql, accounts, parts.passwords(), sessions, audit, parts.clock(), random);
        Cookies cookies = new Cookies(config);
        Guard guard = new Guard(config, sessions, cookies, audit);
        live = new LiveStreams(parts.feed(), sessions, heartbeat);
        Api api = new Api(guard, cookies, logins, sessions, audit, sql, parts.clock(), parts.sender(), live);
        routes = api.routes();
        DashboardFiles files = DashboardFiles.read(config.dashboard());
        SslContextFactory.@Nullable Server tls = config.tls() == null ? null : PemTls.of(config.tls());
        server = Javalin.create(settings -> {
            limits(settings, tls);
            settings.routes.before(guard::headers);
            settings.routes.beforeMatched(guard::admit);
            for (Api.Route route : routes) {
                settings.routes.addHttpHandler(route.method(), route.path(), route.handler(), route.access());
            }
            settings.routes.beforeMatched(LIVE, context -> {
                // Of a HEAD request the guard asked no log-in: it is none of the stream's.
                if (context.method().equals(HandlerType.GET)) {
                    api.admitLive(context);
                }
            });
            settings.routes.sse(
                    LIVE,
                    client -> live.serve(client, Params.unit(client.ctx()), Guard.token(client.ctx())),
                    Access.LOGGED_IN);
            settings.routes.get("/api/<rest>", WebServer::nothing, Access.ANYBODY);
            settings.routes.head("/api/<rest>", WebServer::nothing, Access.ANYBODY);
            for (String path : new String[] {"/", "/<rest>"}) {
                settings.routes.get(path, files::serve, Access.ANYBODY);
                settings.routes.head(path, files::serve, Access.ANYBODY);
            }
            errors(settings);
        });
    }

    /**
     * Starts to serve.
     *
     * @throws IOException if the address is taken, or certificate, key or page can not be read; says which
     */
    public static WebServer start(WebConfig config, Parts parts) throws IOException {
        return start(config, parts, HEARTBEAT);
    }

    static WebServer start(WebConfig config, Parts parts, Duration heartbeat) throws IOException {
        WebServer web = new WebServer(config, parts, heartbeat);
        try {
            web.server.start();
        } catch (JavalinException e) {
            web.close();
            throw new IOException(
                    "the page can not be served on " + config.host() + " port " + config.port() + ": " + e.getMessage()
                            + ". Is the port taken? Choose another.",
                    e);
        }
        return web;
    }

    /** Returns the address browsers on this computer reach the page by. */
    public URI address() {
        return URI.create(
                (config.tls() == null ? "http" : "https") + "://" + config.host() + ":" + server.port() + "/");
    }

    /** Returns how many live streams are open. */
    public int viewers() {
        return live.viewers();
    }

    @Override
    public void close() {
        live.close();
        server.stop();
    }

    List<Api.Route> routes() {
        return routes;
    }

    private void limits(JavalinConfig settings, SslContextFactory.@Nullable Server tls) {
        settings.startup.showJavalinBanner = false;
        settings.startup.showOldJavalinVersionWarning = false;
        settings.startup.startupWatcherEnabled = false;
        settings.concurrency.useVirtualThreads = true;
        settings.http.maxRequestSize = MOST_REQUEST_BYTES;
        settings.http.generateEtags = false;
        CompressionStrategy compression = new CompressionStrategy(null, new Gzip(5));
        compression.setDefaultMinSizeForCompression(LEAST_GZIP_BYTES);
        settings.http.compressionStrategy = compression;
        settings.jetty.modifyHttpConfiguration(WebServer::limits);
        settings.jetty.addConnector((jetty, http) -> connector(jetty, http, tls));
        settings.jetty.modifyServer(jetty -> {
            jetty.setStopTimeout(2_000);
            ErrorHandler errors = new ErrorHandler();
            errors.setShowStacks(false);
            errors.setShowCauses(false);
            errors.setShowOrigin(false);
            errors.setShowMessageInTitle(false);
            jetty.setErrorHandler(errors);
        });
    }

    private static void limits(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(MOST_HEADER_BYTES);
        http.setResponseHeaderSize(MOST_HEADER_BYTES);
        http.setIdleTimeout(IDLE_MS);
        http.setMinRequestDataRate(100);
    }

    private Connector connector(Server jetty, HttpConfiguration http, SslContextFactory.@Nullable Server tls) {
        ServerConnector connector;
        if (tls == null) {
            connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
        } else {
            HttpConfiguration secure = new HttpConfiguration(http);
            SecureRequestCustomizer customizer = new SecureRequestCustomizer();
            customizer.setSniHostCheck(false);
            secure.addCustomizer(customizer);
            connector = new ServerConnector(
                    jetty, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(secure));
        }
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(IDLE_MS);
        return connector;
    }

    private static void errors(JavalinConfig settings) {
        settings.routes.exception(ApiError.class, (error, context) -> Json.error(context, error));
        settings.routes.exception(
                ContentTooLargeResponse.class,
                (error, context) ->
                        Json.error(context, new ApiError(413, "The request is too large.", "Send 16 kB at most.")));
        settings.routes.exception(HttpResponseException.class, (error, context) -> {
            Json.error(
                    context, new ApiError(error.getStatus(), "There is nothing to answer that.", "Check the address."));
        });
        settings.routes.exception(DatabaseAway.class, (error, context) -> {
            Logger.error("page: {}", error.getMessage());
            Json.error(context, new ApiError(503, "The database does not answer.", "Try again in a minute."));
        });
        settings.routes.exception(Exception.class, (error, context) -> {
            Logger.error(error, "page: a request could not be answered");
            Json.error(
                    context,
                    new ApiError(
                            500, "Something is wrong in this program.", "Tell whoever runs it; its log says more."));
        });
    }

    private static void nothing(Context context) {
        throw ApiError.notFound("such address", "Go to the first page.");
    }
}
