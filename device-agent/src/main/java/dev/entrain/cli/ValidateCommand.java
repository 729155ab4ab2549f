package dev.entrain.cli;

import dev.entrain.validation.DatasetScore;
import dev.entrain.validation.Figures;
import dev.entrain.validation.Findings;
import dev.entrain.validation.Validation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "validate", mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "SET")
    private Path set = Path.of("");

    @Option(names = "--results", required = true)
    private Path results = Path.of("");

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Findings findings = new Findings(err::println);
        Map<String, Figures> more = new LinkedHashMap<>();
        new Validation(set, results, false, findings).run((DatasetScore score) -> {
            score.table().forEach((name, figures) -> out.printf("%-48s %s%n", name, figures.line()));
            more.putAll(score.more());
        });
        out.println();
        more.forEach((name, figures) -> out.printf("%-48s %s%n", name, figures.line()));
        out.flush();
        err.flush();
        return findings.errors() == 0 ? 0 : 1;
    }
}
