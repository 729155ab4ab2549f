package dev.entrain.clinic.cli;

import dev.entrain.clinic.web.WebConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the page is served: options, and what they leave out, from the file. */
public final class WebOptions {
    private static final Pattern LISTEN = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]]+)):([0-9]{1,5})");
    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where the page is served (default: 127.0.0.1:8443; port 0 is a free one).")
    private @Nullable String listen;

    @Option(
            names = "--admin",
            paramLabel = "PORT",
            description = "Port of /metrics and /healthz, for this computer alone (default: 9443; 0 is a free one).")
    private @Nullable Integer admin;

    @Option(names = "--insecure-loopback", description = "Plain HTTP for a demonstration on this computer.")
    private boolean insecureLoopback;

    @Option(
            names = "--dashboard",
            paramLabel = "FOLDER",
            description = "The built page, instead of the one in the jar.")
    private @Nullable Path dashboard;

    @Option(
            names = "--command-key",
            paramLabel = "FILE",
            description =
                    "Private key that signs the page's commands (keygen makes one); without it the page sends none.")
    private @Nullable Path commandKey;

    /** Returns the key that signs the page's commands, null for none. */
    public @Nullable Path commandKey(ClinicFile file) throws Refused {
        String inFile = file.text("web", "command_key");
        return commandKey == null && inFile != null ? Path.of(inFile) : commandKey;
    }

    /**
     * Returns how the page is served.
     *
     * @throws Refused if something does not fit, or log-ins would travel in the open
     */
    public WebConfig web(ClinicFile file) throws Refused {
        String where = or(listen, file.text("web", "listen"));
        Matcher matcher = LISTEN.matcher(where == null ? "127.0.0.1:8443" : where);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MOST_PORT) {
            throw new Refused("'" + where + "' is no place to listen: write it like 127.0.0.1:8443");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        int adminPort = admin == null ? file.whole("web", "admin", 9_443) : admin;
        if (adminPort < 0 || adminPort > MOST_PORT) {
            throw new Refused("The admin port must be 0 to " + MOST_PORT + ", not " + adminPort);
        }
        String certificate = file.text("web", "certificate");
        String key = file.text("web", "key");
        if ((certificate == null) != (key == null)) {
            throw new Refused("[web] needs certificate and key, both or none.");
        }
        String url = file.text("web", "public_url");
        String folder = file.text("web", "dashboard");
        Path page = dashboard == null && folder != null ? Path.of(folder) : dashboard;
        try {
            return new WebConfig(
                    host,
                    Integer.parseInt(matcher.group(3)),
                    adminPort,
                    url == null ? null : URI.create(url),
                    certificate == null || key == null ? null : new WebConfig.Tls(Path.of(certificate), Path.of(key)),
                    file.text("web", "trusted_proxy"),
                    insecureLoopback || file.truth("web", "insecure_loopback", false),
                    page);
        } catch (IllegalArgumentException e) {
            throw new Refused("[web] " + e.getMessage());
        }
    }

    private static @Nullable String or(@Nullable String option, @Nullable String inFile) {
        return option == null ? inFile : option;
    }
}
