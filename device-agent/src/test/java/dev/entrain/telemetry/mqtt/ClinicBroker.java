package dev.entrain.telemetry.mqtt;

import dev.entrain.identity.ClinicAuthority;
import dev.entrain.identity.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A real Mosquitto with deploy/broker/mosquitto-clinic.conf.in, and further listeners that a clinic should not have. */
public final class ClinicBroker implements AutoCloseable {
    private static final Path DEPLOYED = Path.of("..", "deploy", "broker");

    private final ClinicAuthority authority;
    private final Path etc;
    private final Path config;
    private final int units = MosquittoBroker.freePort();
    private final int clinic = MosquittoBroker.freePort();
    private MosquittoBroker broker;

    /** Starts it. */
    public ClinicBroker(Path dir, ClinicAuthority authority, TlsFiles own) throws IOException, InterruptedException {
        this.authority = authority;
        etc = Files.createDirectory(dir.resolve("etc"));
        Path data = Files.createDirectory(dir.resolve("data"));
        Files.copy(DEPLOYED.resolve("acl"), etc.resolve("acl"));
        Files.copy(own.certificate(), etc.resolve("certificate.pem"));
        Files.copy(own.key(), etc.resolve("key.pem"));
        for (String name : List.of("units-ca.pem", "clinic-ca.pem")) {
            Files.copy(authority.file("out/broker/" + name), etc.resolve(name));
        }
        copyLists();
        config = dir.resolve("mosquitto.conf");
        Files.writeString(
                config,
                Files.readString(DEPLOYED.resolve("mosquitto-clinic.conf.in"))
                        .replace("@ETC@", etc.toString())
                        .replace("@DATA@", data.toString())
                        .replace("@UNITS@", units + " 127.0.0.1")
                        .replace("@CLINIC@", clinic + " 127.0.0.1")
                        // Started by root, it would become a user that cannot read the test's folder.
                        .replace("@USER@", "root"));
        broker = MosquittoBroker.startWith(config, units);
    }

    /** Where units connect. */
    public URI units() {
        return URI.create("ssl://localhost:" + units);
    }

    /** The same by an address that the broker's certificate does not carry. */
    public URI otherName() {
        return URI.create("ssl://127.0.0.1:" + units);
    }

    /** Where receivers and viewers connect. */
    URI clinic() {
        return URI.create("ssl://localhost:" + clinic);
    }

    /** Adds a listener with a certificate of its own, open after the next {@link #restart}, and returns its address. */
    URI listener(TlsFiles own) throws IOException {
        int port = MosquittoBroker.freePort();
        Files.writeString(
                config,
                Files.readString(config)
                        + "\nlistener " + port + " 127.0.0.1\ncertfile "
                        + own.certificate() + "\nkeyfile " + own.key() + "\ncafile " + etc.resolve("units-ca.pem")
                        + "\nrequire_certificate true\nuse_identity_as_username true\n");
        return URI.create("ssl://localhost:" + port);
    }

    /** Starts it again with its listeners of now. */
    void restart() throws IOException, InterruptedException {
        broker.kill();
        broker = MosquittoBroker.startWith(config, units);
    }

    /** Puts the authority's lists of revoked certificates in force, for connections from now on. */
    void takeLists() throws IOException, InterruptedException {
        copyLists();
        broker.reload();
    }

    private void copyLists() throws IOException {
        for (String name : List.of("units-revoked.pem", "clinic-revoked.pem")) {
            Files.copy(authority.file("out/broker/" + name), etc.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
