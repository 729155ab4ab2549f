package dev.entrain.config;

import dev.entrain.cue.CueConfig;
import dev.entrain.session.Block;
import dev.entrain.session.Condition;
import dev.entrain.session.Programme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Programmes as files that a clinician reads and writes: TOML, every key with unit and range, an unknown key an error,
 * what contradicts itself an error. deploy/handbook/programmes.md explains every key. The ranges of a programme are
 * checked here and nowhere else: whoever makes one in code can pass it through {@link #text} and {@link #of}.
 */
public final class ProgrammeFile {
    /** The format this version reads and writes. */
    static final int FORMAT = 1;

    /** The key that confirms beats faster than the baseline in spite of freezing. */
    static final String CONFIRMED = "faster_than_baseline_confirmed";

    private static final List<String> PRESETS =
            List.of("stroke", "parkinson", "parkinson-freezing", "multiple-sclerosis", "brain-injury", "healthy");
    private static final double MS_PER_S = 1000;

    private ProgrammeFile() {}

    /**
     * Reads a programme.
     *
     * @param file a TOML file
     * @throws ConfigException naming file, block, key and what was expected
     */
    public static Programme read(Path file) throws ConfigException {
        return of(file.toString(), fileText(file));
    }

    /**
     * Reads a programme from text.
     *
     * @param origin where it is from, for messages
     * @param text TOML
     * @throws ConfigException as {@link #read}
     */
    public static Programme of(String origin, String text) throws ConfigException {
        return read(ConfigTable.parse(origin, text));
    }

    /** Returns a programme as a file with comments; {@link #of} makes an equal one of it. */
    public static String text(Programme programme) {
        return ProgrammeWriter.text(programme);
    }

    /** Returns the names of the programmes that come with this version. */
    public static List<String> presets() {
        return PRESETS;
    }

    /**
     * Returns a programme that comes with this version.
     *
     * @throws ConfigException if there is none of that name
     */
    public static Programme preset(String name) throws ConfigException {
        return of(origin(name), presetText(name));
    }

    /**
     * Returns its file, with comments.
     *
     * @throws ConfigException if there is none of that name
     */
    public static String presetText(String name) throws ConfigException {
        if (!PRESETS.contains(name)) {
            throw new ConfigException("no programme is called \"" + name + "\"; there are: " + names());
        }
        String file = "programmes/" + name + ".toml";
        try (InputStream in = Objects.requireNonNull(ProgrammeFile.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns what somebody asked for: a programme that comes with this version, otherwise a file.
     *
     * @throws ConfigException if it is neither, or as {@link #read}
     */
    public static Programme named(String nameOrFile) throws ConfigException {
        return Prescription.of(nameOrFile).programme();
    }

    /** Returns the text of what somebody asked for. */
    static String textOf(String nameOrFile) throws ConfigException {
        return PRESETS.contains(nameOrFile) ? presetText(nameOrFile) : fileText(Path.of(nameOrFile));
    }

    /** Returns where it is from, for messages. */
    static String origin(String nameOrFile) {
        return PRESETS.contains(nameOrFile) ? "programme " + nameOrFile : nameOrFile;
    }

    private static String fileText(Path file) throws ConfigException {
        return ConfigTable.text(
                file, "check the path, or name one of the programmes that come with this unit: " + names());
    }

    private static String names() {
        return String.join(", ", PRESETS);
    }

    /** Returns what a kind of block is, in a few words. */
    static String meaning(Block.Kind kind) {
        return switch (kind) {
            case BASELINE -> "walk as usual, no beats; gives the baseline cadence";
            case MATCH -> "beats near the baseline cadence, until locked";
            case PROGRESS -> "tempo in small steps, back when lock is lost";
            case EXERCISE -> "stops, turns, shifted beats at the tempo reached";
            case FADE -> "100, 50, 25, 0 % of the beats, a quarter of the time each";
            case FREE -> "beats without a task";
            case RETENTION -> "walk as usual, no beats: what is left of it";
            case REST -> "standing or sitting, no beats";
        };
    }

    private static Programme read(ConfigTable top) throws ConfigException {
        double format = top.number("format", 1, Integer.MAX_VALUE, "version of this file's format");
        if (format != FORMAT) {
            throw top.contrary("format = " + ConfigTable.plain(format) + ": this version reads format " + FORMAT
                    + "; take a newer version, or write the programme anew from `entrain session programmes --show`");
        }
        ConfigTable tempo = top.table("tempo");
        ConfigTable freezing = top.table("freezing");
        boolean confirmed = tempo.flag(CONFIRMED, false);
        Programme programme = new Programme(
                top.text("name", "[a-z0-9-]{1,40}", "1 to 40 of the characters a-z, 0-9 and -"),
                top.text("title", "[^\\p{C}\\u2028\\u2029]{1,80}", "1 to 80 characters in one line"),
                top.choice("condition", Condition.class),
                toMs(60 * ProgrammeKey.SESSION.in(top)),
                ProgrammeKey.WEEK.in(top),
                new Programme.Tempo(
                        ProgrammeKey.START.in(tempo),
                        ProgrammeKey.STEP.in(tempo),
                        ProgrammeKey.CEILING.in(tempo),
                        ProgrammeKey.MIN_CADENCE.in(tempo),
                        ProgrammeKey.MIN_SPEED.in(tempo)),
                new Programme.Freezing(
                        freezing.flag("cue", false),
                        ProgrammeKey.FREEZE_TEMPO.in(freezing),
                        ProgrammeKey.FREEZE_BEATS.wholeIn(freezing)),
                blocks(top));
        tempo.end();
        freezing.end();
        top.end();
        new ProgrammeRules(top, programme, confirmed).check();
        return programme;
    }

    private static List<Block> blocks(ConfigTable top) throws ConfigException {
        List<Block> blocks = new ArrayList<>();
        for (ConfigTable table : top.tables("block", "kind")) {
            blocks.add(block(table));
            table.end();
        }
        if (blocks.isEmpty()) {
            throw top.missing("[[block]]", "at least one part of the session");
        }
        return blocks;
    }

    private static Block block(ConfigTable table) throws ConfigException {
        Block.Kind kind = table.choice("kind", Block.Kind.class);
        double durationS = durationS(table);
        return switch (kind) {
            case BASELINE -> new Block.Baseline(durationS, ProgrammeKey.MIN_STRIDES.wholeIn(table));
            case MATCH ->
                new Block.Match(
                        durationS, ProgrammeKey.MIN_SECONDS.in(table), ProgrammeKey.LOCKED_SHARE.in(table), cue(table));
            case PROGRESS -> new Block.Progress(durationS, ProgrammeKey.STEP_SECONDS.in(table), cue(table));
            case EXERCISE ->
                new Block.Exercise(
                        durationS,
                        ProgrammeKey.WALK_SECONDS.in(table),
                        ProgrammeKey.STAND_SECONDS.in(table),
                        table.flag("turns", false),
                        ProgrammeKey.SHIFT.in(table),
                        cue(table));
            case FADE -> new Block.Fade(durationS, cue(table));
            case FREE -> new Block.Free(durationS, cue(table));
            case RETENTION -> new Block.Retention(durationS);
            case REST -> new Block.Rest(durationS);
        };
    }

    private static double durationS(ConfigTable table) throws ConfigException {
        boolean minutes = table.has(ProgrammeKey.MINUTES.name());
        boolean seconds = table.has(ProgrammeKey.SECONDS.name());
        if (minutes && seconds) {
            throw table.contrary("has both minutes and seconds; remove one");
        }
        return seconds ? ProgrammeKey.SECONDS.in(table) : toMs(60 * ProgrammeKey.MINUTES.in(table));
    }

    private static CueConfig cue(ConfigTable block) throws ConfigException {
        ConfigTable table = block.table("cue");
        CueConfig cue = new CueConfig(
                table.choice("policy", CueConfig.PolicyName.class),
                Double.NaN,
                ProgrammeKey.PHASE.in(table),
                ProgrammeKey.PERIOD.in(table),
                ProgrammeKey.AHEAD.in(table),
                ProgrammeKey.COUPLING.in(table),
                ProgrammeKey.LEAD.in(table),
                ProgrammeKey.FRACTAL_EXPONENT.in(table),
                ProgrammeKey.FRACTAL_CV.in(table),
                ProgrammeKey.SEED.wholeIn(table));
        table.end();
        return cue;
    }

    /** Minutes of a few digits are seconds of a few digits, whatever binary fractions make of them. */
    private static double toMs(double seconds) {
        return Math.rint(seconds * MS_PER_S) / MS_PER_S;
    }
}
