package dev.entrain.config;

import dev.entrain.cue.CueConfig;
import dev.entrain.session.Block;
import dev.entrain.session.Condition;
import dev.entrain.session.Programme;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes a programme as a file that explains itself. */
final class ProgrammeWriter {
    private final StringBuilder out = new StringBuilder();

    private ProgrammeWriter() {}

    static String text(Programme programme) {
        ProgrammeWriter writer = new ProgrammeWriter();
        writer.head(programme);
        programme.blocks().forEach(writer::block);
        return writer.out.toString();
    }

    /** Returns a line with its comment. */
    static String line(String key, String value, String comment) {
        return "%-26s # %s%n".formatted(key + " = " + value, comment).replace("\r", "");
    }

    private void head(Programme programme) {
        out.append("# A session of Entrain. Lines after # explain; a key that is not known is an error.\n");
        out.append("# Research software, not a medical device: a clinician decides.\n\n");
        out.append(line("format", Integer.toString(ProgrammeFile.FORMAT), "of this file"));
        out.append(line("name", quoted(programme.name()), "1 to 40 of a-z 0-9 -"));
        out.append(line("title", quoted(programme.title()), "for people"));
        out.append(line("condition", quoted(ConfigTable.word(programme.condition())), words(Condition.values())));
        out.append(ProgrammeKey.SESSION.line(programme.sessionS() / 60));
        out.append(ProgrammeKey.WEEK.line(programme.sessionsPerWeek()));
        Programme.Tempo tempo = programme.tempo();
        out.append("\n[tempo]\n");
        out.append(ProgrammeKey.START.line(tempo.startPct()));
        out.append(ProgrammeKey.STEP.line(tempo.stepPct()));
        out.append(ProgrammeKey.CEILING.line(tempo.ceilingPct()));
        out.append(ProgrammeKey.MIN_CADENCE.line(tempo.minCadenceSpm()));
        out.append(ProgrammeKey.MIN_SPEED.line(tempo.minSpeedMps()));
        if (ProgrammeRules.fasterWithFreezing(programme)) {
            out.append(line(ProgrammeFile.CONFIRMED, "true", "the clinician wants this in spite of freezing of gait"));
        }
        Programme.Freezing freezing = programme.freezing();
        out.append("\n[freezing]\n");
        out.append(line(
                "cue", Boolean.toString(freezing.cue()), "whether a freeze is answered with beats, in every block"));
        out.append(ProgrammeKey.FREEZE_TEMPO.line(freezing.tempoPct()));
        out.append(ProgrammeKey.FREEZE_BEATS.line(freezing.beats()));
    }

    private void block(Block block) {
        out.append("\n[[block]]\n");
        out.append(line("kind", quoted(ConfigTable.word(block.kind())), ProgrammeFile.meaning(block.kind())));
        double minutes = block.durationS() / 60;
        boolean inMinutes = minutes >= ProgrammeKey.MINUTES.low()
                && minutes * 100 == Math.rint(minutes * 100)
                && minutes * 60 == block.durationS();
        out.append(inMinutes ? ProgrammeKey.MINUTES.line(minutes) : ProgrammeKey.SECONDS.line(block.durationS()));
        switch (block) {
            case Block.Baseline b -> out.append(ProgrammeKey.MIN_STRIDES.line(b.minStrides()));
            case Block.Match b -> {
                out.append(ProgrammeKey.MIN_SECONDS.line(b.minS()));
                out.append(ProgrammeKey.LOCKED_SHARE.line(b.lockedShare()));
                cue(b.cue());
            }
            case Block.Progress b -> {
                out.append(ProgrammeKey.STEP_SECONDS.line(b.stepS()));
                cue(b.cue());
            }
            case Block.Exercise b -> {
                out.append(ProgrammeKey.WALK_SECONDS.line(b.walkS()));
                out.append(ProgrammeKey.STAND_SECONDS.line(b.standS()));
                out.append(line("turns", Boolean.toString(b.turns()), "whether the patient is asked to turn round"));
                out.append(ProgrammeKey.SHIFT.line(b.shiftPct()));
                cue(b.cue());
            }
            case Block.Fade b -> cue(b.cue());
            case Block.Free b -> cue(b.cue());
            case Block.Retention b -> {}
            case Block.Rest b -> {}
        }
    }

    /** Writes what is not the default, so that the few values that count are seen. */
    private void cue(CueConfig cue) {
        out.append("[block.cue]\n");
        out.append(line("policy", quoted(ConfigTable.word(cue.policy())), words(CueConfig.PolicyName.values())));
        double[] values = {
            cue.phaseCorrection(),
            cue.periodCorrection(),
            cue.aheadPct(),
            cue.coupling(),
            cue.leadMs(),
            cue.fractalExponent(),
            cue.fractalCvPct(),
            cue.seed()
        };
        for (int i = 0; i < values.length; i++) {
            ProgrammeKey key = ProgrammeKey.CUE.get(i);
            if (values[i] != key.otherwise()) {
                out.append(key.line(values[i]));
            }
        }
    }

    private static String words(Enum<?>[] constants) {
        return Arrays.stream(constants).map(ConfigTable::word).collect(Collectors.joining(", "));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
