package dev.entrain.cli;

import dev.entrain.cue.CueConfig;
import dev.entrain.session.Block;
import dev.entrain.session.Programme;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a session of a programme goes when every block lasts as long as it may: from when to when, what is asked, and
 * between which tempi the beats can be. Tempo is told against the baseline cadence C0 and for an example.
 */
final class ProgrammeTimeline {
    private static final double EXAMPLE_SPM = 100;
    private static final double LOWEST_PCT = -20;

    private final Programme programme;
    /** The highest level the session can have reached by the block at hand, % of C0. */
    private double reachedPct;

    private boolean baseline;

    ProgrammeTimeline(Programme programme) {
        this.programme = programme;
    }

    void print(PrintWriter out) {
        Programme.Tempo tempo = programme.tempo();
        out.printf("%s: %s%n", programme.name(), programme.title());
        out.printf(
                Locale.ROOT,
                "For %s, %s sessions a week of at most %s min.%n",
                programme.condition().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                shortly(programme.sessionsPerWeek()),
                minutes(programme.sessionS()));
        out.printf(
                "%n%-13s %-10s %-16s %-16s %s%n",
                "time", "block", "tempo against C0", "if C0 is 100/min", "what happens");
        reachedPct = tempo.startPct();
        double atS = 0;
        for (Block block : programme.blocks()) {
            row(out, block, atS);
            atS += block.durationS();
        }
        out.println();
        for (String line : notes(atS)) {
            out.println(line);
        }
    }

    private void row(PrintWriter out, Block block, double atS) {
        baseline |= block instanceof Block.Baseline;
        double lowPct = programme.tempo().startPct();
        String against = "-";
        String example = "-";
        if (block instanceof Block.Progress progress) {
            double steps = Math.floor(progress.durationS() / progress.stepS());
            reachedPct = Math.min(
                    programme.tempo().ceilingPct(),
                    reachedPct + steps * programme.tempo().stepPct());
        }
        if (hasTempo(block)) {
            boolean same = block instanceof Block.Match || reachedPct == lowPct;
            against = same ? percent(lowPct) : percent(lowPct) + " to " + percent(reachedPct);
            example = same ? perMinute(lowPct) : perMinute(lowPct) + " to " + perMinute(reachedPct);
        } else if (block.kind().cued()) {
            against = "the walker's";
        }
        out.printf(
                "%-13s %-10s %-16s %-16s %s%n",
                clock(atS) + "-" + clock(atS + block.durationS()),
                word(block.kind()),
                against,
                example,
                inWords(block));
    }

    /** Returns whether the session sets the tempo; without a baseline it is the walker's own. */
    private boolean hasTempo(Block block) {
        return baseline
                && (block instanceof Block.Free free
                        ? hasTempo(free.cue())
                        : block.kind().cued());
    }

    private static boolean hasTempo(CueConfig cue) {
        return cue.policy() != CueConfig.PolicyName.ON_DEMAND && cue.policy() != CueConfig.PolicyName.STEP_LOCKED;
    }

    private String inWords(Block block) {
        return switch (block) {
            case Block.Baseline b ->
                "walk as usual without beats, at least " + b.minStrides() + " strides (up to "
                        + minutes(2 * b.durationS()) + " min to get them)";
            case Block.Match b ->
                beats(b.cue()) + "; goes on after " + minutes(b.minS()) + " min when locked for "
                        + shortly(100 * b.lockedShare()) + " % of a minute";
            case Block.Progress b ->
                beats(b.cue()) + "; up " + shortly(programme.tempo().stepPct()) + " % when locked for "
                        + shortly(b.stepS()) + " s, down as much when lock is lost for 20 s";
            case Block.Exercise b -> beats(b.cue()) + "; every " + shortly(b.walkS()) + " s: " + tasks(b);
            case Block.Fade b ->
                beats(b.cue()) + "; 100, 50, 25, 0 % of them, " + shortly(b.durationS() / 4) + " s each";
            case Block.Free b -> beats(b.cue());
            case Block.Retention b -> "walk as usual without beats: what is left";
            case Block.Rest b -> "stand or sit";
        };
    }

    private static String tasks(Block.Exercise block) {
        List<String> tasks = new ArrayList<>();
        if (block.standS() > 0) {
            tasks.add("stop for " + shortly(block.standS()) + " s");
        }
        if (block.turns()) {
            tasks.add("turn round");
        }
        if (block.shiftPct() > 0) {
            tasks.add("beats shifted by " + shortly(block.shiftPct()) + " % of a period");
        }
        return String.join(", ", tasks);
    }

    private static String beats(CueConfig cue) {
        return switch (cue.policy()) {
            case METRONOME -> "a fixed beat";
            case ADAPTIVE -> "a beat that meets the steps";
            case OSCILLATOR -> "a beat that leads by " + shortly(cue.aheadPct()) + " % and adapts a little";
            case ON_DEMAND -> "silent; beats when the walker freezes";
            case FRACTAL -> "a beat that varies by " + shortly(cue.fractalCvPct()) + " %, as a healthy gait does";
            case STEP_LOCKED -> "a sound at each step";
        };
    }

    private List<String> notes(double sumS) {
        Programme.Tempo tempo = programme.tempo();
        List<String> notes = new ArrayList<>();
        notes.add(
                "C0 is the cadence of this session's baseline. Beats never leave 40 to 160 a minute and change by at most"
                        + " 1 % a second.");
        notes.add("The blocks take " + minutes(sumS) + " min; " + minutes(programme.sessionS() - sumS)
                + " min are left for pauses. A block can end early by rule, the session at any time by the button.");
        notes.add("\"Too fast\" (two presses): one step slower, never up again in this session; not below "
                + percent(LOWEST_PCT) + ".");
        if (tempo.minCadenceSpm() > 0 || tempo.minSpeedMps() > 0) {
            notes.add("No step up while C0 is below " + shortly(tempo.minCadenceSpm()) + " a minute or the speed below "
                    + shortly(tempo.minSpeedMps()) + " m/s.");
        }
        notes.add(
                programme.freezing().cue()
                        ? "A freeze is answered with at least "
                                + programme.freezing().beats() + " beats, "
                                + shortly(-programme.freezing().tempoPct())
                                + " % slower than the walk before it, in every walked block; after it no beat is faster than"
                                + " before."
                        : "A freeze is told, not answered with beats; after it no beat is faster than before.");
        return notes;
    }

    static String word(Block.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Returns a duration in minutes with as few digits as it needs. */
    static String minutes(double seconds) {
        return shortly(seconds / 60);
    }

    static String shortly(double value) {
        double rounded = Math.rint(value * 100) / 100;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    private static String percent(double percent) {
        return (percent > 0 ? "+" : "") + shortly(percent) + " %";
    }

    private static String perMinute(double percent) {
        return shortly(EXAMPLE_SPM * (1 + percent / 100));
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
