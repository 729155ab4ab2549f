package dev.entrain.cli;

import dev.entrain.validation.DatasetScore;
import dev.entrain.validation.Figures;
import dev.entrain.validation.Findings;
import dev.entrain.validation.Report;
import dev.entrain.validation.ScoreText;
import dev.entrain.validation.Validation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain validate}. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Replays every recording of SET and scores what the tracker told against the reference events.",
            "SET holds DATASET/TRIAL/ folders with recording.csv, truth.csv, truth.json and perhaps strides.csv.",
            "Prints a table of each data set; --plain prints the same figures as NAME figure=value lines, the"
                    + " published ones first, then a blank line and those beyond (80 %% intervals, late decisions,"
                    + " confidence, false freezes).",
            "A file that can't be used is told in one line and its recording left out; the status is then 1.",
            "VALIDATION.md says what each figure means. Research software, not a medical device."
        })
final class ValidateCommand implements Callable<Integer> {
    private static final int MOST_DRAWN = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "SET", description = "Folder that holds DATASET/TRIAL/ folders.")
    private Path set = Path.of("");

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Scores what is in DIR/DATASET/TRIAL/ (events.csv, predictions.csv, phase.csv, strides.csv)"
                    + " instead of replaying. Missing files count as nothing detected.")
    private @Nullable Path results;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also writes a report with plots, DIR/index.html, and the replayed results to DIR/results.")
    private @Nullable Path out;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes all figures in full precision.")
    private @Nullable Path json;

    @Option(
            names = "--worst",
            paramLabel = "N",
            description = "How many of the worst strides to draw per data set, 0 to 100. Default: 6.")
    private int worst = 6;

    @Option(names = "--plain", description = "Prints lines of figures instead of tables.")
    private boolean plain;

    @Override
    public Integer call() throws IOException {
        if (worst < 0 || worst > MOST_DRAWN) {
            throw new ParameterException(spec.commandLine(), "--worst must be 0 to " + MOST_DRAWN);
        }
        OutputFile.check(spec, "--json", json);
        if (results != null && !Files.isDirectory(results)) {
            throw new ParameterException(
                    spec.commandLine(), results + ": no such folder; leave --results out to replay the recordings");
        }
        if (results != null) {
            return validate(results, false);
        }
        if (out != null) {
            return validate(out.resolve("results"), true);
        }
        Path temporary = Files.createTempDirectory("entrain-validate-");
        try {
            return validate(temporary, true);
        } finally {
            delete(temporary);
        }
    }

    private int validate(Path folder, boolean replay) throws IOException {
        PrintWriter print = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Findings findings = new Findings(err::println);
        Report report = out == null ? null : new Report(out, worst);
        Map<String, Figures> figures = new LinkedHashMap<>();
        Map<String, Figures> more = new LinkedHashMap<>();
        new Validation(set, folder, replay, findings).run((DatasetScore score) -> {
            figures.putAll(score.table());
            more.putAll(score.more());
            print.print(plain ? ScoreText.plain(score.table()) : ScoreText.table(score) + "\n");
            print.flush();
            if (report != null) {
                report.add(score);
            }
        });
        if (plain) {
            print.print("\n" + ScoreText.plain(more));
        }
        if (json != null) {
            figures.putAll(more);
            ScoreText.writeJson(json, figures);
        }
        if (report != null) {
            err.println("report: " + report.finish());
        }
        print.flush();
        err.flush();
        return findings.errors() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
