package dev.entrain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command deploy/authority. */
class AuthorityTest {
    @TempDir
    static Path dir;

    private static ClinicAuthority authority;

    @BeforeAll
    static void makeTheAuthority() throws Exception {
        authority = new ClinicAuthority(dir.resolve("authority"));
    }

    @Test
    void shouldKeepItsSecretsAndItselfWhenAskedTwice() throws Exception {
        String ca = Files.readString(authority.ca());
        authority.command("init");
        assertThat(authority.ca()).hasContent(ca);
        TlsFiles broker = authority.service("issue-broker", "--host", "kept.example");
        String key = Files.readString(broker.key());
        authority.service("issue-broker", "--host", "kept.example");
        assertThat(broker.key()).hasContent(key);
        authority.service("issue-broker", "--host", "kept.example", "--renew");
        assertThat(broker.key()).content().isNotEqualTo(key);
        try (Stream<Path> files = Files.walk(authority.file("."))) {
            List<Path> keys = files.filter(file -> file.toString().matches(".*key(\\.pem)?"))
                    .filter(Files::isRegularFile)
                    .toList();
            assertThat(keys).hasSizeGreaterThan(2);
            for (Path file : keys) {
                assertThat(Files.getPosixFilePermissions(file))
                        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            }
        }
    }

    @Test
    void shouldRefuseNamesThatNoUnitMayHave() throws Exception {
        for (String subject :
                List.of("/CN=clinic-receiver", "/CN=Unit", "/CN=a b", "/CN=+", "/O=x", "/CN=a/O=x", "/CN=a/CN=b")) {
            Path request = dir.resolve("bad.csr");
            ClinicAuthority.openssl(
                    dir,
                    "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes".split(" "),
                    "-keyout",
                    dir.resolve("bad.key").toString(),
                    "-subj",
                    subject,
                    "-out",
                    request.toString());
            ClinicAuthority.Said said = authority.attempt("issue", "--csr", request.toString());
            assertThat(said.status()).as(subject).isEqualTo(1);
            assertThat(said.err())
                    .as(subject)
                    .contains(subject.contains("clinic-") ? "clinic's own" : "no unit's name");
        }
        Path damaged = Files.writeString(dir.resolve("damaged.csr"), "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n");
        assertThat(authority.attempt("issue", "--csr", damaged.toString()).err())
                .contains("no signing request");
    }

    @Test
    void shouldGiveANameToOneUnitOnly() throws Exception {
        Path request = request("one", "named");
        Path first = Path.of(authority.command("issue", "--csr", request.toString()));
        String certificate = Files.readString(first);
        assertThat(authority.command("issue", "--csr", request.toString())).isEqualTo(first.toString());
        assertThat(first).as("the same again").hasContent(certificate);
        Path another = request("two", "named");
        assertThat(authority.attempt("issue", "--csr", another.toString()).err())
                .contains("named has a certificate already")
                .contains("--renew");
        authority.command("issue", "--csr", another.toString(), "--renew");
        assertThat(authority.command("list").lines().filter(line -> line.startsWith("named ")))
                .hasSize(2)
                .allMatch(line -> line.contains("valid"));
        authority.command("revoke", "named");
        assertThat(authority.command("list").lines().filter(line -> line.startsWith("named ")))
                .allMatch(line -> line.contains("revoked"));
        assertThat(authority
                        .attempt("issue", "--csr", another.toString(), "--renew")
                        .err())
                .contains("was revoked, and its name stays so");
        assertThat(authority.attempt("revoke", "named").err()).contains("no certificate of that name");
    }

    @Test
    void shouldSayWhatIsMissing() throws Exception {
        assertThat(authority.attempt("issue").err()).contains("--csr FILE");
        assertThat(authority.attempt("issue", "--csr", "none").err()).contains("none: no such file");
        assertThat(authority.attempt("issue-broker").err()).contains("--host NAME");
        assertThat(authority.attempt("issue-broker", "--host", "a b").err()).contains("no host name");
        assertThat(authority.attempt("destroy").err()).contains("destroy is unknown");
        assertThat(authority.attempt("--help").out()).contains("issue-receiver");
    }

    private static Path request(String state, String name) throws Exception {
        IdentityFolder identity = new IdentityFolder(dir.resolve(state));
        identity.makeKey(false);
        return Files.writeString(dir.resolve(state + ".csr"), identity.request(name));
    }
}
