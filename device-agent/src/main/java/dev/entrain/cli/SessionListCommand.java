package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.outcome.Metric;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Scope;
import dev.entrain.report.SessionsJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain session list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists past sessions, oldest first. Exit status 1 if one of them could not be read; the others are listed.",
            "C0 is the baseline cadence, steps/min; level the last tempo against it; locked the share of windows in which"
                    + " the steps kept to the beat; after the cadence without cues at the end against the baseline walk."
        })
final class SessionListCommand implements Callable<Integer> {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final int LONGEST_NAME = 24;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private SessionShelf shelf = new SessionShelf();

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException, ConfigException {
        try (SessionShelf.Contents contents = shelf.contents()) {
            return list(contents);
        }
    }

    private int list(SessionShelf.Contents contents) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(SessionsJson.text(contents.summaries()));
        } else if (contents.kept().isEmpty()) {
            out.println("No session that can be read is kept in " + contents.place() + ".");
        } else {
            table(contents, out);
        }
        out.flush();
        contents.tellDamaged(spec.commandLine().getErr());
        return contents.damaged().isEmpty() ? 0 : 1;
    }

    private static void table(SessionShelf.Contents contents, PrintWriter out) {
        int id = 7;
        int programme = 9;
        for (SessionSummary session : contents.summaries()) {
            id = Math.max(id, session.id().length());
            programme = Math.max(
                    programme, Math.min(LONGEST_NAME, session.programme().length()));
        }
        String format = "%-" + id + "s  %-16s  %-" + programme + "s %5s %5s %6s %6s %6s %6s  %s";
        out.println(String.format(
                        Locale.ROOT,
                        format,
                        "session",
                        "begun",
                        "programme",
                        "min",
                        "cued",
                        "C0",
                        "level",
                        "locked",
                        "after",
                        "end")
                .stripTrailing());
        for (SessionSummary session : contents.summaries()) {
            out.println(String.format(
                            Locale.ROOT,
                            format,
                            session.id(),
                            DATE.format(session.startedUtc().atZone(ZoneId.systemDefault())),
                            cut(session.programme()),
                            number("%.0f", session.durationS() / 60),
                            number("%.0f", session.cuedS() / 60),
                            number("%.1f", session.baselineSpm()),
                            number("%+.0f %%", session.finalLevelPct()),
                            share(session.part(Scope.CUED).metric(MetricName.LOCKED_FRACTION)),
                            number(
                                    "%+.1f %%",
                                    session.part(Scope.ALL)
                                            .metric(MetricName.RETENTION)
                                            .value()),
                            end(session) + (session.simulated() ? " (simulated)" : ""))
                    .stripTrailing());
        }
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static String end(SessionSummary session) {
        return session.end() == null
                ? "not told"
                : session.end().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String share(Metric metric) {
        return number("%.0f %%", 100 * metric.value());
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
