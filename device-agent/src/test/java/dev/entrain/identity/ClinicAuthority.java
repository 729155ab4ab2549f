package dev.entrain.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real deploy/authority in a folder of the test; every key is made while the test runs. */
public final class ClinicAuthority {
    private static final Path SCRIPT =
            Path.of("..", "deploy", "authority").toAbsolutePath().normalize();

    private final Path folder;

    /** What a command said. */
    public record Said(int status, String out, String err) {}

    /** Makes an authority. */
    public ClinicAuthority(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        command("init");
    }

    /** Runs deploy/authority and returns what it printed. */
    public String command(String... args) throws IOException, InterruptedException {
        Said said = attempt(args);
        if (said.status != 0) {
            throw new IOException(said.err);
        }
        return said.out.strip();
    }

    /** Runs deploy/authority, whatever comes of it. */
    public Said attempt(String... args) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString(), "--dir", folder.toString()));
        line.addAll(List.of(args));
        return run(folder.toAbsolutePath().resolveSibling("."), line);
    }

    /** Returns a file in the authority's folder. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Returns whom units trust. */
    public Path ca() {
        return file("clinic-ca.pem");
    }

    /** Provisions a unit as a technician would: key and request on the unit, certificate from the authority. */
    public TlsFiles unit(Path stateDir, String name) throws IOException, InterruptedException {
        IdentityFolder identity = new IdentityFolder(stateDir);
        identity.makeKey(false);
        return accept(stateDir, name, identity, false);
    }

    /** Renews a unit's certificate as a technician would. */
    public TlsFiles renew(Path stateDir, String name) throws IOException, InterruptedException {
        IdentityFolder identity = new IdentityFolder(stateDir);
        identity.makeKey(false);
        return accept(stateDir, name, identity, true);
    }

    private TlsFiles accept(Path stateDir, String name, IdentityFolder identity, boolean renew)
            throws IOException, InterruptedException {
        Path request = Files.writeString(stateDir.resolve("request.pem"), identity.request(name));
        List<String> args = new ArrayList<>(List.of("issue", "--csr", request.toString()));
        if (renew) {
            args.add("--renew");
        }
        Path certificate = Path.of(command(args.toArray(String[]::new)));
        identity.accept(certificate, ca(), name);
        return new TlsFiles(ca(), identity.certificate(), identity.key());
    }

    /** Makes the key and certificate of a programme of the clinic: {@code issue-receiver}, {@code issue-broker} and so on. */
    public TlsFiles service(String... args) throws IOException, InterruptedException {
        Path made = Path.of(command(args));
        return new TlsFiles(made.resolve("ca.pem"), made.resolve("certificate.pem"), made.resolve("key.pem"));
    }

    /**
     * Signs a certificate with dates and purpose that deploy/authority itself never gives.
     *
     * @param authority units or clinic
     * @param purpose client or server
     * @param from first moment as OpenSSL writes it, 20260101000000Z
     */
    public TlsFiles odd(Path to, String authority, String purpose, String name, String from, String until)
            throws IOException, InterruptedException {
        TlsFiles files = selfSigned(to, name);
        Path request = to.resolve("request.pem");
        openssl(to, "req", "-new", "-key", files.key().toString(), "-subj", "/CN=" + name, "-out", request.toString());
        openssl(
                file(authority),
                "ca -batch -notext -config openssl.cnf".split(" "),
                "-extensions",
                purpose,
                "-startdate",
                from,
                "-enddate",
                until,
                "-subj",
                "/CN=" + name,
                "-in",
                request.toString(),
                "-out",
                files.certificate().toString());
        return files;
    }

    /** Makes a key and a certificate that nobody signed. */
    public TlsFiles selfSigned(Path to, String name) throws IOException, InterruptedException {
        Files.createDirectories(to);
        TlsFiles files = new TlsFiles(ca(), to.resolve("certificate.pem"), to.resolve("key.pem"));
        openssl(
                to,
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2".split(" "),
                "-subj",
                "/CN=" + name,
                "-keyout",
                files.key().toString(),
                "-out",
                files.certificate().toString());
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
        return files;
    }

    /** Runs openssl in a folder. */
    public static Said openssl(Path in, String[] first, String... rest) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("openssl"));
        line.addAll(List.of(first));
        line.addAll(List.of(rest));
        Said said = run(in, line);
        if (said.status != 0) {
            throw new IOException(said.err);
        }
        return said;
    }

    private static void openssl(Path in, String... args) throws IOException, InterruptedException {
        openssl(in, args, new String[0]);
    }

    private static Said run(Path in, List<String> line) throws IOException, InterruptedException {
        Path out = Files.createTempFile(in, "out", "");
        Path err = Files.createTempFile(in, "err", "");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(Map.of("HOSTS", "DNS:localhost", "LC_ALL", "C"));
        Process process = builder.start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(line + " did not end within 30 s");
        }
        Said said = new Said(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
        Files.delete(out);
        Files.delete(err);
        return said;
    }
}
