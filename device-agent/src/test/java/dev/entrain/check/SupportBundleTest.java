package dev.entrain.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.health.Counters;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.sqlite.SqliteJournal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A unit full of things that must not leave it. */
class SupportBundleTest {
    private static final String PATIENT = "Mueller";
    private static final String CODE = "PX-4711";
    private static final String SESSION = "3f2a1b44-1111-4c52-9d55-0123456789ab";
    private static final String KEY_BODY = "MC4CAQAwBQYDK2VwBCIEIPlantedKeyMaterialThatMustNotLeaveTheUnit0000";
    private static final String RECORD = "plantedrecordbody";
    private static final String PASSWORD = "hunter2hunter2";

    @TempDir
    private Path dir;

    private Path configFile;

    @BeforeEach
    void plant() throws Exception {
        Path home = Files.createDirectories(dir.resolve("home").resolve("anna." + PATIENT));
        Path state = Files.createDirectories(home.resolve("state"));
        Path programme = Files.writeString(home.resolve(PATIENT + "-" + CODE + ".toml"), "# nothing");
        Files.writeString(
                state.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + KEY_BODY + "\n-----END PRIVATE KEY-----\n");
        try (SqliteJournal journal = SqliteJournal.open(
                state, JournalLimits.DEFAULT, SESSION, () -> 0, () -> Instant.EPOCH, new Counters())) {
            journal.append(RecordKind.STEP, null, 1, ("{\"x\":\"" + RECORD + "\"}").getBytes(StandardCharsets.UTF_8));
            assertThat(journal.commit()).isTrue();
        }
        configFile =
                Files.writeString(dir.resolve("agent.toml"), """
                # The unit of Mrs %1$s, code %2$s, born 1950
                state_dir = "%3$s"
                [sensor.left]
                port = "/dev/ttyUSB0"
                [audio]
                device = "hw:CARD=Headphones"
                [session]
                programme = "%4$s"
                [telemetry]
                unit = "u-7"
                broker = "ssl://broker.clinic.example:8883" # password %5$s
                ca = "/etc/entrain/clinic-ca.pem"
                certificate = "%3$s/certificate.pem"
                key = "%3$s/key.pem"
                """.formatted(PATIENT, CODE, state, programme, PASSWORD));
    }

    private Map<String, String> bundle(List<Finding> findings, @Nullable AgentConfig config) throws IOException {
        JsonNode status = new ObjectMapper()
                .readTree("{\"boot_id\": \"%s\", \"session\": {\"active\": true}, \"audio\": {\"text\": \"%s\"}}"
                        .formatted(
                                SESSION,
                                dir.resolve("home").resolve("anna." + PATIENT).resolve("out.wav")));
        Programs journalctl = (limit, command) -> command.getFirst().equals("journalctl")
                ? new Programs.Answer(0, """
                        2026-11-23T05:00:00+0000 entrain[812]: session %s of %s began
                        2026-11-23T05:00:01+0000 entrain[812]: mail anna@mueller.example, password=%s
                        2026-11-23T05:00:02+0000 entrain[812]: tcp://anna:%s@broker.clinic.example:1883
                        -----BEGIN PRIVATE KEY-----
                        %s
                        -----END PRIVATE KEY-----
                        2026-11-23T05:00:03+0000 entrain[812]: /dev/ttyUSB0: line open
                        """.formatted(SESSION, PATIENT + "-" + CODE, PASSWORD, PASSWORD, KEY_BODY))
                : null;
        UnitExamination.Result result = new UnitExamination.Result(
                "1.0", Instant.EPOCH, 1, findings, config, new dev.entrain.agent.RunningAgent(status, 0));
        Path zip = dir.resolve("bundle.zip");
        new SupportBundle(result, configFile, journalctl).write(zip);
        Map<String, String> files = new TreeMap<>();
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                files.put(entry.getName(), new String(entries.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static void assertTellsNobody(Map<String, String> files) {
        assertThat(files)
                .allSatisfy((name, text) -> assertThat(text)
                        .as(name)
                        .doesNotContainIgnoringCase(PATIENT)
                        .doesNotContain(CODE, SESSION, KEY_BODY, RECORD, PASSWORD, "1950", "PRIVATE KEY", "anna"));
    }

    @Test
    void shouldHoldWhatHelpsAndNothingOfThePerson() throws Exception {
        List<Finding> findings = List.of(
                Finding.ok("configuration", "file", configFile.toString()),
                Finding.fail("disk", "state folder", dir + "/home/anna." + PATIENT + ": no permission", "chown it"));
        Map<String, String> files = bundle(findings, AgentConfig.read(configFile));
        assertTellsNobody(files);
        assertThat(files)
                .containsOnlyKeys("README.txt", "doctor.json", "config.toml", "status.json", "journal.txt", "log.txt");
        assertThat(files.get("README.txt")).contains("Left out on purpose");
        assertThat(files.get("doctor.json")).contains("\"unit\" : \"u-7\"", "no permission", "chown it");
        assertThat(files.get("config.toml"))
                .contains("/dev/ttyUSB0", "/etc/entrain/clinic-ca.pem", "broker.clinic.example");
        assertThat(files.get("log.txt")).contains("/dev/ttyUSB0: line open", "broker.clinic.example");
        assertThat(files.get("journal.txt")).contains("journal.db ");
    }

    @Test
    void shouldNotQuoteAConfigurationThatCannotBeRead() throws Exception {
        Files.writeString(configFile, "unit = \"" + PATIENT + "\"\n" + Files.readString(configFile));
        List<Finding> findings = new ConfigurationCheck(configFile, null).look();
        assertThat(findings.getFirst().verdict()).isEqualTo(Verdict.FAIL);
        Files.writeString(
                configFile,
                Files.readString(configFile)
                        .replace("unit = \"" + PATIENT, "state_dir = 5 #")
                        .replace("u-7", PATIENT));
        List<Finding> other = new ConfigurationCheck(configFile, null).look();
        for (List<Finding> each : List.of(findings, other)) {
            Map<String, String> files = bundle(each, null);
            assertTellsNobody(Map.of("doctor.json", files.get("doctor.json")));
            assertThat(files).doesNotContainKey("config.toml");
        }
    }

    @Test
    void shouldReadAConfigurationAsATechnicianWould() throws IOException, ConfigException {
        List<Finding> findings = new ConfigurationCheck(dir.resolve("none.toml"), null).look();
        Found.expect(findings.getFirst(), Verdict.FAIL, "no such file", "agent.example.toml");
        Files.writeString(configFile, "colour = 1\n" + Files.readString(configFile));
        Found.expect(
                new ConfigurationCheck(configFile, null).look().getFirst(),
                Verdict.FAIL,
                "unknown key colour",
                "Correct or remove it");
    }
}
