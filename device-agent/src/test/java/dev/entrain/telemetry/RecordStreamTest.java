package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.RecordKind;
import dev.entrain.telemetry.TelemetryPort.Delivery;
import dev.entrain.telemetry.TelemetryPort.Link;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves when, and when it is forgotten. */
class RecordStreamTest {
    private static final long MS = 1_000_000L;
    private static final long S = 1_000 * MS;
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final String LATER = "1f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Counters counters = new Counters();
    private final MemoryLog log = new MemoryLog(BOOT);
    private final ScriptedPort port = new ScriptedPort();
    private final Handover handover = new Handover(port, counters);
    private long nowNs = 50 * S;
    private final RecordStream stream =
            new RecordStream(new Topics("u"), log, handover, new CatchUpPace(500, nowNs), counters, nowNs);

    @BeforeEach
    void connect() {
        port.link = Link.UP;
        port.answering = true;
        stream.restart();
    }

    @Test
    void shouldSendTheFirstAtOnceAndGatherTheNextForASecond() {
        log.step(1);
        advance(20 * MS);
        assertThat(port.on("/ev")).hasSize(1);
        log.step(2);
        log.step(3);
        advance(900 * MS);
        assertThat(port.on("/ev")).hasSize(1);
        advance(100 * MS);
        assertThat(sequences()).containsExactly(List.of(1L), List.of(2L, 3L));
    }

    @Test
    void shouldKeepWhatOnlyTheBrokerAnswered() {
        log.step(1);
        advance(S);
        advance(S);
        assertThat(log.waiting()).isEqualTo(1);
        ack(BOOT, 1);
        assertThat(log.waiting()).isZero();
    }

    @Test
    void shouldSayWhatWaitsBeforeAMessage() {
        log.step(1);
        advance(S);
        log.step(2);
        advance(S);
        ack(BOOT, 2);
        log.step(3);
        advance(S);
        log.step(4);
        advance(S);
        assertThat(afters()).containsExactly(0L, 1L, 0L, 3L);
    }

    @Test
    void shouldNameAGapThatComesFromRecordsThatGaveWay() {
        for (int i = 1; i <= 4; i++) {
            log.step(i);
        }
        log.forget(1);
        log.forget(3);
        advance(S);
        assertThat(sequences()).containsExactly(List.of(2L, 4L));
        assertThat(afters()).containsExactly(0L);
    }

    @Test
    void shouldLeaveNoHoleWhereNothingWasSent() {
        log.step(1);
        advance(S);
        ack(BOOT, 1);
        log.forget(log.step(2));
        advance(S);
        log.step(3);
        advance(S);
        assertThat(sequences()).containsExactly(List.of(1L), List.of(3L));
        assertThat(afters()).containsExactly(0L, 0L);
    }

    @Test
    void shouldSendTheOldestBootFirstAndEachAlone() {
        log.step(1);
        log.boot(LATER);
        log.step(2);
        advance(S);
        advance(S);
        assertThat(port.on("/ev")).hasSize(2);
        assertThat(field(0, "boot").asText()).isEqualTo(BOOT);
        assertThat(field(1, "boot").asText()).isEqualTo(LATER);
        assertThat(afters()).containsExactly(0L, 0L);
        ack(LATER, 1002);
        assertThat(log.waiting()).isEqualTo(1);
        ack(BOOT, 1);
        assertThat(log.waiting()).isZero();
    }

