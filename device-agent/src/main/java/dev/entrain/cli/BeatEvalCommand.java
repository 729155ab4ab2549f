package dev.entrain.cli;

import dev.entrain.music.MusicException;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.validation.beat.BeatEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain beat-eval}: what {@code deploy/beat-eval} starts. */
@Command(
        name = "beat-eval",
        mixinStandardHelpOptions = true,
        hidden = true,
        description = {
            "Says how well beats are found: scores every SET/PART/NAME.wav against NAME.beats, and a peer's answers in"
                    + " NAME.peer beside it, and prints the table. Exit status 1: below the bars.",
            "With --compose it writes the pieces (NAME.mid, NAME.beats) into SET instead; with --tempos it compares the"
                    + " tempo of any sound files in SET/PART with the peer's. MUSIC.md says what each figure means."
        })
final class BeatEvalCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "SET", description = "Folder that holds PART/ folders.")
    private Path set = Path.of("");

    @Option(names = "--compose", description = "Compose the set.")
    private boolean compose;

    @Option(names = "--tempos", description = "Compare tempos only; nothing is known of these files.")
    private boolean tempos;

    @Override
    public Integer call() throws IOException, MusicException {
        if (compose) {
            spec.commandLine().getOut().println(BeatEvaluation.compose(set) + " pieces composed");
            return ExitCode.OK;
        }
        BeatEvaluation evaluation = new BeatEvaluation(new SndFileReaders());
        BeatEvaluation.Verdict verdict = tempos ? evaluation.tempos(set) : evaluation.scores(set);
        spec.commandLine().getOut().println(verdict.text());
        return verdict.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
