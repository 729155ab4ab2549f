package dev.entrain.journal;

import dev.entrain.cue.CueCommand;
import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends facts to the log once they are certain: contacts wait {@value #HOLD_MS} ms, because a second look can move them for
 * 500 ms, and beats until they have sounded, because a silence takes them back. Each fact belongs to the session in which it
 * was told. Not thread-safe.
 */
public final class SettledFacts {
    /** Contacts and beats may change for this long, ms. */
    static final int HOLD_MS = 600;

    private static final long HOLD_NS = HOLD_MS * 1_000_000L;

    /** Contacts or beats held at once; many more than a walker makes in {@link #HOLD_MS}. */
    private static final int MOST_HELD = 256;

    private final RecordLog log;
    private final RecordBodies bodies;
    private final List<HeldStep> steps = new ArrayList<>();
    private final List<HeldCue> cues = new ArrayList<>();
    private boolean freezing;
    private long freezeNs;
    private long freezeDecidedNs;
    private boolean silenced;
    private long silenceNs;

    /** A contact that may still move. */
    record HeldStep(
            @Nullable String session,
            Foot foot,
            long timeNs,
            long decidedNs,
            long stepTimeNs,
            double cadenceSpm,
            double confidence,
            long cueId,
            long asynchronyNs) {
        HeldStep at(long revisedNs) {
            long laterNs = revisedNs - timeNs;
            return new HeldStep(
                    session,
                    foot,
                    revisedNs,
                    decidedNs,
                    stepTimeNs == WalkRecord.NONE ? stepTimeNs : stepTimeNs + laterNs,
                    cadenceSpm,
                    confidence,
                    cueId,
                    asynchronyNs == WalkRecord.NONE ? asynchronyNs : asynchronyNs + laterNs);
        }
    }

    /** A beat that may still be taken back. */
    record HeldCue(
            @Nullable String session,
            Foot foot,
            long cueId,
            long onsetNs,
            long decidedNs,
            long frame,
            long periodNs,
            CueCommand.Voice voice) {}

    /** Makes an empty one that appends to a log. */
    public SettledFacts(RecordLog log, RecordBodies bodies) {
        this.log = log;
        this.bodies = bodies;
    }

    /**
     * Takes one fact.
     *
     * @param record valid until the method returns; a STATE is no fact and ignored
     * @param session the session that goes on; null in none
     */
    public void take(WalkRecord record, @Nullable String session) {
        switch (record.kind) {
            case STEP -> step(record, session);
            case REVISED -> revise(record);
            case CUE -> cue(record, session);
            case SILENCE -> {
                silenced = true;
                silenceNs = record.timeNs;
                cues.removeIf(cue -> cue.onsetNs - silenceNs > 0);
                log.append(RecordKind.SILENCE, session, record.timeNs, bodies.silence(record));
            }
            case STRIDE -> log.append(RecordKind.STRIDE, session, record.timeNs, bodies.stride(record));
            case FREEZE_ON -> {
                freezing = true;
                freezeNs = record.timeNs;
                freezeDecidedNs = record.decidedNs;
            }
            case FREEZE_OFF -> thaw(record.timeNs, session);
            case EVENT -> log.append(RecordKind.EVENT, session, record.timeNs, bodies.event(record.event));
            case GAP -> log.append(RecordKind.GAP, session, record.timeNs, bodies.gap(record));
            case STATE -> {}
        }
    }

    /** Appends a song that is over: nothing corrects it. */
    public void song(SongRecord song, @Nullable String session) {
        log.append(RecordKind.SONG, session, song.fromNs(), bodies.song(song));
    }

    private void step(WalkRecord record, @Nullable String session) {
        if (steps.size() >= MOST_HELD) {
            append(steps.removeFirst());
        }
        steps.add(new HeldStep(
                session,
                record.foot,
                record.timeNs,
                record.decidedNs,
                record.durationNs,
                record.cadenceSpm,
                record.confidence,
                record.cueId,
                record.asynchronyNs));
    }

    private void revise(WalkRecord record) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            HeldStep step = steps.get(i);
            if (step.foot == record.foot && step.timeNs == record.startNs) {
                steps.set(i, step.at(record.timeNs));
                return;
            }
        }
    }

    private void cue(WalkRecord record, @Nullable String session) {
        // A beat decided before the silence and due after it was taken back, whichever of the two is told first.
        if (silenced && record.timeNs - silenceNs > 0 && record.decidedNs - silenceNs <= 0) {
            return;
        }
        if (cues.size() >= MOST_HELD) {
            append(cues.removeFirst());
        }
        cues.add(new HeldCue(
                session,
                record.foot,
                record.cueId,
                record.timeNs,
                record.decidedNs,
                record.frame,
                record.durationNs,
                record.voice));
    }

    private void thaw(long endNs, @Nullable String session) {
        if (freezing) {
            freezing = false;
            log.append(RecordKind.FREEZE, session, freezeNs, bodies.freeze(freezeNs, freezeDecidedNs, endNs));
        }
    }

    /**
     * Appends the contacts and beats that are certain by now.
     *
     * @param nowNs of the host
     */
    public void settle(long nowNs) {
        // Removed from the front in order of arrival: each of them is held for the same time or a little longer.
        while (!steps.isEmpty() && nowNs - steps.getFirst().timeNs > HOLD_NS) {
            append(steps.removeFirst());
        }
        while (!cues.isEmpty() && nowNs - cues.getFirst().onsetNs > HOLD_NS) {
            append(cues.removeFirst());
        }
    }

    /**
     * Appends everything held: nothing will correct it any more.
     *
     * @param freezeEndNs when a freeze that goes on ended with the session, ns; {@link WalkRecord#NONE} if nobody knows
     */
    public void finish(@Nullable String session, long freezeEndNs) {
        steps.forEach(this::append);
        steps.clear();
        cues.forEach(this::append);
        cues.clear();
        thaw(freezeEndNs, session);
    }

    private void append(HeldStep step) {
        log.append(RecordKind.STEP, step.session, step.timeNs, bodies.step(step));
    }

    private void append(HeldCue cue) {
        log.append(RecordKind.CUE, cue.session, cue.onsetNs, bodies.cue(cue));
    }
}
