package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.LiveState;
import dev.entrain.ring.SlotRing;
import dev.entrain.telemetry.TelemetryPort.Delivery;
import dev.entrain.telemetry.TelemetryPort.Link;
import java.net.URI;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The connection, live state, and what comes down; records have {@link RecordStreamTest}. */
class OutboundLoopTest {
    private static final long MS = 1_000_000L;
    private static final long S = 1_000 * MS;
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";

    private final Counters counters = new Counters();
    private final SlotRing<LiveState> ring = new SlotRing<>(16, LiveState::new);
    private final MemoryLog log = new MemoryLog(BOOT);
    private final HeardInbound inbound = new HeardInbound();
    private final ScriptedPort port = new ScriptedPort();
    private long nowNs = 50 * S;
    private long clockStepNs;
    private final OutboundLoop loop = loop(true);

    @Test
    void shouldIntroduceItselfBeforeAnythingElse() {
        log.step(1);
        comeUp();
        assertThat(port.sent.stream().map(message -> message.topic().replaceAll(".*/", "")))
                .containsExactly("birth", "status", "reported", "ev");
        assertThat(port.on("/status").getFirst().payload()).contains("\"state\":\"online\"");
        assertThat(port.on("/status").getFirst().delivery()).isEqualTo(Delivery.RETAINED);
        assertThat(port.will).contains("gait/v1/u/up/status").contains("\"state\":\"offline\"");
        assertThat(port.wanted)
                .containsExactly("gait/v1/u/down/ack", "gait/v1/u/down/rx", "gait/v1/u/down/cmd", "gait/v1/u/down/cfg");
        assertThat(inbound.connections).isEqualTo(1);
    }

    @Test
    void shouldIntroduceItselfWhereTheWindowHoldsOneMessage() {
        advance(0);
        port.link = Link.UP;
        port.full = true;
        advance(20 * MS);
        assertThat(port.sent).isEmpty();
        port.full = false;
        advance(20 * MS);
        assertThat(port.on("/birth")).hasSize(1);
        assertThat(port.connects).isEqualTo(1);
    }

    @Test
    void shouldNumberConnectionsUpwards() {
        advance(20 * MS);
        String first = port.will;
        port.link = Link.DOWN;
        advance(20 * MS);
        advance(2 * S);
        assertThat(number(port.will)).isGreaterThan(number(first));
    }

    @Test
    void shouldPublishOnlyTheNewestStateAndOnlyWhenConnected() {
        state(1, false);
        advance(20 * MS);
        comeUp();
        assertThat(port.on("/state")).isEmpty();
        state(2, false);
        state(3, false);
        log.step(1);
        advance(S);
        assertThat(port.on("/state")).hasSize(1);
        assertThat(port.on("/state").getFirst().payload())
                .contains("\"t_ns\":3,")
                .contains("\"waiting\":1");
        assertThat(port.on("/state").getFirst().delivery()).isEqualTo(Delivery.LIVE);
        assertThat(port.sent.indexOf(port.on("/state").getFirst()))
                .isLessThan(port.sent.indexOf(port.on("/ev").getFirst()));
    }

    @Test
    void shouldGiveUpABrokerThatNeverAnswers() {
        comeUp();
        advance(61 * S);
        assertThat(port.link).isEqualTo(Link.DOWN);
    }

    @Test
    void shouldMakeALineAnewOnWhichTheClinicIsNotHeardForLong() {
        port.answering = true;
        comeUp();
        log.step(1);
        for (int second = 0; second < 440; second++) {
            advance(S);
            assertThat(port.link).as("after %d s", second).isEqualTo(Link.UP);
        }
        int before = port.connects;
        for (int second = 0; second < 600 && port.connects == before; second++) {
            advance(S);
        }
        assertThat(port.connects).isEqualTo(before + 1);
    }

    @Test
    void shouldGiveUpAConnectionThatNeverComes() {
        advance(20 * MS);
        assertThat(port.link).isEqualTo(Link.CONNECTING);
        advance(7 * S);
        assertThat(port.link).isEqualTo(Link.DOWN);
    }

