package dev.entrain.clinic.cli;

import dev.entrain.clinic.ingest.BrokerConfig;
import dev.entrain.clinic.ingest.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which broker: options, and what they leave out, from the file. */
public final class BrokerOptions {
    @Option(names = "--broker", paramLabel = "URI", description = "Broker, tcp://host:port or ssl://host:port.")
    private @Nullable String uri;

    @Option(
            names = "--tls-authority",
            paramLabel = "FILE",
            description = "PEM: the authority the broker is checked by.")
    private @Nullable Path authority;

    @Option(names = "--tls-certificate", paramLabel = "FILE", description = "PEM: this receiver's certificate.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM: its private key (PKCS#8).")
    private @Nullable Path key;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Shared subscription; one for all receivers of a database.")
    private @Nullable String group;

    /**
     * Returns the broker.
     *
     * @throws Refused if none is given or something does not fit
     */
    public BrokerConfig broker(ClinicFile file) throws Refused {
        String broker = uri == null ? file.text("broker", "uri") : uri;
        if (broker == null) {
            throw new Refused(
                    "No broker is given: --broker tcp://127.0.0.1:1883, or [broker] uri in the file of --config.");
        }
        Path ca = path(authority, file.text("broker", "authority"));
        Path own = path(certificate, file.text("broker", "certificate"));
        Path secret = path(key, file.text("broker", "key"));
        String named = group == null ? file.text("broker", "group") : group;
        try {
            boolean any = ca != null || own != null || secret != null;
            if (any && (ca == null || own == null || secret == null)) {
                throw new Refused("TLS needs all three: authority, certificate and key.");
            }
            TlsFiles tls = ca == null || own == null || secret == null ? null : new TlsFiles(ca, own, secret);
            return new BrokerConfig(URI.create(broker), tls, named == null ? BrokerConfig.GROUP : named);
        } catch (IllegalArgumentException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Path path(@Nullable Path option, @Nullable String inFile) {
        if (option != null) {
            return option;
        }
        return inFile == null ? null : Path.of(inFile);
    }
}
