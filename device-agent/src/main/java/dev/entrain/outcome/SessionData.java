package dev.entrain.outcome;

import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one session, as they are kept and exported. Times are s from the session's start, rounded to 1 us where they
 * are kept, so that whoever computes from a file computes from the same numbers.
 *
 * @param id random name of the session, [a-z0-9-]{1,64}
 * @param programme the programme's name
 * @param condition the programme's condition, lower case
 * @param startedUtc wall time of the start, as far as the unit knew it
 * @param baselineSpm C0, steps/min; NaN if none was found
 * @param simulated whether a simulated patient walked
 * @param blocks in order; a block entered anew after a pause or restart appears again
 * @param steps initial contacts in order of time
 * @param cues beats that sounded, in order of time
 * @param strides strides of both feet in order of their end
 * @param freezes freezing episodes in order
 * @param events everything else that happened, in order
 * @param songs music that played, in order of its beginning
 */
public record SessionData(
        String id,
        String programme,
        String condition,
        Instant startedUtc,
        double baselineSpm,
        boolean simulated,
        List<BlockSpan> blocks,
        List<Step> steps,
        List<Cue> cues,
        List<Stride> strides,
        List<Freeze> freezes,
        List<Event> events,
        List<Song> songs) {
    /** Name of a walk without a programme. */
    public static final String PLAIN = "plain";

    /** Copies the lists. */
    public SessionData {
        blocks = List.copyOf(blocks);
        steps = List.copyOf(steps);
        cues = List.copyOf(cues);
        strides = List.copyOf(strides);
        freezes = List.copyOf(freezes);
        events = List.copyOf(events);
        songs = List.copyOf(songs);
    }

    /**
     * A block as it was walked.
     *
     * @param index place in the programme, from 0
     * @param startS half open interval
     * @param levelPct target tempo against C0 at its end, %; NaN where it had none
     */
    public record BlockSpan(int index, Block.Kind kind, double startS, double endS, double levelPct) {}

    /** Returns the end of an episode, s; where it is not known, that of the block in which it began. */
    public double endS(Freeze freeze) {
        if (!Double.isNaN(freeze.endS())) {
            return freeze.endS();
        }
        for (BlockSpan block : blocks) {
            if (freeze.startS() >= block.startS() && freeze.startS() < block.endS()) {
                return block.endS();
            }
        }
        return freeze.startS();
    }

    /** An initial contact, at its last revised time. */
    public record Step(double timeS, Foot foot, double confidence) {}

    /**
     * A beat that sounded.
     *
     * @param id running number in the walk, from 1
     * @param periodS interval of the tempo's grid that led to it, s
     */
    public record Cue(long id, double onsetS, double periodS, Foot foot) {}

    /**
     * A stride of one foot, from mid-stance to mid-stance; NaN where the sensors do not offer a value.
     *
     * @param durationS initial contact to initial contact, s
     * @param stanceFraction 0 to 1
     * @param doubleSupportFraction 0 to 1
     */
    public record Stride(
            Foot foot,
            double startS,
            double endS,
            double durationS,
            double stanceFraction,
            double doubleSupportFraction,
            double lengthM,
            double speedMps) {}

    /** A freezing episode; {@code decidedS} is when the unit knew, {@code endS} NaN where it is not known, see {@link #endS}. */
    public record Freeze(double startS, double decidedS, double endS) {}

    /** Something that happened to the session. */
    public record Event(
            double timeS,
            SessionEvent.Kind kind,
            int blockIndex,
            double targetSpm,
            double levelPct,
            @Nullable SafetyRule rule,
            SessionEvent.@Nullable End end) {}

    /** A song that played in [fromS, toS): from its first beat to the end of its sound. */
    public record Song(double fromS, double toS, SongFacts facts) {}

    /** Returns where a song played while the walker was to walk: its time within the blocks that are no rests, in order. */
    public List<BlockSpan> spans(Song song) {
        return blocks.stream()
                .filter(block -> block.kind() != Block.Kind.REST)
                .filter(block -> block.startS() < song.toS() && block.endS() > song.fromS())
                .map(block -> new BlockSpan(
                        block.index(),
                        block.kind(),
                        Math.max(block.startS(), song.fromS()),
                        Math.min(block.endS(), song.toS()),
                        block.levelPct()))
                .toList();
    }

    /** Returns how many initial contacts fell into a song, rests left out. */
    public int stepsIn(Song song) {
        int count = 0;
        for (BlockSpan span : spans(song)) {
            for (Step step : steps) {
                count += step.timeS() >= span.startS() && step.timeS() < span.endS() ? 1 : 0;
            }
        }
        return count;
    }
}
