package dev.entrain.config;

import dev.entrain.cue.CueConfig;
import dev.entrain.cue.CueConfig.PolicyName;
import dev.entrain.session.Block;
import dev.entrain.session.Condition;
import dev.entrain.session.Programme;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must agree between the keys of a programme. */
final class ProgrammeRules {
    private static final String CONFIRMED_TRUE = ProgrammeFile.CONFIRMED + " = true";

    private final ConfigTable file;
    private final Programme programme;
    private final boolean confirmed;

    /**
     * Makes the rules of one programme.
     *
     * @param file for messages
     * @param confirmed whether the clinician confirmed beats faster than the baseline in spite of freezing
     */
    ProgrammeRules(ConfigTable file, Programme programme, boolean confirmed) {
        this.file = file;
        this.programme = programme;
        this.confirmed = confirmed;
    }

    /** Returns whether beats may become faster than the baseline although the patient freezes. */
    static boolean fasterWithFreezing(Programme programme) {
        return programme.condition() == Condition.PARKINSON_FREEZING
                && programme.tempo().ceilingPct() > 0;
    }

    /**
     * Checks all.
     *
     * @throws ConfigException naming the keys and what to do
     */
    void check() throws ConfigException {
        tempo();
        order();
        List<Block> blocks = programme.blocks();
        for (int i = 0; i < blocks.size(); i++) {
            String wrong = contradiction(blocks.get(i));
            if (wrong != null) {
                throw about(i, wrong);
            }
        }
        double sumS = blocks.stream().mapToDouble(Block::durationS).sum();
        if (sumS > programme.sessionS()) {
            throw file.contrary("the blocks last " + ConfigTable.plain(sumS / 60) + " min together, session_minutes = "
                    + ConfigTable.plain(programme.sessionS() / 60) + "; shorten a block or lengthen the session");
        }
    }

    private void tempo() throws ConfigException {
        Programme.Tempo tempo = programme.tempo();
        String range = "tempo.start_pct = " + ConfigTable.plain(tempo.startPct()) + ", tempo.ceiling_pct = "
                + ConfigTable.plain(tempo.ceilingPct());
        if (tempo.ceilingPct() < tempo.startPct()) {
            throw file.contrary(range + ": the ceiling is below the start; raise it or begin lower");
        }
        boolean progress = programme.blocks().stream().anyMatch(Block.Progress.class::isInstance);
        if (progress && (tempo.ceilingPct() == tempo.startPct() || tempo.stepPct() == 0)) {
            throw file.contrary(range + ", tempo.step_pct = " + ConfigTable.plain(tempo.stepPct())
                    + ": a progress block has nowhere to go; raise the ceiling or the step, or use a free block");
        }
        if (fasterWithFreezing(programme) && !confirmed) {
            throw file.contrary("tempo.ceiling_pct = " + ConfigTable.plain(tempo.ceilingPct())
                    + " in a programme for freezing of gait: beats faster than the patient's own cadence can provoke"
                    + " freezing; set it to 0 or below, or write tempo." + CONFIRMED_TRUE);
        }
        if (confirmed && !fasterWithFreezing(programme)) {
            throw file.contrary("tempo." + CONFIRMED_TRUE + " confirms nothing in this programme; remove it");
        }
    }

    /** Whatever rests on the baseline cadence comes after it, and what rests on a matched beat after the match. */
    private void order() throws ConfigException {
        boolean baseline = false;
        boolean matched = false;
        boolean cued = false;
        boolean retention = false;
        List<Block> blocks = programme.blocks();
        for (int i = 0; i < blocks.size(); i++) {
            switch (blocks.get(i).kind()) {
                case BASELINE -> {
                    if (baseline) {
                        throw about(
                                i, "there is a baseline already; remove one, the baseline cadence is measured once");
                    }
                    if (cued) {
                        throw about(i, "comes after beats, which change how the patient walks; put it before them");
                    }
                    baseline = true;
                }
                case MATCH -> {
                    needBaseline(i, baseline);
                    matched = true;
                }
                case PROGRESS, EXERCISE, FADE -> {
                    needBaseline(i, baseline);
                    if (!matched) {
                        throw about(i, "needs a match block before it, where the patient finds the beat; add one");
                    }
                }
                case RETENTION -> {
                    needBaseline(i, baseline);
                    retention = true;
                }
                case FREE, REST -> {}
            }
            cued |= blocks.get(i).kind().cued();
        }
        if (programme.condition() == Condition.MULTIPLE_SCLEROSIS && !(baseline && retention)) {
            throw file.contrary(
                    "condition = \"multiple_sclerosis\" without a baseline and a retention block: beats can slow"
                            + " these patients, so walking with and without them is compared; add both");
        }
    }

    private void needBaseline(int index, boolean baseline) throws ConfigException {
        if (!baseline) {
            throw about(index, "needs the baseline cadence; put a baseline block before it");
        }
    }

    private static @Nullable String contradiction(Block block) {
        return switch (block) {
            case Block.Match b ->
                b.minS() > b.durationS() ? tooLong(ProgrammeKey.MIN_SECONDS, b.minS()) : withoutTempo(b.cue());
            case Block.Progress b ->
                b.stepS() > b.durationS() ? tooLong(ProgrammeKey.STEP_SECONDS, b.stepS()) : withoutTempo(b.cue());
            case Block.Exercise b -> contradiction(b);
            case Block.Fade b -> withoutTempo(b.cue());
            case Block.Free b -> null;
            case Block.Baseline b -> null;
            case Block.Retention b -> null;
            case Block.Rest b -> null;
        };
    }

    private static @Nullable String contradiction(Block.Exercise exercise) {
        if (exercise.walkS() + exercise.standS() > exercise.durationS()) {
            return "walk_seconds and stand_seconds are longer than the block together; shorten one";
        }
        if (exercise.standS() == 0 && !exercise.turns() && exercise.shiftPct() == 0) {
            return "has no task; set stand_seconds, turns or shift_pct, or use a free block";
        }
        return withoutTempo(exercise.cue());
    }

    private static String tooLong(ProgrammeKey key, double seconds) {
        return key.name() + " = " + ConfigTable.plain(seconds) + " is longer than the block; shorten one";
    }

    private static @Nullable String withoutTempo(CueConfig cue) {
        boolean has = cue.policy() != PolicyName.ON_DEMAND && cue.policy() != PolicyName.STEP_LOCKED;
        return has
                ? null
                : "cue.policy = \"" + ConfigTable.word(cue.policy())
                        + "\" has no tempo to walk to; choose another, or use a free block";
    }

    private ConfigException about(int index, String sentence) {
        return file.contrary("block " + (index + 1) + " ("
                + ConfigTable.word(programme.blocks().get(index).kind()) + "): " + sentence);
    }
}