    @Test
    void shouldSendSessionsClocksAndTimingsAlone() {
        log.step(1);
        log.append(RecordKind.SESSION, "s-1", 1, bytes("{\"t_ns\":1,\"state\":\"started\"}"));
        log.add(RecordKind.CLOCK, "{\"t_ns\":1}");
        log.add(RecordKind.TIMING, "{}");
        log.append(RecordKind.FREEZE, "s-1", 1, bytes("{ }"));
        for (int i = 0; i < 5; i++) {
            advance(S);
        }
        assertThat(port.sent.stream().map(message -> message.topic().replaceAll(".*/", "")))
                .containsExactly("ev", "session", "clock", "timing", "ev");
        assertThat(port.on("/timing").getFirst().delivery()).isEqualTo(Delivery.RETAINED);
        assertThat(field(1, "session").asText()).isEqualTo("s-1");
        assertThat(field(1, "seq").asLong()).isEqualTo(2);
        assertThat(field(2, "after_seq").asLong()).isEqualTo(2);
        assertThat(field(3, "seq").asLong()).isEqualTo(4);
        assertThat(port.sent.get(4).payload())
                .contains("\"events\":[{\"seq\":5,\"kind\":\"freeze\",\"session\":\"s-1\"");
    }

    @Test
    void shouldSendAgainOnEachConnection() {
        steps(100);
        advance(S);
        advance(S);
        ack(BOOT, 64);
        port.sent.clear();
        stream.restart();
        advance(S);
        assertThat(sequences().getFirst().getFirst()).isEqualTo(65);
        assertThat(afters()).containsExactly(0L);
    }

    @Test
    void shouldSendAgainWhenTheClinicsWordDoesNotCome() {
        steps(10);
        advance(S);
        advance(29 * S);
        assertThat(port.sent).hasSize(1);
        advance(2 * S);
        assertThat(port.sent).hasSize(2);
        assertThat(counters.get(Counter.ACKS_MISSED)).isEqualTo(1);
    }

    @Test
    void shouldCostLittleWhileTheClinicIsDownForADay() {
        steps(10_000);
        for (int second = 0; second < 86_400; second++) {
            advance(S);
        }
        assertThat(port.sent.size())
                .as("a window at first, then one message in 5 minutes")
                .isBetween(288, 360);
        port.sent.clear();
        ack(BOOT, 64);
        advance(S);
        assertThat(port.sent.size()).as("the whole window again").isEqualTo(64);
    }

    @Test
    void shouldBoundWhatWaitsForTheClinic() {
        steps(10_000);
        for (int i = 0; i < 25; i++) {
            advance(S);
        }
        assertThat(sequences().stream().mapToInt(List::size).sum()).isEqualTo(AckTimer.MOST_IN_FLIGHT);
        ack(BOOT, 640);
        advance(S);
        assertThat(sequences().stream().mapToInt(List::size).sum()).isEqualTo(AckTimer.MOST_IN_FLIGHT + 640);
    }

    @Test
    void shouldNotForgetForAWordThatCannotBeTrue() {
        steps(70);
        advance(S);
        assertThat(sequences()).hasSize(1);
        for (String wrong : List.of(
                "{\"v\":3,\"boot\":\"" + LATER + "\",\"up_to\":1}",
                "{\"v\":3,\"boot\":\"" + BOOT + "\",\"up_to\":64.0}",
                "")) {
            stream.onAck(bytes(wrong), nowNs);
        }
        assertThat(counters.get(Counter.ACKS_REFUSED)).isEqualTo(3);
        assertThat(log.waiting()).isEqualTo(70);
        assertThat(log.acknowledgements).isZero();
        ack(BOOT, 65);
        assertThat(log.waiting()).as("what was not sent stays").isEqualTo(6);
    }

    @Test
    void shouldLetTheOthersPassARefusedRecordAndTell() {
        port.forbidden = "/session";
        log.step(1);
        log.add(RecordKind.SESSION, "{\"t_ns\":1}");
        log.step(3);
        advance(S);
        advance(S);
        advance(S);
        assertThat(stream.trouble()).contains("records 2 to 2").contains("the broker refuses them");
        assertThat(counters.get(Counter.MESSAGES_REFUSED)).isEqualTo(1);
        assertThat(sequences()).containsExactly(List.of(1L), List.of(3L));
        assertThat(field(2, "after_seq").asLong())
                .as("the clinic knows of the hole")
                .isEqualTo(2);
        ack(BOOT, 1);
        for (int i = 4; i < 9_000; i++) {
            log.step(i);
        }
        for (int i = 0; i < 1_000; i++) {
            advance(S);
        }
        assertThat(sequences().getLast().getLast()).as("the rest got through").isEqualTo(8_999);
        assertThat(log.waiting()).as("and nothing was forgotten").isEqualTo(8_998);

        port.forbidden = null;
        port.sent.clear();
        for (int i = 0; i < 310; i++) {
            advance(S);
        }
        assertThat(port.on("/session")).isNotEmpty();
        assertThat(stream.trouble()).isEmpty();
        ack(BOOT, 8_999);
        assertThat(log.waiting()).isZero();
    }

