package dev.entrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.config.AgentConfig;
import dev.entrain.identity.ClinicAuthority;
import dev.entrain.identity.IdentityFolder;
import dev.entrain.identity.TlsFiles;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.RecordingReader;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.sim.walk.WalkFolder;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.telemetry.mqtt.ClinicBroker;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code entrain provision} as a technician uses it: emulated insoles on pseudo-terminals, the test card, a real Mosquitto with
 * the real authority's certificates. No board: I2C, button and udev are the device lane's.
 */
class ProvisionCommandTest {
    @TempDir
    Path dir;

    private InsoleEmulator insoles;
    private LoopCard card;
    private Path config;

    @BeforeEach
    void plugIn() throws Exception {
        WalkFolder.write(dir.resolve("walk"), WalkScenario.named("healthy"), new WalkOptions(40, 1));
        List<ImuSample> walk;
        try (RecordingReader reader = new RecordingReader(dir.resolve("walk/recording.csv"))) {
            walk = reader.readAll();
        }
        Path lines = Files.createDirectory(dir.resolve("lines"));
        insoles = new InsoleEmulator(walk, InsoleOptions.in(lines), NanoClock.SYSTEM);
        insoles.start();
        card = new LoopCard(Files.createDirectory(dir.resolve("card")), 40, 10, 480);
        config = Files.createDirectory(dir.resolve("etc")).resolve("agent.toml");
    }

    @AfterEach
    void unplug() {
        insoles.close();
    }

    @Test
    void shouldMakeAUnitFromAFileOfAnswersAndUndoIt() throws Exception {
        ClinicAuthority authority = new ClinicAuthority(dir.resolve("authority"));
        TlsFiles own = authority.service("issue-broker", "--host", "localhost");
        try (ClinicBroker broker = new ClinicBroker(Files.createDirectory(dir.resolve("broker")), authority, own)) {
            Path answers = answers(
                    """
                    broker = '%s'
                    ca = '%s'
                    certificate = '%s'
                    request = '%s'
                    """.formatted(broker.units(), authority.ca(), dir.resolve("unit.pem"), dir.resolve("unit.csr")));
            assertThat(run(1, "--answers", answers.toString(), "--step", "clinic"))
                    .contains("unit.pem: there is no such file")
                    .contains("DO THIS  Have");
            assertThat(config).doesNotExist();
            // The clinic signs; whatever the second attempt asks for is the same unit's same key.
            Files.copy(
                    Path.of(authority.command(
                            "issue", "--csr", dir.resolve("unit.csr").toString())),
                    dir.resolve("unit.pem"));
            Path report = dir.resolve("report.json");
            assertThat(run(0, "--answers", answers.toString(), "--report", report.toString()))
                    .contains("Step 7 of 7")
                    .contains("OK    left steps")
                    .contains("connected throughout")
                    .contains("The unit is provisioned");
            checkReport(report, authority);
            AgentConfig read = AgentConfig.read(config);
            assertThat(read.audio().device()).isEqualTo("card");
            assertThat(read.sensors()).hasSize(2);
            assertThat(state("identity/current/key.pem")).exists();
            assertThat(leftovers()).isEmpty();
            assertThat(here(0, "--reset", "--yes")).contains("The unit is nobody's");
            assertThat(config).doesNotExist();
            assertThat(new IdentityFolder(dir.resolve("etc/state")).inUse()).isFalse();
            assertThat(here(0, "--reset", "--yes")).contains("nothing to remove");
        }
    }

    private void checkReport(Path report, ClinicAuthority authority) throws Exception {
        assertThat(here(0, "--verify", report.toString(), "--ca", authority.ca().toString()))
                .contains("whose certificate the clinic signed");
        String text = Files.readString(report);
        Files.writeString(report, text.replace("\"verdict\" : \"warn\"", "\"verdict\" : \"ok\""));
        assertThat(here(1, "--verify", report.toString())).contains("the report was changed");
        assertThat(text).doesNotContain("PRIVATE").doesNotContain(System.getProperty("user.home"));
    }

