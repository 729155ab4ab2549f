package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.journal.SessionFiles;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.report.CsvExport;
import dev.entrain.report.fhir.FhirBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain session export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Exports sessions for other programs: tables (--csv), or FHIR R4 observations (--fhir).",
            "Research software, not a medical device."
        })
final class SessionExportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private SessionShelf shelf = new SessionShelf();

    @Parameters(paramLabel = "ID", description = "A session's id, the beginning of one, last, or all.")
    private String id = "";

    @ArgGroup(multiplicity = "1", exclusive = false)
    private Target target = new Target();

    /** Where to; both may be named. */
    private static final class Target {
        @Option(
                names = "--csv",
                paramLabel = "DIR",
                description =
                        "Writes sessions.csv, metrics.csv, and in a folder for each session pairs.csv and a copy of"
                                + " its facts.")
        private @Nullable Path csv;

        @Option(names = "--fhir", paramLabel = "FILE", description = "Writes a Bundle of Observations as JSON.")
        private @Nullable Path fhir;
    }

    @Option(
            names = "--subject",
            paramLabel = "ID",
            description =
                    "FHIR: the clinic's identifier of the patient. Default: nobody is named. A simulated session never is"
                            + " the patient's.")
    private String subject = "";

    @Override
    public Integer call() throws IOException, ConfigException {
        if (!subject.isEmpty() && subject.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--subject is blank; leave it out to name nobody");
        }
        OutputFile.check(spec, "--fhir", target.fhir);
        try (SessionShelf.Contents contents = shelf.contents()) {
            return export(contents);
        }
    }

    private int export(SessionShelf.Contents contents) throws IOException, ConfigException {
        if (target.csv != null
                && whereItIs(target.csv).startsWith(contents.place().toRealPath())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--csv " + target.csv
                            + " is where the sessions themselves are kept, and its copies would be taken for"
                            + " sessions; name a folder elsewhere");
        }
        List<SessionShelf.Kept> chosen = id.equals("all") ? contents.kept() : List.of(SessionShelf.find(contents, id));
        List<SessionSummary> summaries =
                chosen.stream().map(SessionShelf.Kept::summary).toList();
        PrintWriter err = spec.commandLine().getErr();
        boolean outdated = contents.tellNewer(id, err);
        PrintWriter out = spec.commandLine().getOut();
        if (target.csv != null) {
            csv(target.csv, chosen, summaries);
            out.println(chosen.size() + " sessions written to " + target.csv);
        }
        if (target.fhir != null) {
            Files.writeString(target.fhir, FhirBundle.text(summaries, subject.strip(), shelf.unit()));
            out.println(chosen.size() + " sessions written to " + target.fhir);
        }
        out.flush();
        contents.tellDamaged(err);
        return outdated || (id.equals("all") && !contents.damaged().isEmpty()) ? 1 : 0;
    }

    /** A folder without links, whether it is there already or not. */
    private static Path whereItIs(Path folder) throws IOException {
        Path whole = folder.toAbsolutePath().normalize();
        Path there = whole;
        while (there.getParent() != null && !Files.exists(there)) { // Ends at the root.
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(whole));
    }

    private static void csv(Path folder, List<SessionShelf.Kept> chosen, List<SessionSummary> summaries)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("sessions.csv"), CsvExport.sessions(summaries));
        Files.writeString(folder.resolve("metrics.csv"), CsvExport.metrics(summaries));
        for (SessionShelf.Kept kept : chosen) {
            Path own = Files.createDirectories(folder.resolve(kept.summary().id()));
            SessionData data = kept.source().facts();
            Files.writeString(own.resolve("pairs.csv"), CsvExport.pairs(data));
            SessionFiles.replace(own, data, kept.source().programmeToml());
        }
    }
}
