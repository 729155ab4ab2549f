package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.MemoryOutbox;
import dev.entrain.journal.WalkRecord;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.telemetry.TelemetryPort.Delivery;
import dev.entrain.telemetry.TelemetryPort.Link;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutboundLoopTest {
    private static final long MS = 1_000_000L;
    private static final long S = 1_000 * MS;
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";

    private final Counters counters = new Counters();
    private final SlotRing<WalkRecord> ring = new SlotRing<>(256, WalkRecord::new);
    private final MemoryOutbox outbox = new MemoryOutbox(BOOT, 0, 1000, counters);
    private final ScriptedPort port = new ScriptedPort();
    private final MadeUpTiming timing = new MadeUpTiming();
    private long nowNs = 50 * S;
    private long clockStepNs;
    private final OutboundLoop loop = loop(true);

    @Test
    void shouldIntroduceItselfBeforeAnythingElse() {
        step();
        comeUp();
        assertThat(port.sent.stream().map(message -> message.topic().replaceAll(".*/", "")))
                .containsExactly("birth", "status", "ev");
        assertThat(port.on("/status").getFirst().payload()).contains("\"state\":\"online\"");
        assertThat(port.on("/status").getFirst().delivery()).isEqualTo(Delivery.RETAINED);
        assertThat(port.will).contains("gait/v1/u/up/status").contains("\"state\":\"offline\"");
    }

    @Test
    void shouldPublishTheFirstEventAtOnceAndBatchTheNext() {
        comeUp();
        step();
        advance(20 * MS);
        assertThat(port.on("/ev")).hasSize(1);
        step();
        step();
        advance(200 * MS);
        assertThat(port.on("/ev")).hasSize(1);
        advance(60 * MS);
        assertThat(port.on("/ev")).hasSize(2);
        assertThat(port.on("/ev").getLast().payload()).contains("\"seq\":2").contains("\"seq\":3");
    }

    @Test
    void shouldLeaveAnEventInTheOutboxUntilAnswered() {
        comeUp();
        step();
        advance(20 * MS);
        assertThat(outbox.settledSeq()).isZero();
        port.answerAll();
        advance(20 * MS);
        assertThat(outbox.settledSeq()).isEqualTo(1);
    }

    @Test
    void shouldSettleOnlyWhatHasNoUnansweredBefore() {
        comeUp();
        step();
        advance(S);
        step();
        advance(S);
        List<ScriptedPort.Sent> events = port.on("/ev");
        port.on("/birth").forEach(message -> port.delivered.add(message.ticket()));
        port.on("/status").forEach(message -> port.delivered.add(message.ticket()));
        port.delivered.add(events.get(1).ticket());
        advance(20 * MS);
        assertThat(outbox.settledSeq()).isZero();
        port.delivered.add(events.get(0).ticket());
        advance(20 * MS);
        assertThat(outbox.settledSeq()).isEqualTo(2);
    }

    @Test
    void shouldSendUnansweredEventsAgainOnTheNextConnection() {
        comeUp();
        step();
        advance(20 * MS);
        port.link = Link.DOWN;
        advance(20 * MS);
        advance(2 * S);
        assertThat(port.connects).isEqualTo(2);
        port.sent.clear();
        comeUp();
        assertThat(port.on("/ev").getFirst().payload()).contains("\"seq\":1");
        assertThat(counters.get(Counter.BROKER_UP)).isEqualTo(2);
        assertThat(counters.get(Counter.BROKER_DOWN)).isEqualTo(1);
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
    void shouldPaceCatchingUp() {
        for (int i = 0; i < 200; i++) {
            step();
        }
        comeUp();
        assertThat(port.on("/ev")).hasSize(1);
        for (int i = 0; i < 5; i++) {
            advance(10 * MS);
        }
        assertThat(port.on("/ev")).hasSize(1);
        advance(100 * MS);
        advance(100 * MS);
        assertThat(port.on("/ev")).hasSize(3);
    }

    @Test
    void shouldPublishOnlyTheNewestStateAndOnlyWhenConnected() {
        state(1);
        advance(20 * MS);
        comeUp();
        assertThat(port.on("/state")).isEmpty();
        state(2);
        state(3);
        advance(20 * MS);
        assertThat(port.on("/state")).hasSize(1);
        assertThat(port.on("/state").getFirst().payload()).contains("\"t_ns\":3,");
        assertThat(port.on("/state").getFirst().delivery()).isEqualTo(Delivery.LIVE);
    }

    @Test
    void shouldKeepEventsWhileTheWindowIsFull() {
        comeUp();
        port.full = true;
        step();
        advance(S);
        assertThat(port.on("/ev")).isEmpty();
        port.full = false;
        advance(20 * MS);
        assertThat(port.on("/ev")).hasSize(1);
    }

    @Test
    void shouldGiveUpABrokerThatNeverAnswers() {
        comeUp();
        advance(61 * S);
        assertThat(port.link).isEqualTo(Link.DOWN);
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
        comeUp();
        port.answerAll();
        advance(31 * S);
        int before = port.connects;
        port.link = Link.DOWN;
        advance(20 * MS);
        advance(S);
        assertThat(port.connects).isEqualTo(before + 1);
    }

    @Test
    void shouldProveItsTimingOnceAMinuteOnATopicOfItsOwn() {
        comeUp();
        step();
        advance(59 * S);
        assertThat(port.on("/timing")).isEmpty();
        port.answerAll();
        step();
        advance(S);
        assertThat(port.on("/timing")).hasSize(1);
        assertThat(port.on("/timing").getFirst().delivery()).isEqualTo(Delivery.RETAINED);
        assertThat(port.on("/timing").getFirst().payload())
                .contains("\"seq\":3,")
                .contains("\"last\":false");
        assertThat(port.on("/ev").getLast().payload()).contains("\"seq\":2,").doesNotContain("timing");
    }

    @Test
    void shouldNotHoldUpEventsBehindATimingReport() {
        comeUp();
        advance(30 * S);
        port.answerAll();
        advance(29 * S);
        port.full = true;
        advance(S);
        step();
        port.full = false;
        advance(20 * MS);
        assertThat(port.on("/timing")).hasSize(1);
        assertThat(port.on("/ev")).hasSize(1);
    }

    @Test
    void shouldKeepATimingReportUntilAnswered() {
        comeUp();
        advance(60 * S);
        assertThat(outbox.settledSeq()).isZero();
        port.link = Link.DOWN;
        advance(20 * MS);
        advance(2 * S);
        port.sent.clear();
        comeUp();
        assertThat(port.on("/timing")).hasSize(1);
        port.answerAll();
        advance(20 * MS);
        assertThat(outbox.settledSeq()).isEqualTo(1);
    }

    @Test
    void shouldTellNewsOfTheSoundAtOnceButNotOverAndOver() {
        comeUp();
        advance(5 * S);
        timing.news = true;
        advance(20 * MS);
        assertThat(port.on("/timing")).hasSize(1);
        timing.news = true;
        advance(20 * MS);
        assertThat(port.on("/timing")).hasSize(1);
        advance(2 * S);
        assertThat(port.on("/timing")).hasSize(2);
    }

    @Test
    void shouldBoundTheTimingReportsThatWaitForABroker() {
        for (int minute = 0; minute < 1_000; minute++) {
            advance(60 * S);
            port.link = Link.DOWN;
        }
        assertThat(timing.reports).isEqualTo(240);
        comeUp();
        advance(20 * MS);
        assertThat(timing.reports).isEqualTo(241);
    }

    @Test
    void shouldEndWithALastTimingReport() {
        comeUp();
        clockStepNs = S / 10;
        loop.stop();
        loop.run();
        assertThat(port.on("/timing").getLast().payload()).contains("\"last\":true");
    }

    @Test
    void shouldEmptyTheRingWithoutConnectingWhenSwitchedOff() {
        OutboundLoop off = loop(false);
        step();
        off.doWork(nowNs);
        assertThat(ring.size()).isZero();
        assertThat(port.connects).isZero();
        assertThat(outbox.lastSeq()).isZero();
        assertThat(timing.reports).isZero();
    }

    private OutboundLoop loop(boolean enabled) {
        TelemetryConfig config = new TelemetryConfig(enabled, URI.create("tcp://127.0.0.1:1"), "u", 60, 30);
        Birth birth = new Birth(BOOT, "0", "25", "0".repeat(64), null);
        return new OutboundLoop(
                config,
                birth,
                () -> nowNs += clockStepNs,
                List.of(ring),
                timing,
                outbox,
                port,
                new Random(1),
                counters);
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

    private void step() {
        Objects.requireNonNull(ring.claim()).setStep(Foot.LEFT, nowNs, nowNs, 500 * MS, 120, 1);
        ring.publish();
    }

    private void state(long timeNs) {
        Objects.requireNonNull(ring.claim()).setState(timeNs, true, false, 110, Double.NaN, S);
        ring.publish();
    }

    private static long number(String will) {
        return Long.parseLong(will.replaceAll(".*\"conn\":(\\d+).*", "$1"));
    }
}