    @Test
    void shouldLeadATechnicianPastEveryMistake() throws Exception {
        try (ProvisionRun at = guided()) {
            at.sees("Step 1 of 7").sees("Press Enter when they are on").types("");
            at.sees("No sensor answers yet").sees("Number").types("2").sees("Path of the line");
            at.types("/dev/nothing")
                    .sees("there is no such serial line")
                    .sees("Number")
                    .types("9");
            at.sees("Type a number from 1 to 3")
                    .types("2")
                    .sees("Path of the line")
                    .types(line(Foot.LEFT));
            at.sees("Only one sensor answers")
                    .sees("Number")
                    .types("2")
                    .sees("Path of the line")
                    .types(line(Foot.RIGHT));
            at.sees("made for the right foot")
                    .sees("Done: two sensors")
                    .sees("[y/N]")
                    .types("");
            at.sees("Where do the headphones hang")
                    .sees("Number")
                    .types("1")
                    .sees("Name of the ALSA")
                    .types("nosuch");
            at.sees("Press Enter to hear")
                    .types("")
                    .sees("There is no sound card 'nosuch'")
                    .sees("quit [r]")
                    .types("");
            at.sees("Number")
                    .types("1")
                    .sees("Name of the ALSA")
                    .types("null")
                    .sees("Press Enter to hear")
                    .types("");
            at.sees("takes sound faster than anybody")
                    .sees("quit [r]")
                    .types("r")
                    .sees("Number")
                    .types("1");
            at.sees("Name of the ALSA")
                    .types("card")
                    .sees("Press Enter to hear")
                    .types("")
                    .sees("What did you hear?");
            at.types("3")
                    .sees("nothing is heard")
                    .sees("alsamixer")
                    .sees("quit [r]")
                    .types("s")
                    .sees("Left out");
            at.sees("report to a clinic's broker").types("").sees("Address").types("broker.example");
            at.sees("It begins with ssl://").sees("Address").types("tcp://127.0.0.1:1");
            at.sees("did not take this unit")
                    .sees("DO THIS")
                    .sees("quit [r]")
                    .types("q")
                    .sees("Ended.");
            assertThat(at.status()).isEqualTo(1);
        }
        assertThat(config).doesNotExist();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWithACertificateOrABroker() throws Exception {
        ClinicAuthority authority = new ClinicAuthority(dir.resolve("authority"));
        TlsFiles own = authority.service("issue-broker", "--host", "localhost");
        try (ClinicBroker broker = new ClinicBroker(Files.createDirectory(dir.resolve("broker")), authority, own)) {
            String clinic = "unit = 'u-1'\nbroker = '%s'\nca = '%s'\ncertificate = '%s'\n";
            TlsFiles ended =
                    authority.odd(dir.resolve("ended"), "units", "client", "u-1", "20240101000000Z", "20250101000000Z");
            assertThat(clinicStep(1, clinic.formatted(broker.units(), authority.ca(), ended.certificate())))
                    .contains("This certificate ended on 2025-01-01")
                    .contains("DO THIS Is the date right");
            TlsFiles other =
                    authority.odd(dir.resolve("other"), "units", "client", "u-1", "20240101000000Z", "20400101000000Z");
            assertThat(clinicStep(1, clinic.formatted(broker.units(), authority.ca(), other.certificate())))
                    .contains("was not made for the key that waits");
            Path good = Path.of(authority.command(
                    "issue", "--renew", "--csr", state("u-1.csr").toString()));
            assertThat(clinicStep(1, clinic.formatted(broker.units(), good, good)))
                    .contains("was not signed by the authority");
            assertThat(clinicStep(1, clinic.formatted(broker.otherName(), authority.ca(), good)))
                    .contains("is for another host")
                    .contains("DO THIS Check address and port");
            assertThat(clinicStep(0, clinic.formatted(broker.units(), authority.ca(), good)))
                    .contains("The broker took this unit");
        }
    }

    private String clinicStep(int status, String clinic) throws IOException {
        return here(status, "--answers", answers(clinic).toString(), "--step", "clinic")
                .replaceAll("\\s+", " ");
    }

    @Test
    void shouldLeaveNothingHalfWrittenWhenInterrupted() throws Exception {
        try (ProvisionRun at = guided()) {
            at.sees("Press Enter when they are on");
            at.interrupt();
            at.sees("Ended. What was done is kept");
            at.status();
        }
        assertThat(config).doesNotExist();
        assertThat(Files.readString(state("provision.json")))
                .contains("\"board\"")
                .doesNotContain("\"sensors\" : {\n      \"done\"");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void shouldRefuseAStepThatDoesNotExistAndADiskThatCannotBeWritten() throws Exception {
        Path answers = answers("report = false\n");
        assertThat(here(2, "--answers", answers.toString(), "--step", "sensor")).contains("no step 'sensor'");
        assertThat(here(1, "--answers", answers.toString(), "--state", "/proc/entrain"))
                .contains("/proc/entrain cannot be written")
                .contains("DO THIS");
    }

    private ProvisionRun guided() throws IOException {
        return new ProvisionRun(alsa(), List.of("--config", config.toString()));
    }

    private Path alsa() throws IOException {
        Path file = dir.resolve("card/asound.conf");
        String text = Files.readString(file);
        return text.contains("pcm.null") ? file : Files.writeString(file, text + "pcm.null { type null }\n");
    }

    private String line(Foot foot) {
        return insoles.portOf(foot).toAbsolutePath().normalize().toString();
    }

    private Path state(String file) {
        return dir.resolve("etc/state").resolve(file);
    }

    private Path answers(String clinic) throws IOException {
        return Files.writeString(
                dir.resolve("answers.toml"),
                "[sensors]\nlines = ['" + line(Foot.LEFT) + "', '" + line(Foot.RIGHT)
                        + "']\n[sound]\ndevice = 'card'\n[walk]\nseconds = 10\n[clinic]\n" + clinic);
    }

    /** Returns what only a step that goes on may have there. */
    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve("etc/state"))) {
            return files.filter(file -> file.getFileName().toString().matches("provision-.*|test-walk-.*|.*\\.new"))
                    .toList();
        }
    }

    /** In this process: what needs neither card nor terminal. */
    private String here(int status, String... more) {
        StringWriter said = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(said, true));
        line.setErr(new PrintWriter(said, true));
        String[] arguments = Stream.concat(Stream.of("provision", "--config", config.toString()), Stream.of(more))
                .toArray(String[]::new);
        assertThat(line.execute(arguments)).as(said.toString()).isEqualTo(status);
        return said.toString();
    }

    private String run(int status, String... more) throws Exception {
        List<String> arguments = Stream.concat(Stream.of("provision", "--config", config.toString()), Stream.of(more))
                .toList();
        Process process = card.start(arguments.toArray(String[]::new));
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as(card.said()).isTrue();
        assertThat(process.exitValue()).as(card.said()).isEqualTo(status);
        return card.said();
    }
}
