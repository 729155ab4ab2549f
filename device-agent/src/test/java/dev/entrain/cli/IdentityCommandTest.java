package dev.entrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.identity.ClinicAuthority;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code entrain identity} as a technician uses it. */
class IdentityCommandTest {
    @TempDir
    Path dir;

    @Test
    void shouldLeadFromNothingToACertificateAndOn() throws Exception {
        ClinicAuthority authority = new ClinicAuthority(dir.resolve("authority"));
        Path config = config("");
        assertThat(entrain(0, "show", config)).contains("unit-7f3a").contains("none: entrain identity key");
        assertThat(entrain(1, "renew", config)).contains("begin with: entrain identity key");
        entrain(0, "key", config);
        assertThat(entrain(1, "key", config)).contains("--replace");
        assertThat(entrain(0, "request", config))
                .contains("BEGIN CERTIFICATE REQUEST")
                .doesNotContain("PRIVATE");
        Path certificate = issue(authority, config, "request");
        assertThat(entrain(1, "accept", config, certificate.toString())).contains("names no authority");
        assertThat(entrain(
                        0,
                        "accept",
                        config,
                        certificate.toString(),
                        "--ca",
                        authority.ca().toString()))
                .contains("valid until")
                .contains("ssl://HOST:PORT");
        Path current = dir.resolve("state/identity/current");
        Path secured = config("broker = 'ssl://localhost:8883'\nca = '" + authority.ca() + "'\ncertificate = '"
                + current.resolve("certificate.pem") + "'\nkey = '" + current.resolve("key.pem") + "'\n");
        assertThat(entrain(0, "show", secured)).contains("729 days").contains("check        good");
        Path next = issue(authority, secured, "renew", "--renew");
        assertThat(entrain(0, "show", secured)).contains("a key waits");
        entrain(0, "accept", secured, next.toString());
        assertThat(current.toRealPath()).endsWith(Path.of("2"));
        entrain(0, "back", secured);
        assertThat(current.toRealPath()).endsWith(Path.of("1"));
        assertThat(entrain(1, "back", secured)).contains("nothing older is left");
        Files.delete(current.resolve("certificate.pem"));
        assertThat(entrain(1, "show", secured)).contains("certificate.pem: no such file");
    }

    @Test
    void shouldMakeUpAName() {
        assertThat(run(0, "identity", "name")).matches("unit = \"u-[0-9a-f]{15}\"\\s+");
        assertThat(run(2, "identity")).contains("identity needs one of");
    }

    private Path issue(ClinicAuthority authority, Path config, String how, String... more) throws Exception {
        Path request = dir.resolve(how + ".csr");
        entrain(0, how, config, "--out", request.toString());
        String[] args = new String[more.length + 3];
        args[0] = "issue";
        args[1] = "--csr";
        args[2] = request.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return Path.of(authority.command(args));
    }

    private Path config(String telemetry) throws Exception {
        return Files.writeString(
                dir.resolve("agent.toml"),
                "state_dir = '" + dir.resolve("state")
                        + "'\n[sensor.left]\nport = '/dev/none'\n[telemetry]\nunit = 'unit-7f3a'\n" + telemetry);
    }

    private static String entrain(int status, String command, Path config, String... more) {
        String[] args = new String[more.length + 4];
        args[0] = "identity";
        args[1] = command;
        args[2] = "--config";
        args[3] = config.toString();
        System.arraycopy(more, 0, args, 4, more.length);
        return run(status, args);
    }

    private static String run(int status, String... args) {
        StringWriter said = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(said, true));
        line.setErr(new PrintWriter(said, true));
        assertThat(line.execute(args)).as(said.toString()).isEqualTo(status);
        return said.toString();
    }
}
