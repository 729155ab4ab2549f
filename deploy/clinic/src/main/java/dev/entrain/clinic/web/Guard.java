package dev.entrain.clinic.web;

import dev.entrain.clinic.account.Audit;
import dev.entrain.clinic.account.Token;
import dev.entrain.clinic.account.WebSessions;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every route: headers for the browser, who asks, whether he may, and whether the page itself asks or another
 * site does in its viewer's name.
 */
final class Guard {
    private static final String CSP =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final String LOGIN = "entrain.login";
    private static final String TOKEN = "entrain.token";
    private static final int MOST_ASKED = 200;
    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final WebConfig config;
    private final WebSessions sessions;
    private final Cookies cookies;
    private final Audit audit;

    Guard(WebConfig config, WebSessions sessions, Cookies cookies, Audit audit) {
        this.config = config;
        this.sessions = sessions;
        this.cookies = cookies;
        this.audit = audit;
    }

    /** Comes before everything, errors included. */
    void headers(Context context) {
        context.header("Content-Security-Policy", CSP);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        if (config.https()) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
        if (context.path().startsWith("/api/")) {
            context.header("Cache-Control", "no-store");
        }
        ourName(context);
    }

    /** Comes before a route that matched. */
    void admit(Context context) {
        if (!SAFE.contains(context.req().getMethod())) {
            ownPage(context);
        }
        Access access = access(context.routeRoles());
        if (access == Access.ANYBODY) {
            return;
        }
        Token token = cookies.login(context);
        WebSessions.Login login = token == null ? null : sessions.use(token);
        if (token == null || login == null) {
            throw ApiError.notLoggedIn();
        }
        if (!access.admits(login.role())) {
            String asked = context.req().getMethod() + " " + context.path();
            audit.writeOnce(
                    login.name(),
                    Audit.What.DENIED,
                    Json.object().put("asked", asked.substring(0, Math.min(MOST_ASKED, asked.length()))));
            throw new ApiError(403, "A " + login.role().word() + " may not see or do this.", "Ask a clinician.");
        }
        context.attribute(LOGIN, login);
        context.attribute(TOKEN, token);
    }

    /** Returns who asks, on a route that is not for anybody. */
    static WebSessions.Login login(Context context) {
        WebSessions.@Nullable Login login = context.attribute(LOGIN);
        return Objects.requireNonNull(login, "a route that is for anybody has no log-in");
    }

    /** Returns the log-in's secret, on a route that is not for anybody. */
    static Token token(Context context) {
        @Nullable Token token = context.attribute(TOKEN);
        return Objects.requireNonNull(token, "a route that is for anybody has no log-in");
    }

    /** Returns where a request comes from; behind the trusted proxy, where the proxy says. */
    String address(Context context) {
        String peer = context.req().getRemoteAddr();
        String forwarded = context.header("X-Forwarded-For");
        if (!peer.equals(config.trustedProxy()) || forwarded == null) {
            return peer;
        }
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return last.matches("[0-9A-Fa-f.:]{2,45}") ? last : peer;
    }

    /** A route without a role would be open by mistake: closed to all but clinicians instead. */
    private static Access access(Set<RouteRole> roles) {
        return roles.size() == 1 && roles.iterator().next() instanceof Access access ? access : Access.CLINICIAN;
    }

    /** Refuses requests under another name, so that nobody's name server can make this page his. */
    private void ourName(Context context) {
        String host = host(context);
        URI url = config.publicUrl();
        boolean ours = url != null && host.equals(url.getHost().toLowerCase(Locale.ROOT));
        boolean local = LOCAL.contains(host) && WebConfig.loopback(config.host());
        boolean any = url == null && !WebConfig.loopback(config.host());
        if (!ours && !local && !any) {
            throw new ApiError(421, "This server is not reached by that name.", "Use the address the clinic gave you.");
        }
    }

    private void ownPage(Context context) {
        String site = context.header("Sec-Fetch-Site");
        String origin = context.header("Origin");
        String authority = context.header("Host");
        String from = origin == null ? authority : origin.replaceFirst("^https?://", "");
        URI url = config.publicUrl();
        boolean ours = (from != null && from.equalsIgnoreCase(authority))
                || (from != null && url != null && from.equalsIgnoreCase(url.getRawAuthority()));
        boolean foreign = !ours || (site != null && !site.equals("same-origin"));
        if (foreign || !"1".equals(context.header("X-Entrain"))) {
            throw new ApiError(
                    403,
                    "This request did not come from the clinic's own page.",
                    "Open the page by its own address; a program of yours has to send the header X-Entrain: 1.");
        }
    }

    private static String host(Context context) {
        String authority = context.header("Host");
        String host = authority == null ? "" : authority.toLowerCase(Locale.ROOT);
        return host.replaceFirst(":[0-9]{1,5}$", "");
    }
}
