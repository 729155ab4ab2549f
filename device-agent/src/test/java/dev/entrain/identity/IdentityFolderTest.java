package dev.entrain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key, request and certificate of a unit, with a real authority. */
class IdentityFolderTest {
    private static final String UNIT = "unit-7f3a";

    @TempDir
    static Path shared;

    @TempDir
    Path dir;

    private static ClinicAuthority authority;

    private Path stateDir;
    private IdentityFolder identity;

    @BeforeAll
    static void makeTheAuthority() throws Exception {
        authority = new ClinicAuthority(shared.resolve("authority"));
    }

    @BeforeEach
    void name() {
        stateDir = dir.resolve("state");
        identity = new IdentityFolder(stateDir);
    }

    @Test
    void shouldKeepTheKeyFromEverybodyElse() throws Exception {
        identity.makeKey(false);
        assertThat(rights(stateDir.resolve("identity"))).isEqualTo("rwx------");
        assertThat(rights(stateDir.resolve("identity/1"))).isEqualTo("rwx------");
        assertThat(rights(stateDir.resolve("identity/1/key.pem"))).isEqualTo("rw-------");
    }

    @Test
    void shouldAskForACertificateAsOpensslUnderstandsIt() throws Exception {
        identity.makeKey(false);
        for (String name :
                new String[] {UNIT, "u", "a-name-of-64-characters-which-is-the-most-that-a-unit-may-have-1234"}) {
            Path request = Files.writeString(dir.resolve("request.pem"), identity.request(name));
            ClinicAuthority.Said said = ClinicAuthority.openssl(
                    dir, "req -noout -verify -subject -nameopt RFC2253 -in".split(" "), request.toString());
            assertThat(said.err()).contains("verify OK");
            assertThat(said.out()).contains("subject=CN=" + name + "\n");
            assertThat(Files.readString(request)).doesNotContain("PRIVATE");
        }
    }

    @Test
    void shouldNeverWriteOverAKeyUnasked() throws Exception {
        identity.makeKey(false);
        String key = Files.readString(stateDir.resolve("identity/1/key.pem"));
        assertThatThrownBy(() -> identity.makeKey(false))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("waits there")
                .hasMessageContaining("--replace");
        assertThat(stateDir.resolve("identity/1/key.pem")).hasContent(key);
        identity.makeKey(true);
        assertThat(stateDir.resolve("identity/1/key.pem"))
                .isRegularFile()
                .content()
                .isNotEqualTo(key);
    }

    @Test
    void shouldKeepTheKeyInUseWhateverBecomesOfTheNext() throws Exception {
        authority.unit(stateDirectory(), "keeps");
        String key = Files.readString(identity.key());
        identity.makeKey(false);
        identity.makeKey(true);
        assertThat(identity.key()).hasContent(key);
        assertThat(identity.waiting()).isTrue();
        assertThatThrownBy(identity::back)
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("nothing older is left");
    }

    @Test
    void shouldAcceptOnlyTheCertificateThatWasAskedFor() throws Exception {
        identity.makeKey(false);
        Path state2 = Files.createDirectory(dir.resolve("state2"));
        Path another = authority.unit(state2, "another").certificate();
        refused(another, authority.ca(), UNIT, "is for 'another', but this unit is '" + UNIT + "'");
        refused(another, authority.ca(), "another", "was not made for the key that waits");
        Path request = Files.writeString(dir.resolve("request.pem"), identity.request(UNIT));
        Path own = Path.of(authority.command("issue", "--csr", request.toString()));
        ClinicAuthority other = new ClinicAuthority(dir.resolve("other"));
        refused(own, other.ca(), UNIT, "was not signed by the authority in " + other.ca());
        refused(request, authority.ca(), UNIT, "holds no certificate");
        refused(dir.resolve("none.pem"), authority.ca(), UNIT, "no such file");
        assertThat(identity.inUse()).isFalse();
        UnitCertificate taken = identity.accept(own, authority.ca(), UNIT);
        assertThat(taken.name()).isEqualTo(UNIT);
        assertThat(identity.inUse()).isTrue();
        assertThat(identity.waiting()).isFalse();
        assertThatThrownBy(() -> identity.accept(own, authority.ca(), UNIT))
                .hasMessageContaining("no key waits")
                .hasMessageContaining("entrain identity renew");
    }

