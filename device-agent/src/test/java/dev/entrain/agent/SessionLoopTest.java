package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.config.ConfigException;
import dev.entrain.config.Prescription;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.Moment;
import dev.entrain.journal.SessionFolder;
import dev.entrain.journal.SessionRecord;
import dev.entrain.ring.SlotRing;
import dev.entrain.session.Block;
import dev.entrain.session.Programme;
import dev.entrain.session.SessionEvent;
import dev.entrain.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLoopTest {
    private static final long NOW_NS = 50_000_000_000L;
    private static final Instant UTC = Instant.parse("2026-11-22T09:30:00Z");

    @TempDir
    Path dir;

    private final Counters counters = new Counters();
    private final SlotRing<SessionRecord> records = new SlotRing<>(64, SessionRecord::new);
    private final SessionFeed feed = new SessionFeed(records, counters);

    private static Prescription prescription(String name) {
        try {
            return Prescription.of(name);
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    private SessionLoop loop(Path sessionsDir) {
        return new SessionLoop(
                records, prescription("stroke"), sessionsDir, null, counters, () -> NOW_NS, () -> UTC, "boot");
    }

    private void tell(SessionEvent.Kind kind) {
        SessionEvent event = new SessionEvent();
        event.kind = kind;
        event.timeNs = NOW_NS;
        event.block = Block.Kind.BASELINE;
        event.targetSpm = Double.NaN;
        event.levelPct = Double.NaN;
        event.baselineSpm = Double.NaN;
        event.end = kind == SessionEvent.Kind.ENDED ? SessionEvent.End.COMPLETED : null;
        feed.event(event);
    }

    private SessionState keepState() {
        Programme programme = prescription("stroke").programme();
        SessionState state =
                new SessionState("stroke", programme.fingerprint(), 0, 3, Double.NaN, Double.NaN, 0, true, 0, 3, 0);
        SessionRecord slot = Objects.requireNonNull(records.claim());
        slot.setState(state, NOW_NS);
        records.publish();
        return state;
    }

    /** Runs what is waiting, as at the end of a walk. */
    private static void runOnce(SessionLoop loop) {
        loop.stop();
        loop.run();
    }

    @Test
    void shouldKeepAWholeSessionAndSayThatItIsOver() throws IOException {
        SessionLoop loop = loop(dir);
        tell(SessionEvent.Kind.STARTED);
        tell(SessionEvent.Kind.BLOCK_STARTED);
        tell(SessionEvent.Kind.ENDED);
        runOnce(loop);

        assertThat(loop.over()).isTrue();
        assertThat(SessionFolder.list(dir)).containsExactly(Objects.requireNonNull(loop.folder()));
        assertThat(SessionFolder.read(SessionFolder.list(dir).getFirst()).blocks())
                .hasSize(1);
        assertThat(SessionFolder.header(SessionFolder.list(dir).getFirst()).programme())
                .isEqualTo("stroke");
    }

    @Test
    void shouldCountAFullDiskAndGoOn() throws IOException {
        Path full = Files.writeString(dir.resolve("full"), "no folder can be made here");
        SessionLoop loop = loop(full);
        tell(SessionEvent.Kind.STARTED);
        tell(SessionEvent.Kind.BLOCK_STARTED);
        runOnce(loop);

        assertThat(counters.get(Counter.SESSION_WRITES_FAILED)).isPositive();
        assertThat(loop.over()).isFalse();
    }

    @Test
    void shouldGoOnWithAnInterruptedSessionOfTheSameProgrammeOnly() throws IOException {
        tell(SessionEvent.Kind.STARTED);
        SessionState state = keepState();
        runOnce(loop(dir));
        Moment soon = new Moment(NOW_NS + 60_000_000_000L, UTC.plusSeconds(60), "boot");

        InterruptedSession found =
                InterruptedSession.find(dir, prescription("stroke").programme(), soon);
        assertThat(Objects.requireNonNull(found).state()).isEqualTo(state.away(60));
        assertThat(found.originNs()).isEqualTo(NOW_NS - 3_000_000_000L);

        assertThat(InterruptedSession.find(dir, prescription("parkinson").programme(), soon))
                .isNull();
        assertThat(SessionFolder.header(found.folder()).end()).isEqualTo(SessionEvent.End.ABANDONED);
        assertThat(InterruptedSession.find(dir, prescription("stroke").programme(), soon))
                .isNull();
    }

    @Test
    void shouldNotGoOnWithASessionFromLongAgo() throws IOException {
        tell(SessionEvent.Kind.STARTED);
        keepState();
        runOnce(loop(dir));

        Moment nextDay = new Moment(1, UTC.plusSeconds(86_400), "another boot");
        assertThat(InterruptedSession.find(dir, prescription("stroke").programme(), nextDay))
                .isNull();
        assertThat(SessionFolder.header(SessionFolder.list(dir).getFirst()).end())
                .isEqualTo(SessionEvent.End.ABANDONED);
    }
}