    @Test
    void shouldNotHammerABrokerThatRefusesEverything() {
        port.forbidden = "/up/";
        steps(10_000);
        for (int i = 0; i < 25; i++) {
            advance(S);
        }
        assertThat(port.sent.size()).isLessThan(2 * 64 + 10);
        assertThat(stream.trouble()).isNotEmpty();
        assertThat(log.waiting()).isEqualTo(10_000);
    }

    @Test
    void shouldKeepMessagesWithinWhatTheBrokerTakes() {
        port.mostBytes = 1000;
        steps(100);
        log.add(RecordKind.FAULT, "{\"text\":\"" + "x".repeat(1000) + "\"}");
        log.step(102);
        for (int i = 0; i < 30; i++) {
            advance(S);
        }
        assertThat(port.sent)
                .allSatisfy(message -> assertThat(
                                message.payload().length() + message.topic().length())
                        .isLessThan(1000));
        assertThat(stream.trouble()).contains("records 101 to 101").contains("larger than the broker takes");
        assertThat(sequences().getLast()).contains(102L).doesNotContain(101L);
        assertThat(counters.get(Counter.MESSAGES_REFUSED)).isEqualTo(1);
    }

    @Test
    void shouldNotSpoilAMessageWithADamagedRecord() {
        log.step(1);
        log.add(RecordKind.STEP, "{\"t_ns\":12");
        log.add(RecordKind.STEP, "[1]");
        log.step(4);
        for (int i = 0; i < 4; i++) {
            advance(S);
        }
        assertThat(sequences()).containsExactly(List.of(1L), List.of(4L));
        assertThat(stream.trouble()).contains("damaged");
    }

    private void steps(int count) {
        for (int i = 1; i <= count; i++) {
            log.step(i);
        }
    }

    private void advance(long ns) {
        nowNs += ns;
        for (long ticket = handover.takeDelivered(); ticket >= 0; ticket = handover.takeDelivered()) {
            stream.onDelivered(ticket);
        }
        for (long ticket = handover.takeRefused(); ticket >= 0; ticket = handover.takeRefused()) {
            stream.onRefused(ticket, "not authorised", nowNs);
        }
        stream.doWork(false, false, nowNs);
    }

    private void ack(String boot, long upTo) {
        stream.onAck(bytes("{\"v\":3,\"boot\":\"" + boot + "\",\"up_to\":" + upTo + "}"), nowNs);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode field(int message, String name) {
        try {
            return JSON.readTree(port.sent.get(message).payload()).path(name);
        } catch (java.io.IOException e) {
            throw new AssertionError("not JSON: " + port.sent.get(message).payload(), e);
        }
    }

    private List<Long> afters() {
        List<Long> afters = new ArrayList<>();
        for (int i = 0; i < port.sent.size(); i++) {
            afters.add(field(i, "after_seq").asLong(-1));
        }
        return afters;
    }

    /** Returns the sequence numbers of each ev message. */
    private List<List<Long>> sequences() {
        List<List<Long>> all = new ArrayList<>();
        for (int i = 0; i < port.sent.size(); i++) {
            List<Long> numbers = new ArrayList<>();
            field(i, "events").forEach(event -> numbers.add(event.path("seq").asLong()));
            if (!numbers.isEmpty()) {
                all.add(numbers);
            }
        }
        return all;
    }
}
