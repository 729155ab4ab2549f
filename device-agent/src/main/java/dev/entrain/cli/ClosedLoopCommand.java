package dev.entrain.cli;

import dev.entrain.closedloop.ClosedLoop;
import dev.entrain.closedloop.LoopChecks;
import dev.entrain.closedloop.LoopOptions;
import dev.entrain.closedloop.LoopResult;
import dev.entrain.closedloop.PolicyRow;
import dev.entrain.closedloop.Population;
import dev.entrain.closedloop.SessionRow;
import dev.entrain.config.ConfigException;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.cue.CueConfig.PolicyName;
import dev.entrain.journal.SessionFiles;
import dev.entrain.session.Programme;
import dev.entrain.sim.patient.PatientPresets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain closed-loop}: what {@code deploy/closed-loop} starts. */
@Command(
        name = "closed-loop",
        mixinStandardHelpOptions = true,
        hidden = true,
        description = {
            "Gives simulated patients their programmes, the whole control core in the loop, and tells in a table how they"
                    + " fared and whether every rule of safety held.",
            "With --seed, --patient and --out one session again, kept in a folder. Exit status 1: a rule was broken; the"
                    + " lines say by which seed and when. Research software, not a medical device."
        })
final class ClosedLoopCommand implements Callable<Integer> {
    private static final int MOST_SEEDS = 10_000;
    private static final int MOST_THREADS = 64;
    private static final int MOST_MINUTES = 600;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--patients",
            split = ",",
            paramLabel = "KIND",
            description = "all, or some of healthy, stroke, parkinson, parkinson-freezing, slow-follower, ms,"
                    + " brain-injury. Default: all.")
    private List<String> patients = List.of("all");

    @Option(names = "--seeds", paramLabel = "N", description = "How many people of each kind. Default: 100.")
    private int seeds = 100;

    @Option(names = "--first", paramLabel = "N", description = "Seed of the first. Default: 1.")
    private long first = 1;

    @Option(names = "--threads", paramLabel = "N", description = "Sessions at once. Default: 2.")
    private int threads = 2;

    @Option(
            names = "--programme",
            paramLabel = "NAME",
            description = "One programme for all kinds instead of each its own.")
    private @Nullable String programme;

    @Option(names = "--policies", description = "Plain walks with each cue policy instead of programmes.")
    private boolean policies;

    @Option(names = "--minutes", paramLabel = "N", description = "Length of a plain walk. Default: 5.")
    private double minutes = 5;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also writes the table to a file.")
    private @Nullable Path csv;

    @Option(names = "--seed", paramLabel = "N", description = "The person of the session to repeat.")
    private @Nullable Long seed;

    @Option(names = "--patient", paramLabel = "KIND", description = "The kind of the session to repeat.")
    private @Nullable String patient;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the session to repeat; made if missing.")
    private @Nullable Path out;

    @Override
    public Integer call() throws ConfigException, IOException, InterruptedException {
        check(seeds >= 1 && seeds <= MOST_SEEDS, "--seeds must be 1 to " + MOST_SEEDS);
        check(threads >= 1 && threads <= MOST_THREADS, "--threads must be 1 to " + MOST_THREADS);
        check(minutes >= 1 && minutes <= MOST_MINUTES, "--minutes must be 1 to " + MOST_MINUTES);
        OutputFile.check(spec, "--csv", csv);
        if (seed != null || patient != null || out != null) {
            if (seed == null || patient == null || out == null) {
                throw new ParameterException(
                        spec.commandLine(), "--seed, --patient and --out belong together: give all three");
            }
            return repeat(known(patient), seed, out);
        }
        List<String> kinds = new ArrayList<>();
        for (String each : patients) {
            if (each.equals("all")) {
                kinds.addAll(PatientPresets.NAMES);
            } else {
                kinds.add(known(each));
            }
        }
        return policies ? policyTable(kinds) : sessionTable(kinds);
    }

    private void check(boolean right, String message) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private String known(String kind) {
        check(
                PatientPresets.NAMES.contains(kind),
                "there is no simulated patient \"" + kind + "\"; take one of "
                        + String.join(", ", PatientPresets.NAMES));
        return kind;
    }

    private Programme programme(String kind) throws ConfigException {
        return ProgrammeFile.preset(programmeName(kind));
    }

    private String programmeName(String kind) {
        if (programme != null) {
            return programme;
        }
        return switch (kind) {
            case "slow-follower" -> "healthy";
            case "ms" -> "multiple-sclerosis";
            default -> kind;
        };
    }

    private int repeat(String kind, long person, Path folder) throws ConfigException, IOException {
        LoopResult result =
                ClosedLoop.session(Population.person(kind, person), programme(kind), LoopOptions.plain(person));
        SessionFiles.write(folder, result.data(), ProgrammeFile.presetText(programmeName(kind)));
        PrintWriter print = spec.commandLine().getOut();
        print.printf(
                Locale.ROOT,
                "%s, seed %d: %.1f min simulated, %d beats heard -> %s%n",
                kind,
                person,
                result.checks().lengthS() / 60,
                result.checks().heard(),
                folder);
        boolean safe = tell(result.checks());
        print.flush();
        return safe ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int sessionTable(List<String> kinds) throws ConfigException, IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        Progress progress = new Progress(kinds.size() * seeds);
        try (Population population = new Population(threads, first, seeds, progress::counted)) {
            for (String kind : kinds) {
                rows.add(population.sessions(kind, programme(kind)).cells());
            }
        }
        progress.end();
        // Figures are many and patients few: each patient is a column.
        List<String> names = SessionRow.names();
        List<List<String>> turned = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<String> line = new ArrayList<>(List.of(names.get(i)));
            for (List<String> row : rows) {
                line.add(row.get(i));
            }
            turned.add(line);
        }
        print(turned);
        write(names, rows);
        return progress.safe ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int policyTable(List<String> kinds) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        Progress progress = new Progress(PolicyName.values().length * kinds.size() * seeds);
        try (Population population = new Population(threads, first, seeds, progress::counted)) {
            for (PolicyName policy : PolicyName.values()) {
                for (String kind : kinds) {
                    PolicyRow row = population.walks(kind, policy, minutes);
                    rows.add(row.cells());
                }
            }
        }
        progress.end();
        List<List<String>> lines = new ArrayList<>(List.of(PolicyRow.names()));
        lines.addAll(rows);
        print(lines);
        write(PolicyRow.names(), rows);
        return progress.safe ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void print(List<List<String>> lines) {
        int[] widths = new int[lines.getFirst().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        PrintWriter print = spec.commandLine().getOut();
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - line.get(i).length());
                text.append(i == 0 ? line.get(i) + pad : "  " + pad + line.get(i));
            }
            print.println(text.toString().stripTrailing());
        }
        print.flush();
    }

    private void write(List<String> names, List<List<String>> rows) throws IOException {
        if (csv == null) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", names));
        for (List<String> row : rows) {
            lines.add(String.join(",", row));
        }
        Files.write(csv, lines);
    }

    private boolean tell(LoopChecks checks) {
        PrintWriter err = spec.commandLine().getErr();
        for (String violation : checks.violations()) {
            err.printf(Locale.ROOT, "%s, seed %d, %s%n", checks.patient(), checks.seed(), violation);
        }
        err.flush();
        return checks.violations().isEmpty();
    }

    /** Tells how far it is, and at once what went wrong. */
    private final class Progress {
        private final int of;
        private int done;
        private double simulatedS;
        private boolean safe = true;

        Progress(int of) {
            this.of = of;
        }

        void counted(LoopChecks checks) {
            done++;
            simulatedS += checks.lengthS();
            safe &= tell(checks);
            PrintWriter err = spec.commandLine().getErr();
            err.printf(
                    Locale.ROOT, "\r%d of %d, %s, %.1f h simulated   ", done, of, checks.patient(), simulatedS / 3600);
            err.flush();
        }

        void end() {
            spec.commandLine().getErr().println();
            spec.commandLine().getErr().flush();
        }
    }
}