    @Test
    void shouldRetryQuicklyAfterAStableConnection() {
        for (int i = 0; i < 12; i++) {
            port.link = Link.DOWN;
            advance(20 * MS);
            advance(121 * S);
        }
        port.answering = true;
        comeUp();
        advance(31 * S);
        int before = port.connects;
        port.link = Link.DOWN;
        advance(20 * MS);
        advance(S);
        assertThat(port.connects).isEqualTo(before + 1);
    }

    @Test
    void shouldHandOnWhatTheClinicSendsAndOnlyThenBeDoneWithIt() {
        comeUp();
        port.arrive("gait/v1/u/down/cmd", "{\"v\":3}");
        port.arrive("gait/v1/u/down/rx", "");
        advance(20 * MS);
        assertThat(inbound.heard).extracting(HeardInbound.Heard::leaf).containsExactly("cmd", "rx");
        assertThat(port.done).hasSize(2);
    }

    @Test
    void shouldDropWhatIsForNobody() {
        comeUp();
        port.arrive("gait/v1/other/down/cmd", "{}");
        port.arrive("gait/v1/u/down/nonsense", "{}");
        advance(20 * MS);
        assertThat(inbound.heard).isEmpty();
        assertThat(port.done).hasSize(2);
        assertThat(counters.get(Counter.DOWNLINK_DROPPED)).isEqualTo(2);
    }

    @Test
    void shouldOutliveAMessageThatTripsABug() {
        comeUp();
        inbound.failing = true;
        port.arrive("gait/v1/u/down/rx", "{}");
        advance(20 * MS);
        assertThat(port.done).hasSize(1);
        assertThat(counters.get(Counter.DOWNLINK_DROPPED)).isEqualTo(1);
        state(1, false);
        advance(20 * MS);
        assertThat(port.on("/state")).hasSize(1);
    }

    @Test
    void shouldSendEverythingBeforeItSaysThatItStops() {
        comeUp();
        port.answering = true;
        clockStepNs = S / 10;
        for (int i = 0; i < 200; i++) {
            log.step(i);
        }
        loop.stop();
        loop.run();
        assertThat(port.on("/ev")).hasSize(4);
        assertThat(port.sent.getLast().payload()).contains("\"state\":\"stopped\"");
        assertThat(port.closed).isTrue();
        assertThat(log.waiting()).as("nobody said that he stored them").isEqualTo(200);
    }

    @Test
    void shouldEmptyTheRingWithoutConnectingWhenSwitchedOff() {
        OutboundLoop off = loop(false);
        state(1, true);
        off.doWork(nowNs);
        assertThat(ring.size()).isZero();
        assertThat(port.connects).isZero();
    }

    @Test
    void shouldBoundABacklogOnlyWhileSomebodyWalks() {
        port.answering = true;
        for (int i = 0; i < 2000; i++) {
            log.step(i);
        }
        state(1, true);
        comeUp();
        for (int i = 0; i < 50; i++) {
            advance(20 * MS);
        }
        assertThat(port.on("/ev").size()).as("500 records a second").isBetween(8, 9);
        state(2, false);
        advance(20 * MS);
        assertThat(port.on("/ev").size())
                .as("but for the last 16, which gather")
                .isEqualTo(31);
    }

    private OutboundLoop loop(boolean enabled) {
        TelemetryConfig config = new TelemetryConfig(enabled, URI.create("tcp://127.0.0.1:1"), "u", 60, 30);
        Birth birth = new Birth(BOOT, "0", "25", "0".repeat(64), null, null, () -> null);
        return new OutboundLoop(
                config, birth, () -> nowNs += clockStepNs, ring, log, inbound, port, new Random(1), counters);
    }

    private void comeUp() {
        if (port.connects == 0) {
            advance(0);
        }
        port.link = Link.UP;
        advance(20 * MS);
    }

    private void advance(long ns) {
        nowNs += ns;
        loop.doWork(nowNs);
    }

    private void state(long timeNs, boolean walking) {
        Objects.requireNonNull(ring.claim()).begin(timeNs).walk(walking, false);
        ring.publish();
    }

    private static long number(String will) {
        return Long.parseLong(will.replaceAll(".*\"conn\":(\\d+).*", "$1"));
    }
}
