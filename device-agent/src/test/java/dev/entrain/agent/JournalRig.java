package dev.entrain.agent;

import dev.entrain.audio.AudioStatistics;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.config.ConfigException;
import dev.entrain.config.Prescription;
import dev.entrain.health.Counters;
import dev.entrain.journal.KeptHeader;
import dev.entrain.journal.KeptRecords;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.MemoryLog;
import dev.entrain.journal.Moment;
import dev.entrain.journal.RecordBodies;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SessionException;
import dev.entrain.journal.SettledFacts;
import dev.entrain.journal.SongRecord;
import dev.entrain.journal.SongSource;
import dev.entrain.journal.WalkRecord;
import dev.entrain.outcome.SongFacts;
import dev.entrain.pipeline.StepReport;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SessionEvent;
import dev.entrain.session.SessionState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A journal's thread, moved by hand: what tests of it share. */
abstract class JournalRig {
    static final long S = 1_000_000_000L;
    static final long START_NS = 50 * S;
    static final Instant UTC = Instant.parse("2026-11-22T09:30:00Z");

    final Counters counters = new Counters();
    final SlotRing<WalkRecord> ring = new SlotRing<>(2048, WalkRecord::new);
    final FactFeed feed = new FactFeed(ring, counters);
    final RefusingLog log = new RefusingLog(new MemoryLog("boot", START_NS, 10_000, counters));
    final SessionStatus status = new SessionStatus();
    String boot = "boot";

    @Nullable
    FaultWatch watch;

    long nowNs = START_NS;
    boolean emulated;
    final Music songs = new Music();

    /** What a player would tell. */
    static final class Music implements SongSource {
        final Queue<SongRecord> over = new ArrayDeque<>();
        boolean playing;

        @Override
        public @Nullable SongRecord next() {
            return over.poll();
        }

        @Override
        public boolean playing() {
            return playing || !over.isEmpty();
        }

        void tell(long fromNs, long toNs, @Nullable String title) {
            over.add(new SongRecord(
                    fromNs,
                    toNs,
                    new SongFacts("0123456789abcdef", title, 40, 1, 30, 2.5, -4, SongFacts.Ended.STOPPED, true)));
        }
    }

    static Prescription prescription(String name) {
        try {
            return Prescription.of(name);
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    Moment now() {
        return new Moment(nowNs, UTC.plusNanos(nowNs - START_NS), boot);
    }

    JournalLoop loop(@Nullable Prescription given) {
        RecordBodies bodies = new RecordBodies();
        KeptSessions sessions = new KeptSessions(log, bodies);
        KeptSessions.Interrupted interrupted = sessions.find(given, now());
        sessions.summarise();
        SettledFacts facts = new SettledFacts(log, bodies);
        AudioStatistics audio = new AudioStatistics();
        WalkTiming timing = new WalkTiming(
                null,
                new OutputCalibration(Double.NaN, OutputCalibration.OffsetSource.UNKNOWN, Double.NaN, Double.NaN),
                audio,
                Thread.currentThread().threadId(),
                counters,
                null,
                () -> null,
                START_NS);
        watch = new FaultWatch(
                log, bodies, Map.of(), audio, counters, () -> "", new CertificateWatch(null, () -> UTC), START_NS);
        return new JournalLoop(
                ring,
                log,
                bodies,
                facts,
                sessions,
                new SessionKeeper(
                        sessions, facts, KeptSessions.plan(given, 7), interrupted, status, () -> emulated, songs),
                watch,
                timing,
                60,
                counters,
                () -> nowNs,
                () -> now().utc(),
                () -> 0.01,
                boot);
    }

    void pass(JournalLoop loop, double seconds) {
        long endNs = nowNs + Math.round(seconds * S);
        while (nowNs < endNs) {
            nowNs = Math.min(endNs, nowNs + S / 4);
            loop.round(nowNs);
        }
    }

    void tell(SessionEvent.Kind kind, SessionEvent.@Nullable End end) {
        SessionEvent event = new SessionEvent();
        event.kind = kind;
        event.timeNs = nowNs;
        event.block = Block.Kind.BASELINE;
        event.targetSpm = Double.NaN;
        event.levelPct = Double.NaN;
        event.baselineSpm = Double.NaN;
        event.end = end;
        feed.event(event);
    }

    void step(int number) {
        StepReport step = new StepReport();
        step.foot = Foot.of(number % 2);
        step.timeNs = nowNs;
        step.decidedNs = nowNs;
        step.stepTimeNs = S / 2;
        step.cadenceSpm = 120;
        step.confidence = 1;
        feed.step(step);
    }

    void walk(JournalLoop loop, int steps) {
        for (int i = 0; i < steps; i++) {
            step(i);
            pass(loop, 0.5);
        }
    }

    List<KeptRecords.Kept> kept(RecordKind kind) {
        return KeptRecords.waiting(log, kind);
    }

    static SessionEvent.@Nullable End end(KeptSession kept) throws SessionException {
        return KeptHeader.read(kept).end();
    }

    void keepState(JournalLoop loop) {
        SessionState state = new SessionState(
                "stroke",
                prescription("stroke").programme().fingerprint(),
                0,
                3,
                Double.NaN,
                Double.NaN,
                0,
                true,
                0,
                3,
                0);
        Objects.requireNonNull(ring.claim()).setState(state, nowNs);
        ring.publish();
        loop.round(nowNs);
    }
}
