package dev.entrain.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.config.AgentConfig;
import dev.entrain.health.Counter;
import dev.entrain.remote.UnitControl.Ask;
import dev.entrain.remote.UnitControl.Verdict;
import dev.entrain.telemetry.Inbound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClinicCommandsTest {
    @TempDir
    Path folder;

    private Unit unit;

    @BeforeEach
    void begin() throws Exception {
        unit = new Unit(folder);
        unit.orders.begin();
    }

    private String code() {
        return unit.mail.answer().path("code").asText();
    }

    private String result() {
        return unit.mail.answer().path("result").asText();
    }

    @Test
    void shouldDoACommandOnceAndAnswer() {
        unit.command(7, "identify");
        assertThat(unit.asks).containsExactly(Ask.IDENTIFY);
        assertThat(result()).isEqualTo("done");
        assertThat(unit.mail.answer().path("id").asLong()).isEqualTo(7);
        assertThat(unit.mail.answer().path("command").asText()).isEqualTo("identify");

        // The broker may bring it twice.
        unit.command(7, "identify");
        assertThat(unit.asks).hasSize(1);
        assertThat(unit.mail.answers).hasSize(2);
        assertThat(result()).isEqualTo("done");
    }

    @Test
    void shouldAnswerOnceACommandThatIsBroughtAgainBeforeItIsDone() {
        unit.hangs = true;
        unit.command(7, "start");
        unit.command(7, "start");
        unit.hangs = false;
        unit.pass(1);
        assertThat(unit.asks).containsExactly(Ask.START);
        assertThat(unit.mail.answers).hasSize(1);
        assertThat(result()).isEqualTo("done");
    }

    @Test
    void shouldRefuseAReplayedCommandAlsoAfterARestartOfTheAgent() throws Exception {
        unit.command(7, "stop");
        unit.command(6, "start");
        assertThat(code()).isEqualTo("old_id");
        unit.restart().begin();
        unit.command(7, "stop");
        assertThat(code()).isEqualTo("old_id");
        unit.command(8, "stop");
        assertThat(result()).isEqualTo("done");
        assertThat(unit.asks).containsExactly(Ask.STOP, Ask.STOP);
    }

    @Test
    void shouldRefuseACommandOfAnotherBootUnitOrHand() {
        unit.command(unit.clinic.command(SigningClinic.UNIT, "11111111-5a0e-4c52-9d55-0123456789ab", 7, "start"), 30);
        assertThat(code()).isEqualTo("wrong_boot");
        unit.command(unit.clinic.command("another", SigningClinic.BOOT, 7, "start"), 30);
        assertThat(code()).isEqualTo("wrong_unit");
        unit.command(new SigningClinic().command(7, "start"), 30);
        assertThat(code()).isEqualTo("wrong_signature");
        unit.command(7, "dance");
        assertThat(code()).isEqualTo("unknown_command");
        assertThat(unit.asks).isEmpty();
        assertThat(unit.counters.get(Counter.COMMANDS_REFUSED)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"-1,refused,no_expiry", "0,expired,expired", "61,refused,expiry_too_long"})
    void shouldRefuseACommandWithoutAShortLife(long expiryS, String result, String code) {
        unit.command(unit.clinic.command(7, "start"), expiryS);
        assertThat(result()).isEqualTo(result);
        assertThat(code()).isEqualTo(code);
        unit.orders.onMessage("cmd", unit.clinic.command(8, "start"), 30, true, unit.mail, 0);
        unit.pass(1);
        assertThat(code()).isEqualTo("retained");
        assertThat(unit.asks).isEmpty();
        assertThat(Inbound.NEVER).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(value = Verdict.class, mode = EnumSource.Mode.EXCLUDE, names = "DONE")
    void shouldSayWhyTheUnitDidNot(Verdict verdict) {
        unit.verdict = verdict;
        unit.command(7, "start");
        assertThat(result()).isEqualTo("refused");
        assertThat(code()).isNotEmpty().matches("[a-z_]+");
        assertThat(unit.mail.answer().path("reason").asText()).contains(";");
    }

    @Test
    void shouldLetAStopOvertakeWhateverWaits() {
        unit.hangs = true;
        unit.command(1, "start");
        unit.command(2, "identify");
        unit.command(3, "stop");
        unit.hangs = false;
        unit.pass(1);
        assertThat(unit.asks).containsExactly(Ask.START, Ask.STOP);
        assertThat(unit.mail.answers.stream()
                        .map(answer -> answer.path("command").asText() + " "
                                + answer.path("result").asText()))
                .containsExactly("start refused", "identify refused", "stop done");
    }

    @Test
    void shouldTakeBackWhatTheUnitDoesNotDecide() {
        unit.hangs = true;
        unit.command(1, "start");
        unit.pass(3);
        assertThat(code()).isEqualTo("no_answer");
        unit.hangs = false;
        unit.command(2, "stop");
        assertThat(result()).isEqualTo("done");
    }

    @Test
    void shouldAskTheNextAgentToStopWhenTheOneBeforeEndedWithoutAnAnswer() throws Exception {
        unit.hangs = true;
        unit.command(1, "stop");
        Unit next = new Unit(Files.createDirectories(folder.resolve("next")));
        unit.orders.attach(next, unit.counters);
        unit.pass(1);
        assertThat(next.asks).containsExactly(Ask.STOP);
        assertThat(result()).isEqualTo("done");

        // Anything else is refused, and blocks nothing.
        next.hangs = true;
        unit.command(2, "start");
        unit.orders.attach(unit, unit.counters);
        unit.hangs = false;
        unit.pass(1);
        assertThat(code()).isEqualTo("not_ready");
        unit.command(3, "stop");
        assertThat(result()).isEqualTo("done");
        assertThat(unit.asks).containsExactly(Ask.STOP, Ask.STOP);
    }

    @Test
    void shouldAskToStopBeforeTheDiskIsAsked() {
        unit.orders.onMessage("cmd", unit.clinic.command(1, "stop"), 30, false, unit.mail, 0);
        assertThat(unit.asks).containsExactly(Ask.STOP);
    }

    @Test
    void shouldDropAnswersNobodyTakesAndCountThem() {
        unit.mail.full = true;
        for (int i = 0; i < 100; i++) {
            unit.command(new byte[] {'x'}, 30);
        }
        unit.mail.full = false;
        unit.pass(1);
        assertThat(unit.mail.answers).hasSize(CommandDesk.MOST_ANSWERS);
        assertThat(unit.counters.get(Counter.ANSWERS_DROPPED)).isEqualTo(100 - CommandDesk.MOST_ANSWERS);
    }

    @Test
    void shouldTrustASecondKeyForCommandsAlone() throws Exception {
        SigningClinic server = new SigningClinic();
        Path key = server.publicKey(folder.resolve("server.pem"));
        String toml = Files.readString(folder.resolve("agent.toml"));
        unit.file = AgentConfig.read(
                Files.writeString(folder.resolve("agent.toml"), toml + "command_key = '" + key + "'\n"));
        unit.restart().begin();
        unit.command(server.command(1, "stop"), 30);
        assertThat(result()).isEqualTo("done");
        unit.command(2, "stop");
        assertThat(result()).isEqualTo("done");
        unit.order("rx", server.order("rx", 1, Unit.STROKE));
        assertThat(unit.mail.refused("rx")).isEqualTo("wrong_signature");
    }

    @Test
    void shouldSendTheNewestLinesOfItsLogInPartsAsTheyAreTaken() {
        IntStream.range(0, 20_000).forEach(i -> unit.log.add("line " + i + " \"quoted\" and something to fill it up"));
        unit.mail.full = true;
        unit.command(9, "send_logs");
        assertThat(unit.mail.logs).isEmpty();
        unit.mail.full = false;
        unit.pass(1);
        assertThat(unit.mail.logs).hasSize(LogUpload.MOST_PARTS);
        for (int i = 0; i < LogUpload.MOST_PARTS; i++) {
            JsonNode part = unit.mail.logs.get(i);
            assertThat(part.path("part").asInt()).isEqualTo(i + 1);
            assertThat(part.path("parts").asInt()).isEqualTo(LogUpload.MOST_PARTS);
        }
        assertThat(unit.mail.logs.getLast().path("text").asText())
                .endsWith("line 19999 \"quoted\" and something to fill it up\n");
        assertThat(result()).isEqualTo("done");
    }

    @Test
    void shouldTakeOutOfItsLogWhatLooksLikeASecret() {
        unit.log.add("cannot reach ssl://user:hidden@broker:8883");
        unit.log.add("password = hidden, token: hidden");
        unit.log.add("-----BEGIN PRIVATE KEY-----");
        unit.log.add("hidden");
        unit.log.add("-----END PRIVATE KEY-----");
        unit.log.add("write to hidden@clinic.example");
        unit.log.add("key " + "hiddenAB".repeat(11) + "== end");
        unit.log.add("sha256 " + "ab12".repeat(16) + " stays");
        unit.command(9, "send_logs");
        String text = unit.mail.logs.getFirst().path("text").asText();
        assertThat(text).doesNotContain("hidden").contains("@broker:8883", "ab12ab12", "stays", "end");
        assertThat(text.lines()).hasSize(8);
    }
}