    @Test
    void shouldTellHowLongACertificateHolds() throws Exception {
        TlsFiles files = authority.unit(stateDirectory(), "dated");
        UnitCertificate own = UnitCertificate.read(files.certificate());
        assertThat(own.daysLeft(own.validFrom())).isEqualTo(730);
        assertThat(own.notice(own.validFrom())).isNull();
        assertThat(own.notice(own.validUntil().minusSeconds(86_400 * 20)))
                .contains("in 20 days")
                .contains("entrain identity renew");
        assertThat(own.notice(own.validUntil().plusSeconds(1)))
                .contains("ended on")
                .contains("unless the unit's clock is wrong");
        assertThat(own.notice(own.validFrom().minusSeconds(1))).contains("most likely not set yet");
        assertThat(own.daysLeft(own.validUntil().plusSeconds(1))).isEqualTo(-1);
    }

    @Test
    void shouldSayWhichFileIsWrongAndWhatToDo() throws Exception {
        TlsFiles good = authority.unit(stateDirectory(), "files");
        Path key = Files.copy(good.key(), dir.resolve("key.pem"));
        Path text = Files.writeString(dir.resolve("text.pem"), "hello");
        Path damaged = Files.writeString(
                dir.resolve("damaged.pem"), Files.readString(good.certificate()).replace("MII", "AII"));
        Path secret = Files.writeString(
                dir.resolve("damaged-key.pem"), Files.readString(key).replace("\nM", "\nA"));
        Path sec1 = dir.resolve("sec1.pem");
        ClinicAuthority.openssl(dir, "ec -in".split(" "), key.toString(), "-out", sec1.toString());
        Path foreign = authority.service("issue-viewer").key();
        for (Path file : new Path[] {key, secret, sec1}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        wrong(new TlsFiles(text, good.certificate(), key), "text.pem: holds no certificate in PEM");
        wrong(new TlsFiles(dir.resolve("no"), good.certificate(), key), "no: no such file");
        wrong(new TlsFiles(good.authority(), damaged, key), "damaged.pem: is damaged");
        wrong(new TlsFiles(good.authority(), good.certificate(), text), "text.pem: others may read");
        wrong(new TlsFiles(good.authority(), good.certificate(), secret), "damaged-key.pem: is damaged");
        wrong(new TlsFiles(good.authority(), good.certificate(), sec1), "openssl pkcs8 -topk8 -nocrypt");
        wrong(new TlsFiles(good.authority(), good.certificate(), foreign), "does not belong to");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        wrong(new TlsFiles(good.authority(), good.certificate(), key), "chmod 600 " + key);
        assertThatThrownBy(() -> TlsContext.of(good, "somebody"))
                .hasMessageContaining("is for 'files', but this unit is 'somebody'");
    }

    @Test
    void shouldMakeUpNamesThatTellNothing() {
        assertThat(Stream.generate(IdentityFolder::newName).limit(1000).distinct())
                .hasSize(1000)
                .allMatch(name -> name.matches("u-[0-9a-f]{15}"));
    }

    private void wrong(TlsFiles files, String words) {
        assertThatThrownBy(() -> TlsContext.of(files, "files"))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining(words)
                // Nothing of a key, nor of anything else that was in a file.
                .message()
                .doesNotContainPattern("[A-Za-z0-9+/]{60}");
    }

    private void refused(Path certificate, Path ca, String unit, String words) {
        assertThatThrownBy(() -> identity.accept(certificate, ca, unit))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining(words);
    }

    private Path stateDirectory() throws IOException {
        return Files.createDirectories(stateDir);
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
