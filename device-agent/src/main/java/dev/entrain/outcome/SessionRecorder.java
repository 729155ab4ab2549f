package dev.entrain.outcome;

import dev.entrain.sample.Foot;
import dev.entrain.session.SessionEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the facts of a session as they are told and makes {@link SessionData} of them. All numbers are rounded to six
 * decimals here (times to 1 us from the session's start), as files hold them, so that whoever computes from a file
 * computes from the same numbers. Bounded: each list keeps at most {@value #MOST} entries, more than 2 h at 200 a minute;
 * what comes beyond is not kept and counted ({@link #dropped}). Not thread-safe; not for the hot path.
 */
public final class SessionRecorder {
    /** Most entries of each list. */
    public static final int MOST = 30_000;

    /** A revised contact is looked for among so many of the newest. */
    private static final int SECOND_LOOKS = 12;

    private record Contact(long timeNs, Foot foot, double confidence) {}

    private final String id;
    private final String programme;
    private final String condition;
    private final Instant startedUtc;
    private final boolean simulated;
    private final long originNs;
    private final List<Contact> contacts = new ArrayList<>();
    private final List<SessionData.Cue> cues = new ArrayList<>();
    private final List<SessionData.Stride> strides = new ArrayList<>();
    private final List<SessionData.Freeze> freezes = new ArrayList<>();
    private final List<SessionData.BlockSpan> blocks = new ArrayList<>();
    private final List<SessionData.Event> events = new ArrayList<>();
    private double baselineSpm = Double.NaN;
    private SessionData.@Nullable BlockSpan openBlock;
    private SessionData.@Nullable Freeze openFreeze;
    private long newestNs;
    private int dropped;

    /**
     * Makes a recorder.
     *
     * @param id random name of the session, [a-z0-9-]{1,64}
     * @param programme the programme's name
     * @param condition the programme's condition, lower case
     * @param startedUtc wall time of the start, as far as the unit knows it
     * @param simulated whether a simulated patient walks
     * @param originNs second zero of the session, ns
     */
    public SessionRecorder(
            String id, String programme, String condition, Instant startedUtc, boolean simulated, long originNs) {
        this.id = id;
        this.programme = programme;
        this.condition = condition;
        this.startedUtc = startedUtc;
        this.simulated = simulated;
        this.originNs = originNs;
        newestNs = originNs;
    }

    /** An initial contact. */
    public void step(long timeNs, Foot foot, double confidence) {
        if (room(contacts)) {
            contacts.add(new Contact(timeNs, foot, confidence));
            seen(timeNs);
        }
    }

    /** The foot's contact told at the former time was at another time; unknown ones are ignored. */
    public void revised(Foot foot, long formerNs, long timeNs) {
        for (int i = contacts.size() - 1; i >= Math.max(0, contacts.size() - SECOND_LOOKS); i--) {
            Contact contact = contacts.get(i);
            if (contact.foot == foot && contact.timeNs == formerNs) {
                contacts.set(i, new Contact(timeNs, foot, contact.confidence));
                return;
            }
        }
    }

    /**
     * A final beat.
     *
     * @param cueId its number in the walk
     * @param onsetNs when it sounds, ns
     * @param periodNs interval of the tempo's grid that led to it, ns
     */
    public void cue(long cueId, long onsetNs, long periodNs, Foot foot) {
        if (room(cues)) {
            cues.add(new SessionData.Cue(cueId, seconds(onsetNs), six(periodNs * 1e-9), foot));
        }
    }

    /**
     * All sound ended: beats with a later onset never sound and are dropped. Of those within 48 ms some cards play a few;
     * an agent that knows what was played tells only that, and needs no silence.
     */
    public void silence(long timeNs) {
        double timeS = seconds(timeNs);
        for (int i = cues.size() - 1; i >= 0 && cues.get(i).onsetS() > timeS; i--) {
            cues.remove(i);
        }
    }

    /** A stride from mid-stance to mid-stance; NaN where a value is not known, see {@link SessionData.Stride}. */
    public void stride(
            Foot foot,
            long startNs,
            long endNs,
            double durationS,
            double stanceFraction,
            double doubleSupportFraction,
            double lengthM,
            double speedMps) {
        if (room(strides)) {
            strides.add(new SessionData.Stride(
                    foot,
                    seconds(startNs),
                    seconds(endNs),
                    six(durationS),
                    six(stanceFraction),
                    six(doubleSupportFraction),
                    six(lengthM),
                    six(speedMps)));
        }
    }

    /** A freezing episode began; ignored while one goes on. */
    public void freezeOn(long timeNs, long decidedNs) {
        if (openFreeze == null && room(freezes)) {
            openFreeze = new SessionData.Freeze(seconds(timeNs), seconds(decidedNs), Double.NaN);
            seen(decidedNs);
        }
    }

    /** The freezing episode ended. */
    public void freezeOff(long timeNs) {
        if (openFreeze != null) {
            double endS = Math.max(seconds(timeNs), openFreeze.startS());
            freezes.add(new SessionData.Freeze(openFreeze.startS(), openFreeze.decidedS(), endS));
            openFreeze = null;
        }
    }

    /** Something happened to the session. */
    public void session(SessionEvent event) {
        if (!Double.isNaN(event.baselineSpm)) {
            baselineSpm = six(event.baselineSpm);
        }
        seen(event.timeNs);
        double timeS = seconds(event.timeNs);
        switch (event.kind) {
            case BLOCK_STARTED -> {
                close(timeS, Double.NaN);
                if (event.block != null && room(blocks)) {
                    openBlock =
                            new SessionData.BlockSpan(event.blockIndex, event.block, timeS, timeS, six(event.levelPct));
                }
            }
            case BLOCK_ENDED, ENDED -> close(timeS, event.levelPct);
            case LEVEL -> {
                if (openBlock != null) {
                    openBlock = spanTo(openBlock, timeS, event.levelPct);
                }
            }
            default -> {}
        }
        if (room(events)) {
            events.add(new SessionData.Event(
                    timeS,
                    event.kind,
                    event.blockIndex,
                    six(event.targetSpm),
                    six(event.levelPct),
                    event.rule,
                    event.end));
        }
    }

    /** Returns how many facts were not kept because their list is full. */
    public int dropped() {
        return dropped;
    }

    /** Returns the facts so far; a block or freeze that goes on lasts until the newest of them. */
    public SessionData data() {
        double nowS = seconds(newestNs);
        List<SessionData.BlockSpan> allBlocks = new ArrayList<>(blocks);
        if (openBlock != null) {
            allBlocks.add(spanTo(openBlock, nowS, Double.NaN));
        }
        List<SessionData.Freeze> allFreezes = new ArrayList<>(freezes);
        if (openFreeze != null) {
            allFreezes.add(new SessionData.Freeze(openFreeze.startS(), openFreeze.decidedS(), nowS));
        }
        List<SessionData.Step> steps = new ArrayList<>();
        for (Contact contact : contacts) {
            steps.add(new SessionData.Step(seconds(contact.timeNs), contact.foot, six(contact.confidence)));
        }
        steps.sort(Comparator.comparingDouble(SessionData.Step::timeS));
        List<SessionData.Cue> sounded = new ArrayList<>(cues);
        sounded.sort(Comparator.comparingDouble(SessionData.Cue::onsetS));
        return new SessionData(
                id,
                programme,
                condition,
                startedUtc,
                baselineSpm,
                simulated,
                allBlocks,
                steps,
                sounded,
                strides,
                allFreezes,
                events,
                List.of());
    }

    private void close(double timeS, double levelPct) {
        if (openBlock != null) {
            blocks.add(spanTo(openBlock, timeS, levelPct));
            openBlock = null;
        }
    }

    private static SessionData.BlockSpan spanTo(SessionData.BlockSpan block, double endS, double levelPct) {
        return new SessionData.BlockSpan(
                block.index(),
                block.kind(),
                block.startS(),
                Math.max(block.startS(), endS),
                Double.isNaN(levelPct) ? block.levelPct() : six(levelPct));
    }

    private boolean room(List<?> list) {
        if (list.size() < MOST) {
            return true;
        }
        dropped++;
        return false;
    }

    private void seen(long timeNs) {
        newestNs = Math.max(newestNs, timeNs);
    }

    /** Seconds from the start with six decimals: the double nearest to that decimal number, as a reader parses it. */
    private double seconds(long timeNs) {
        return Math.floorDiv(timeNs - originNs + 500, 1000) / 1e6;
    }

    private static double six(double value) {
        return Double.isFinite(value) ? Math.round(value * 1e6) / 1e6 : Double.NaN;
    }
}
