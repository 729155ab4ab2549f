package dev.entrain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.cue.CueConfig;
import dev.entrain.cue.CueConfig.PolicyName;
import dev.entrain.session.Block;
import dev.entrain.session.Condition;
import dev.entrain.session.Programme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgrammeFileTest {
    private static final String HEAD = """
            format = 1
            name = 'x'
            title = 'X'
            condition = 'stroke'
            session_minutes = 30
            sessions_per_week = 4
            [tempo]
            start_pct = 0
            step_pct = 2
            ceiling_pct = 10
            """;
    private static final String BASELINE = """
            [[block]]
            kind = 'baseline'
            minutes = 1
            """;
    private static final String CUE = """
            [block.cue]
            policy = 'metronome'
            """;
    private static final String MATCH = """
            [[block]]
            kind = 'match'
            minutes = 3
            """ + CUE;

    @TempDir
    Path dir;

    static Stream<String> presets() {
        return ProgrammeFile.presets().stream();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void shouldBringASoundProgrammeForEachCondition(String name) throws ConfigException {
        Programme programme = ProgrammeFile.preset(name);

        assertThat(programme.name()).isEqualTo(name);
        assertThat(ConfigTable.word(programme.condition()).replace('_', '-')).isEqualTo(name);
        assertThat(programme.sessionsPerWeek()).isBetween(3.0, 5.0);
        List<Block.Kind> kinds = programme.blocks().stream().map(Block::kind).toList();
        assertThat(kinds)
                .startsWith(Block.Kind.BASELINE, Block.Kind.MATCH)
                .endsWith(Block.Kind.FADE, Block.Kind.RETENTION);
        double sumS = programme.blocks().stream().mapToDouble(Block::durationS).sum();
        // A baseline may take twice as long, and a patient may pause.
        assertThat(programme.sessionS() - sumS).isGreaterThanOrEqualTo(120);
        assertThat(ProgrammeFile.presetText(name))
                .contains("# with pauses; the blocks below take " + ConfigTable.plain(sumS / 60) + " min");
        assertThat(ProgrammeFile.of("again", ProgrammeFile.text(programme))).isEqualTo(programme);
    }

    @Test
    void shouldHaveAPresetForEveryConditionAndNoOther() {
        assertThat(ProgrammeFile.presets()).hasSameSizeAs(Condition.values());
        assertThatThrownBy(() -> ProgrammeFile.preset("stroke2"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no programme is called \"stroke2\"; there are: stroke, parkinson,");
    }

    @Test
    void shouldNeverLetAFreezingPatientBeFasterThanHisBaselineByDefault() throws ConfigException {
        Programme programme = ProgrammeFile.preset("parkinson-freezing");

        assertThat(programme.tempo().startPct()).isNegative();
        assertThat(programme.tempo().ceilingPct()).isZero();
        assertThat(programme.freezing()).isEqualTo(new Programme.Freezing(true, -10, 8));
    }

    @Test
    void shouldBoundProgressAfterABrainInjury() throws ConfigException {
        assertThat(ProgrammeFile.preset("brain-injury").tempo()).isEqualTo(new Programme.Tempo(0, 1, 5, 80, 0.4));
    }

    @Test
    void shouldFindAProgrammeByNameOrAsAFile() throws Exception {
        Path file = Files.writeString(dir.resolve("mine.toml"), HEAD + BASELINE + MATCH);
        assertThat(ProgrammeFile.named(file.toString())).isEqualTo(ProgrammeFile.read(file));
        assertThat(ProgrammeFile.named("stroke")).isEqualTo(ProgrammeFile.preset("stroke"));
        assertThatThrownBy(() -> ProgrammeFile.named(dir.resolve("none").toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none: no such file; check the path, or name one of the programmes");
    }

    @Test
    void shouldUseDefaultsWhereAKeyMayBeLeftOut() throws ConfigException {
        Programme programme = ProgrammeFile.of("x", HEAD + BASELINE + MATCH);
        CueConfig plain = CueConfig.DEFAULT.with(PolicyName.METRONOME);

        assertThat(programme.blocks())
                .containsExactly(new Block.Baseline(60, 30), new Block.Match(180, 120, 0.7, plain));
        assertThat(programme.tempo()).isEqualTo(new Programme.Tempo(0, 2, 10, 0, 0));
        assertThat(programme.freezing()).isEqualTo(new Programme.Freezing(false, -10, 8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "format = 1|format = 2|format = 2: this version reads format 1; take a newer version",
                "format = 1|format = 'a'|format = 'a': expected a number from 1",
                "format = 1|x = 1|format is missing: expected a number from 1",
                "name = 'x'|name = 'Mrs X'|name = 'Mrs X': expected 1 to 40 of the characters a-z, 0-9 and -; correct it",
                "condition = 'stroke'|condition = 'strok'|condition = 'strok': expected one of 'stroke', 'parkinson',",
                "session_minutes = 30|session_minutes = 300|session_minutes = 300: expected a number from 1 to 120 (min)",
                "session_minutes = 30|x = 1|session_minutes is missing: expected a number from 1 to 120 (min); add it",
                "step_pct = 2|step_pct = 8|tempo.step_pct = 8: expected a number from 0 to 5 (%); correct it",
                "ceiling_pct = 10|ceiling_pct = 12|tempo.ceiling_pct = 12: expected a number from -20 to 10 (%); correct it",
                "step_pct = 2|step = 2~step_pct = 2|unknown key tempo.step; known here: faster_than_baseline_confirmed, start_pct, step_pct, ceiling_pct",
                "minutes = 3|minutes = 'three'|block 2 (match): minutes = 'three': expected a number from 0.2 to 60 (min)",
                "minutes = 3|seconds = 5|block 2 (match): seconds = 5: expected a number from 10 to 3600 (s)",
                "minutes = 3|seconds = 90~minutes = 2|block 2 (match): has both minutes and seconds; remove one",
                "minutes = 3|min_seconds = 20|block 2 (match): minutes is missing: expected a number from 0.2 to 60 (min); add it",
                "minutes = 3|minutes = 1.5|block 2 (match): min_seconds = 120 is longer than the block; shorten one",
                "minutes = 3|minutes = 3~lock_share = 0.7|unknown key block 2 (match): lock_share; known here: kind, minutes, seconds, min_seconds, locked_share, cue",
                "kind = 'match'|kind = 'matsch'|block 2 (matsch): kind = 'matsch': expected one of 'baseline', 'match',",
                "kind = 'match'||block 2: kind is missing: expected one of 'baseline', 'match',",
                "policy = 'metronome'|policy = 'metro'|block 2 (match): cue.policy = 'metro': expected one of 'metronome', 'adaptive'",
                "policy = 'metronome'||block 2 (match): cue.policy is missing: expected one of 'metronome'",
                "policy = 'metronome'|policy = 'metronome'~tempo_spm = 100|unknown key block 2 (match): cue.tempo_spm; known here: policy,",
                "policy = 'metronome'|policy = 'adaptive'~period_correction = 0.5|block 2 (match): cue.period_correction = 0.5: expected a number from 0 to 0.25 (share)",
                "policy = 'metronome'|policy = 'on_demand'|block 2 (match): cue.policy = 'on_demand' has no tempo to walk to; choose another, or use a free block",
                "start_pct = 0|start_pct = -|p.toml:8: not TOML",
                "[[block]]~kind = 'baseline'|[block]~kind = 'baseline'|p.toml",
            })
    void shouldNameFileBlockKeyAndExpectation(String written, String instead, String told) {
        String good = HEAD + BASELINE + MATCH;
        String from = written.replace('~', '\n');
        assertThat(good).contains(from);
        int at = good.lastIndexOf(from);
        String toml = good.substring(0, at)
                + (instead == null ? "" : instead.replace('~', '\n'))
                + good.substring(at + from.length());
        assertTold(toml, told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "|block[[block]] is missing: expected at least one part of the session",
                "M|block 1 (match): needs the baseline cadence; put a baseline block before it",
                "B,F,M|block 2 (fade): needs a match block before it, where the patient finds the beat; add one",
                "B,P,M|block 2 (progress): needs a match block before it",
                "B,E,M|block 2 (exercise): needs a match block before it",
                "R|block 1 (retention): needs the baseline cadence",
                "B,B|block 2 (baseline): there is a baseline already",
                "C,B|block 2 (baseline): comes after beats, which change how the patient walks",
                "B,M,L|the blocks last 64 min together, session_minutes = 30; shorten a block or lengthen the session",
                "B,M,N|block 3 (exercise): has no task; set stand_seconds, turns or shift_pct, or use a free block",
                "B,M,S|block 3 (progress): step_seconds = 60 is longer than the block",
                "B,M,T|block 3 (exercise): walk_seconds and stand_seconds are longer than the block together",
            })
    void shouldRefuseBlocksThatContradictEachOther(String blocks, String told) {
        StringBuilder toml = new StringBuilder(HEAD);
        for (String block : blocks == null ? new String[0] : blocks.split(",")) {
            toml.append(
                    switch (block) {
                        case "B" -> BASELINE;
                        case "M" -> MATCH;
                        case "C" -> "[[block]]\nkind = 'free'\nminutes = 1\n" + CUE;
                        case "F" -> "[[block]]\nkind = 'fade'\nminutes = 2\n" + CUE;
                        case "P" -> "[[block]]\nkind = 'progress'\nminutes = 2\n" + CUE;
                        case "E" -> "[[block]]\nkind = 'exercise'\nminutes = 2\nturns = true\n" + CUE;
                        case "N" -> "[[block]]\nkind = 'exercise'\nminutes = 2\n" + CUE;
                        case "S" -> "[[block]]\nkind = 'progress'\nseconds = 50\n" + CUE;
                        case "T" -> "[[block]]\nkind = 'exercise'\nseconds = 35\nstand_seconds = 10\n" + CUE;
                        case "L" -> "[[block]]\nkind = 'rest'\nminutes = 60\n";
                        default -> "[[block]]\nkind = 'retention'\nminutes = 1\n";
                    });
        }
        assertTold(toml.toString(), told.replace("block[[", "[["));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "start_pct = 0|start_pct = 5~ceiling_pct = 2|stroke|the ceiling is below the start; raise it or begin lower",
                "x|x|parkinson_freezing|tempo.ceiling_pct = 10 in a programme for freezing of gait",
                "step_pct = 2|step_pct = 2~faster_than_baseline_confirmed = true|stroke|confirms nothing in this programme; remove it",
                "step_pct = 2|step_pct = 0|stroke|a progress block has nowhere to go",
                "x|x|multiple_sclerosis|without a baseline and a retention block: beats can slow these patients",
            })
    void shouldRefuseATempoThatContradictsItselfOrTheCondition(
            String written, String instead, String condition, String told) {
        String head = HEAD.replace("ceiling_pct = 10\n", instead.contains("ceiling") ? "" : "ceiling_pct = 10\n")
                .replace(written + "\n", instead.replace('~', '\n') + "\n")
                .replace("'stroke'", "'" + condition + "'");
        assertTold(head + BASELINE + MATCH + "[[block]]\nkind = 'progress'\nminutes = 5\n" + CUE, told);
    }

    @Test
    void shouldLetAClinicianConfirmAFasterBeatInSpiteOfFreezing() throws ConfigException {
        String toml = HEAD.replace("'stroke'", "'parkinson_freezing'") + "faster_than_baseline_confirmed = true\n"
                + BASELINE + MATCH;
        Programme programme = ProgrammeFile.of("p.toml", toml);
        assertThat(programme.tempo().ceilingPct()).isEqualTo(10);
        assertThat(ProgrammeFile.of("again", ProgrammeFile.text(programme))).isEqualTo(programme);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0007", "\\u200B", "\\u202E", "\\u2028", "\\u2029", "\\n"})
    void shouldRefuseATitleWithWhatNobodySees(String hidden) {
        String toml = HEAD.replace("title = 'X'", "title = \"a" + hidden + "b\"") + BASELINE + MATCH;

        assertTold(toml, "expected 1 to 80 characters in one line");
    }

    private void assertTold(String toml, String told) {
        assertThatThrownBy(() -> ProgrammeFile.read(Files.writeString(dir.resolve("p.toml"), toml)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("p.toml")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).replace('"', '\''))
                        .contains(told));
    }

    @Test
    void shouldReadWhatItWroteOfAnyProgramme() throws ConfigException {
        for (long seed = 1; seed <= 500; seed++) {
            Programme programme = anyProgramme(new Random(seed));
            assertThat(ProgrammeFile.of("seed " + seed, ProgrammeFile.text(programme)))
                    .as("seed %d", seed)
                    .isEqualTo(programme);
        }
    }

    private static Programme anyProgramme(Random random) {
        Condition condition = Condition.values()[random.nextInt(Condition.values().length)];
        double startPct = between(random, -20, 5);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Baseline(seconds(random), 10 + random.nextInt(491)));
        double matchS = seconds(random);
        blocks.add(new Block.Match(matchS, between(random, 10, matchS), random.nextDouble(), cue(random, true)));
        for (int i = random.nextInt(5); i > 0; i--) {
            double durationS = seconds(random);
            blocks.add(
                    switch (random.nextInt(6)) {
                        case 0 -> new Block.Progress(durationS, between(random, 10, durationS), cue(random, true));
                        case 1 ->
                            new Block.Exercise(
                                    durationS + 70,
                                    40,
                                    between(random, 1, 30),
                                    random.nextBoolean(),
                                    12.5,
                                    cue(random, true));
                        case 2 -> new Block.Fade(durationS, cue(random, true));
                        case 3 -> new Block.Free(durationS, cue(random, false));
                        case 4 -> new Block.Rest(durationS);
                        default -> new Block.Match(durationS, 10, 1, cue(random, true));
                    });
        }
        blocks.add(new Block.Retention(seconds(random)));
        return new Programme(
                "any-" + random.nextInt(1000),
                "\"Any\" \\ ä " + random.nextInt(1000),
                condition,
                Math.rint(between(random, 4000, 7200) * 1000) / 1000,
                1 + random.nextInt(14),
                new Programme.Tempo(
                        startPct,
                        between(random, 0.1, 5),
                        Math.min(10, startPct + between(random, 0.1, 10)),
                        between(random, 0, 120),
                        between(random, 0, 2)),
                new Programme.Freezing(random.nextBoolean(), between(random, -30, 0), 8 + random.nextInt(33)),
                blocks);
    }

    private static double seconds(Random random) {
        return random.nextBoolean() ? 60 * (1 + random.nextInt(8)) : between(random, 10, 500);
    }

    private static double between(Random random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private static CueConfig cue(Random random, boolean withTempo) {
        PolicyName[] policies = withTempo
                ? new PolicyName[] {PolicyName.METRONOME, PolicyName.ADAPTIVE, PolicyName.OSCILLATOR, PolicyName.FRACTAL
                }
                : PolicyName.values();
        PolicyName policy = policies[random.nextInt(policies.length)];
        return random.nextInt(3) == 0
                ? CueConfig.DEFAULT.with(policy)
                : new CueConfig(
                        policy,
                        Double.NaN,
                        random.nextDouble(),
                        random.nextDouble() / 4,
                        between(random, -5, 5),
                        random.nextDouble() / 20,
                        between(random, -100, 100),
                        between(random, 0, 1.5),
                        between(random, 0, 5),
                        random.nextInt(Integer.MAX_VALUE));
    }
}
