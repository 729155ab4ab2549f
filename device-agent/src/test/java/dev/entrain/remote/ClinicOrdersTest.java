package dev.entrain.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClinicOrdersTest {
    @TempDir
    Path folder;

    private Unit unit;

    @BeforeEach
    void begin() throws Exception {
        unit = new Unit(folder);
        unit.orders.begin();
        unit.orders.onConnected(unit.mail, 0);
    }

    @Test
    void shouldReportAtEachConnectionThatItsOwnFileHolds() {
        assertThat(unit.mail.state("rx")).isEqualTo("none");
        assertThat(unit.mail.state("cfg")).isEqualTo("none");
        assertThat(unit.mail.reports).isEqualTo(1);
        unit.orders.onConnected(unit.mail, 5);
        assertThat(unit.mail.reports).isEqualTo(2);
    }

    @Test
    void shouldKeepAPrescriptionWaitingUntilItIsAppliedBetweenWalks() {
        unit.order("rx", unit.clinic.order("rx", 5, Unit.STROKE));
        assertThat(unit.mail.state("rx")).isEqualTo("waiting");
        assertThat(unit.mail.reported.path("rx").path("rev").asLong()).isEqualTo(5);
        assertThat(unit.orders.waiting()).isTrue();

        InForce now = unit.apply();
        assertThat(Objects.requireNonNull(now.prescription()).programme().name())
                .isEqualTo("stroke");
        assertThat(now.rxRev()).isEqualTo(5);
        assertThat(now.config().sha256()).isNotEqualTo(unit.file.sha256());
        assertThat(unit.mail.state("rx")).isEqualTo("applied");
        assertThat(unit.orders.waiting()).isFalse();
        assertThat(unit.counters.get(Counter.ORDERS_ACCEPTED)).isEqualTo(1);
    }

    @Test
    void shouldKeepWhatItAcceptedAcrossARestartAndBeginWithWhatIsProven() throws Exception {
        unit.order("rx", unit.clinic.order("rx", 5, Unit.STROKE));
        unit.apply();
        unit.order("rx", unit.clinic.order("rx", 6, Unit.PARKINSON));
        InForce begun = unit.restart().begin();
        assertThat(begun.rxRev()).isEqualTo(5);
        assertThat(unit.orders.waiting()).isTrue();
        unit.pass(1);
        assertThat(unit.mail.state("rx")).isEqualTo("waiting");
        assertThat(unit.apply().rxRev()).isEqualTo(6);
        assertThat(unit.restart().begin().rxRev()).isEqualTo(6);
    }

    @Test
    void shouldTakeTheSameRevisionTwiceAsOneAndNoOlderOne() {
        byte[] newest = unit.clinic.order("rx", 5, Unit.STROKE);
        unit.order("rx", newest);
        unit.order("rx", newest);
        assertThat(unit.mail.refused("rx")).isEmpty();
        unit.order("rx", unit.clinic.order("rx", 4, Unit.PARKINSON));
        assertThat(unit.mail.refused("rx")).isEqualTo("old_revision");
        assertThat(unit.mail.reported.path("rx").path("refused").path("rev").asLong())
                .isEqualTo(4);
        unit.order("rx", unit.clinic.order("rx", 5, Unit.PARKINSON));
        assertThat(unit.mail.refused("rx")).isEqualTo("revision_taken");
        assertThat(unit.apply().rxRev()).isEqualTo(5);
        // What is in order again is told by the refusal's absence.
        unit.order("rx", unit.clinic.order("rx", 6, Unit.PARKINSON));
        assertThat(unit.mail.refused("rx")).isEmpty();
    }

    @Test
    void shouldRefuseAnOldPrescriptionAlsoAfterAWithdrawalAndARestart() throws Exception {
        byte[] old = unit.clinic.order("rx", 4, Unit.PARKINSON);
        byte[] withdrawn = unit.clinic.order("rx", 5, Unit.STROKE);
        unit.order("rx", withdrawn);
        unit.apply();
        unit.order("rx", new byte[0]);
        assertThat(unit.mail.state("rx")).isEqualTo("waiting");
        assertThat(unit.apply().prescription()).isNull();
        assertThat(unit.mail.state("rx")).isEqualTo("none");
        unit.restart().begin();
        unit.order("rx", old);
        assertThat(unit.mail.refused("rx")).isEqualTo("old_revision");
        assertThat(unit.orders.waiting()).isFalse();
        // Nor what was taken back itself, as a broker does that was killed before it kept the withdrawal.
        unit.order("rx", new byte[0]);
        unit.order("rx", withdrawn);
        assertThat(unit.mail.refused("rx")).isEqualTo("old_revision");
        assertThat(unit.orders.waiting()).isFalse();
    }

    @Test
    void shouldSetOnlyWhatMayBeSetFromAfar() {
        unit.order("cfg", unit.clinic.order("cfg", 1, """
                [cue]
                policy = "metronome"
                tempo_spm = 96
                [audio]
                level_db_spl = 60
                language = "de"
                [telemetry]
                timing_s = 30
                """));
        assertThat(unit.mail.refused("cfg")).isEmpty();
        InForce now = unit.apply();
        assertThat(now.config().cue().tempoSpm()).isEqualTo(96);
        assertThat(now.config().audio().loudness().levelDbSpl()).isEqualTo(60);
        assertThat(now.config().audio().sounds().timbre())
                .isEqualTo(unit.file.audio().sounds().timbre());
        assertThat(now.config().telemetry().timingS()).isEqualTo(30);
        assertThat(now.config().telemetry().unit()).isEqualTo(SigningClinic.UNIT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[audio] N device = 'hw:1'|unknown key audio.device",
                "[audio] N level_dbfs = -6|unknown key audio.level_dbfs",
                "[audio] N level_db_spl = 81|from 30 to 80",
                "[audio] N level_db_spl = nan|from 30 to 80",
                "[telemetry] N broker = 'tcp://elsewhere:1'|unknown key telemetry.broker",
                "[telemetry] N unit = 'other'|unknown key telemetry.unit",
                "[clinic] N public_key = '/tmp/mine.pem'|unknown key clinic",
                "state_dir = '/tmp'|unknown key state_dir",
                "[cue] N tempo_spm = 161|from 40 to 160",
                "[cue] N tempo_spm = 1e999|from 40 to 160",
                "[cue] N seed = 3|unknown key cue.seed",
                "nonsense|not TOML"
            })
    void shouldRefuseSettingsThatAreOutOfBoundsOrNotForTheClinic(String toml, String told) {
        unit.order("cfg", unit.clinic.order("cfg", 1, toml.replace(" N ", "\n")));
        assertThat(unit.mail.refused("cfg")).isEqualTo("wrong_body");
        assertThat(unit.mail.reported.path("cfg").path("refused").path("reason").asText())
                .contains(told);
        assertThat(unit.mail.state("cfg")).isEqualTo("none");
    }

    @Test
    void shouldRefuseAPrescriptionOutOfBoundsAndKeepTheOlderGoodOne() {
        unit.order("rx", unit.clinic.order("rx", 1, Unit.STROKE));
        unit.apply();
        unit.order(
                "rx",
                unit.clinic.order(
                        "rx", 2, Unit.STROKE.replaceFirst("(?m)^format = 1", "format = 1\nsession_minutes = 500")));
        assertThat(unit.mail.refused("rx")).isEqualTo("wrong_body");
        assertThat(unit.mail.state("rx")).isEqualTo("applied");
        assertThat(unit.mail.reported.path("rx").path("rev").asLong()).isEqualTo(1);
        assertThat(unit.orders.waiting()).isFalse();
    }

    @Test
    void shouldRefuseWhatIsNotTheClinics() {
        String stranger = "wrong_signature";
        unit.order("rx", new SigningClinic().order("rx", 1, Unit.STROKE));
        assertThat(unit.mail.refused("rx")).isEqualTo(stranger);
        // Signed as settings, sent as a prescription.
        unit.order("rx", unit.clinic.order("cfg", 1, Unit.STROKE));
        assertThat(unit.mail.refused("rx")).isEqualTo(stranger);
        unit.order("rx", unit.clinic.order("rx", "another", 1, Unit.STROKE));
        assertThat(unit.mail.refused("rx")).isEqualTo("wrong_unit");
        String good = new String(unit.clinic.order("rx", 1, Unit.STROKE), StandardCharsets.UTF_8);
        unit.order("rx", good.replace("\"rev\":1", "\"rev\":2"));
        assertThat(unit.mail.refused("rx")).isEqualTo(stranger);
        unit.order("rx", good.replace("Stroke", "Strike").replace("stroke", "strike"));
        assertThat(unit.mail.refused("rx")).isEqualTo("wrong_hash");
        assertThat(unit.orders.waiting()).isFalse();
        assertThat(unit.counters.get(Counter.ORDERS_REFUSED)).isEqualTo(5);
    }

    @Test
    void shouldRefuseEverythingWithoutTheClinicsKeyAndSayWhatToDo() throws Exception {
        Unit alone = new Unit(folder, unit.clinic, false);
        alone.orders.begin();
        alone.order("rx", alone.clinic.order("rx", 1, Unit.STROKE));
        assertThat(alone.mail.refused("rx")).isEqualTo("no_key");
        assertThat(alone.mail.reported.path("rx").path("refused").path("reason").asText())
                .contains("[clinic] public_key");
        alone.command(1, "stop");
        assertThat(alone.mail.answer().path("code").asText()).isEqualTo("no_key");
        assertThat(alone.asks).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{|not_json",
                "null|not_json",
                "[]|not_json",
                "{\"v\":3,\"v\":3}|not_json",
                "{\"v\":NaN}|not_json",
                "{\"v\":3} {}|not_json",
                "{\"v\":3,\"x\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}|not_json",
                "{\"v\":3.0}|wrong_field",
                "{\"v\":\"3\"}|wrong_field",
                "{\"v\":3,\"rev\":1.5}|wrong_field",
                "{\"v\":3,\"rev\":0}|wrong_field",
                "{\"v\":3,\"rev\":9007199254740992}|wrong_field",
                "{\"v\":3,\"rev\":1e3}|wrong_field",
                "{\"v\":3,\"rev\":true}|wrong_field"
            })
    void shouldReadStrictly(String json, String code) {
        unit.order("rx", json);
        assertThat(unit.mail.refused("rx")).isEqualTo(code);
    }

    @Test
    void shouldRefuseWhatIsNoUtf8OrTooLarge() {
        unit.order("rx", new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', '}'});
        assertThat(unit.mail.refused("rx")).isEqualTo("not_unicode");
        byte[] large = new byte[OrderKind.RX.mostBytes() + 1];
        Arrays.fill(large, (byte) ' ');
        unit.order("rx", large);
        assertThat(unit.mail.refused("rx")).isEqualTo("too_large");
    }

    @Test
    void shouldIgnoreFieldsItDoesNotKnow() {
        String text = new String(unit.clinic.order("rx", 1, Unit.STROKE), StandardCharsets.UTF_8);
        unit.order("rx", "{\"later\":{\"a\":[1,2]}," + text.substring(1));
        assertThat(unit.mail.state("rx")).isEqualTo("waiting");
    }

    @Test
    void shouldFallBackToTheLastGoodOneWhereANewOneDoesNotStart() throws Exception {
        unit.order("rx", unit.clinic.order("rx", 1, Unit.STROKE));
        unit.apply();
        byte[] bad = unit.clinic.order("rx", 2, Unit.PARKINSON);
        unit.order("rx", bad);
        assertThat(Objects.requireNonNull(unit.orders.apply()).rxRev()).isEqualTo(2);
        unit.orders.failed("it broke");
        assertThat(unit.orders.begin().rxRev()).isEqualTo(1);
        unit.pass(2);
        assertThat(unit.mail.refused("rx")).isEqualTo("did_not_start");
        assertThat(unit.mail.state("rx")).isEqualTo("applied");
        assertThat(unit.mail.reported.path("rx").path("rev").asLong()).isEqualTo(1);

        // The broker shows it at each connection, also after a restart.
        unit.restart().begin();
        unit.order("rx", bad);
        assertThat(unit.mail.refused("rx")).isEqualTo("did_not_start");
        assertThat(unit.orders.waiting()).isFalse();
    }

    @Test
    void shouldNotBeginAThirdTimeWithWhatTookTheWholeProcessDown() throws Exception {
        unit.order("rx", unit.clinic.order("rx", 1, Unit.STROKE));
        for (int i = 0; i < OrderDesk.MOST_TRIES; i++) {
            assertThat(unit.restart().begin().rxRev()).isZero();
            assertThat(Objects.requireNonNull(unit.orders.apply()).rxRev()).isEqualTo(1);
        }
        assertThat(unit.restart().begin().rxRev()).isZero();
        assertThat(unit.orders.waiting()).isFalse();
        unit.pass(2);
        assertThat(unit.mail.refused("rx")).isEqualTo("did_not_start");
    }

    @Test
    void shouldSetADamagedFileAsideAndTakeTheOrderAgain() throws Exception {
        unit.order("rx", unit.clinic.order("rx", 1, Unit.STROKE));
        Path file = folder.resolve("state/orders/rx.json");
        Files.writeString(file, Files.readString(file).substring(0, 40));
        assertThat(unit.restart().begin().rxRev()).isZero();
        assertThat(folder.resolve("state/orders/rx.json.bad")).exists();
        unit.order("rx", unit.clinic.order("rx", 1, Unit.STROKE));
        assertThat(unit.mail.state("rx")).isEqualTo("waiting");
    }

    @Test
    void shouldRefuseWhatTheDiskDoesNotTake() throws Exception {
        // A folder where the file's fresh copy should go.
        Files.createDirectories(folder.resolve("state/orders/rx.json.new"));
        unit.order("rx", unit.clinic.order("rx", 1, Unit.STROKE));
        assertThat(unit.mail.refused("rx")).isEqualTo("not_stored");
        assertThat(unit.orders.waiting()).isFalse();
        Files.delete(folder.resolve("state/orders/rx.json.new"));
        unit.order("rx", unit.clinic.order("rx", 1, Unit.STROKE));
        assertThat(unit.mail.state("rx")).isEqualTo("waiting");
    }

    @Test
    void shouldReportOnceASecondHoweverManyAreRefused() {
        int before = unit.mail.reports;
        for (int i = 0; i < 500; i++) {
            unit.orders.onMessage("rx", new byte[] {(byte) i}, -1, false, unit.mail, 0);
            unit.pass(0.01);
        }
        assertThat(unit.mail.reports - before).isBetween(4, 6);
        assertThat(unit.counters.get(Counter.ORDERS_REFUSED)).isEqualTo(500);
    }
}
