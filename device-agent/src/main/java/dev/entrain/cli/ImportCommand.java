package dev.entrain.cli;

import dev.entrain.importing.ImportRun;
import dev.entrain.importing.Original;
import dev.entrain.importing.Originals;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Turns a public gait dataset, as its authors publish it, into recordings with their reference events.",
            "Download and unpack it first (--list says where). Writes DIR/<dataset>/<trial>/recording.csv, truth.csv,"
                    + " truth.json and, where lengths are known, strides.csv. Units become m/s2, rad/s and seconds;"
                    + " lost packets stay gaps in seq.",
            "A dataset keeps its licence, which binds you and not us; none is part of Entrain."
        })
final class ImportCommand implements Callable<Integer> {
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int COLUMNS = 80;
    private static final int INDENT = 11;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FORMAT", description = "Which dataset; --list names them.")
    private @Nullable String format;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SOURCE", description = "Its unpacked folder.")
    private @Nullable Path source;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the set goes.")
    private @Nullable Path out;

    @Option(names = "--list", description = "Tells which datasets there are, where to get them and what they hold.")
    private boolean list;

    @Override
    public Integer call() throws IOException {
        PrintWriter print = spec.commandLine().getOut();
        if (list) {
            Originals.all().forEach(original -> describe(original.about(), print));
            print.flush();
            return ExitCode.OK;
        }
        if (format == null || source == null || out == null) {
            throw new ParameterException(
                    spec.commandLine(), "Name FORMAT, SOURCE and --out DIR; entrain import --list names the formats");
        }
        PrintWriter err = spec.commandLine().getErr();
        ImportRun.Summary summary = new ImportRun(original(format), out).run(source, new ImportRun.Listener() {
            @Override
            public void onTrial(String sentence) {
                print.println(sentence);
            }

            @Override
            public void onDamage(String sentence) {
                err.println(sentence);
            }
        });
        print.println(summary.imported() + (summary.imported() == 1 ? " trial" : " trials") + " imported"
                + (summary.damaged() > 0 ? ", " + summary.damaged() + " left out (reasons above)" : ""));
        print.flush();
        err.flush();
        return summary.damaged() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private Original original(String name) {
        List<Original> all = Originals.all();
        return all.stream()
                .filter(original -> original.about().format().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "Unknown format \"" + name + "\"; there are "
                                + all.stream()
                                        .map(original -> original.about().format())
                                        .collect(Collectors.joining(", "))));
    }

    private static void describe(Original.About about, PrintWriter print) {
        print.println(about.format());
        line("what", about.what(), print);
        line("download", about.where(), print);
        line("licence", about.licence(), print);
        line("truth", about.truth(), print);
        line("files", about.layout(), print);
    }

    /** Prints a text beside its name, broken between words for a terminal of 80 columns. */
    private static void line(String name, String text, PrintWriter print) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-8s ", name));
        boolean first = true;
        for (String word : SPACE.split(text, -1)) {
            if (!first && line.length() + 1 + word.length() > COLUMNS) {
                print.println(line);
                line.setLength(0);
                line.repeat(' ', INDENT);
            }
            line.append(' ').append(word);
            first = false;
        }
        print.println(line);
    }
}
