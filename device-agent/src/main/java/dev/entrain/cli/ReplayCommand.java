package dev.entrain.cli;

import dev.entrain.audio.AudioConfig;
import dev.entrain.calibration.CalibrationStore;
import dev.entrain.calibration.OutputLatency;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.cue.CueConfig;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.replay.Replay;
import dev.entrain.time.NanoClock;
import dev.entrain.validation.RecordingNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the control core over recordings as fast as the machine can.",
            "Writes events.csv, predictions.csv, phase.csv, strides.csv, cues.csv and, with a programme, session.csv:"
                    + " straight into DIR for one FILE,"
                    + " into DIR/<dataset>/<trial>/ for several or for a folder that holds a set (names: those in truth.json, else"
                    + " those of a recording's last two folders)."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int DEEPEST = 8;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Recordings, or folders that hold recording.csv files.")
    private List<Path> inputs = new ArrayList<>();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the results go.")
    private Path out = Path.of("");

    @Option(
            names = "--wav",
            paramLabel = "FILE",
            description = "Also writes the sound of the walk (one recording only).")
    private @Nullable Path wav;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = "How cues are placed: ${COMPLETION-CANDIDATES}. Default: adaptive.")
    private CueConfig.PolicyName policy = CueConfig.PolicyName.ADAPTIVE;

    @Option(
            names = "--tempo",
            paramLabel = "SPM",
            description = "Beats per minute, 40 to 160. Default: the walker's own cadence.")
    private double tempoSpm = Double.NaN;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A unit's configuration: replays its policy, level and output offset instead of the above.")
    private @Nullable Path config;

    @Option(
            names = "--programme",
            paramLabel = "NAME|FILE",
            description = {
                "Gives a therapy programme to the walker, who does not hear it, and writes session.csv: a preset or a file.",
                "The button is pressed with the first sample, and 10 s after each pause."
            })
    private @Nullable String programme;

    @Option(names = "--measure", description = "Also tells how long it took and how many bytes were allocated.")
    private boolean measure;

    @Override
    public Integer call() throws IOException, ConfigException {
        if (tempoSpm < 40 || tempoSpm > 160) {
            throw new ParameterException(spec.commandLine(), "--tempo must be 40 to 160 beats per minute");
        }
        List<Path> recordings = recordings();
        if (wav != null && recordings.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--wav takes one recording, not " + recordings.size() + "; replay them one by one");
        }
        PrintWriter print = spec.commandLine().getOut();
        Replay replay = replay();
        boolean single = inputs.size() == 1 && Files.isRegularFile(inputs.getFirst());
        Set<Path> used = new LinkedHashSet<>();
        for (Path recording : recordings) {
            Path folder = single ? out : out.resolve(trial(recording));
            if (!used.add(folder)) {
                throw new ParameterException(
                        spec.commandLine(),
                        recording + ": a second recording for " + folder + "; replay it into another --out");
            }
            long startNs = NanoClock.SYSTEM.nowNs();
            Replay.Summary summary = replay.run(recording, folder, wav);
            double tookS = (NanoClock.SYSTEM.nowNs() - startNs) * 1e-9;
            print.printf(
                    Locale.ROOT,
                    "%s: %.1f s, %d samples, %d steps, %d cues -> %s%n",
                    recording,
                    summary.walkS(),
                    summary.samples(),
                    summary.steps(),
                    summary.cues(),
                    folder);
            if (measure) {
                print.printf(
                        Locale.ROOT,
                        "  took %.2f s, %.0f x real time; %d bytes allocated after the first minute%n",
                        tookS,
                        summary.walkS() / tookS,
                        summary.allocatedBytes());
            }
            if (summary.truncation() != null) {
                spec.commandLine().getErr().println(summary.truncation());
            }
            print.flush();
        }
        return 0;
    }

    private Replay replay() throws ConfigException {
        AgentConfig unit = config == null ? null : AgentConfig.read(config);
        AudioConfig audio = unit == null ? AudioConfig.DEFAULT : audio(unit);
        if (programme != null) {
            return new Replay(PairTracker::new, ProgrammeFile.named(programme), audio);
        }
        CueConfig asked = CueConfig.DEFAULT.with(policy).withTempo(tempoSpm);
        return new Replay(PairTracker::new, unit == null ? asked : unit.cue(), audio);
    }

    /** What the walk had: the offset as written or calibrated, so that the replay plans as far ahead. */
    private static AudioConfig audio(AgentConfig unit) {
        return unit.audio().output() == AudioConfig.Output.WAV
                ? unit.audio()
                : OutputLatency.ofCard(unit.audio(), new CalibrationStore(unit.stateDir()))
                        .audio();
    }

    private List<Path> recordings() throws IOException {
        List<Path> recordings = new ArrayList<>();
        for (Path input : inputs) {
            if (Files.isDirectory(input)) {
                try (Stream<Path> files = Files.walk(input, DEEPEST)) {
                    int before = recordings.size();
                    files.filter(file -> file.endsWith("recording.csv"))
                            .sorted()
                            .forEach(recordings::add);
                    if (recordings.size() == before) {
                        throw new ParameterException(
                                spec.commandLine(),
                                input + ": no recording.csv in this folder or below; check the path");
                    }
                }
            } else {
                recordings.add(input);
            }
        }
        return recordings;
    }

    /**
     * Where a recording's results go below the results' folder, which is where a score looks for them: the names in
     * truth.json beside it, else those of its last two folders.
     */
    private static Path trial(Path recording) throws IOException {
        Path folder = recording.toAbsolutePath().normalize().getParent();
        Path named = folder == null ? null : RecordingNames.results(folder.resolve("truth.json"));
        if (named != null) {
            return named;
        }
        int names = folder == null ? 0 : folder.getNameCount();
        return folder == null || names == 0 ? Path.of("") : folder.subpath(Math.max(0, names - 2), names);
    }
}
