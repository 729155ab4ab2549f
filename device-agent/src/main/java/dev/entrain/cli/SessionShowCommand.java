package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.report.HtmlReport;
import dev.entrain.report.SessionReport;
import dev.entrain.report.TerminalPage;
import dev.entrain.report.pdf.PdfReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain session show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows a session: as a page in the terminal, or as a report to file (--html, --pdf).",
            "Research software, not a medical device."
        })
final class SessionShowCommand implements Callable<Integer> {
    private static final int WIDEST = 400;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private SessionShelf shelf = new SessionShelf();

    @Parameters(
            paramLabel = "ID",
            description = "A session's id, as `entrain session list` tells it, the beginning of one, or last.")
    private String id = "";

    @Option(names = "--html", paramLabel = "FILE", description = "Writes the report as one HTML page instead.")
    private @Nullable Path html;

    @Option(names = "--pdf", paramLabel = "FILE", description = "Writes the report as PDF (A4) instead.")
    private @Nullable Path pdf;

    @Option(names = "--ascii", description = "In the terminal: letters instead of Braille dots.")
    private boolean ascii;

    @Option(
            names = "--width",
            paramLabel = "COLUMNS",
            description = "In the terminal: how wide, 80 to 400. Default: as wide as it is.")
    private int width;

    @Override
    public Integer call() throws IOException, ConfigException {
        if (width != 0 && (width < TerminalPage.NARROWEST || width > WIDEST)) {
            throw new ParameterException(
                    spec.commandLine(), "--width must be " + TerminalPage.NARROWEST + " to " + WIDEST + " columns");
        }
        OutputFile.check(spec, "--html", html);
        OutputFile.check(spec, "--pdf", pdf);
        SessionReport report = report();
        PrintWriter out = spec.commandLine().getOut();
        if (html != null) {
            Files.writeString(html, HtmlReport.text(report));
            out.println("Written to " + html);
        }
        if (pdf != null) {
            Files.write(pdf, PdfReport.bytes(report));
            out.println("Written to " + pdf);
        }
        if (html == null && pdf == null) {
            Map<String, String> environment = System.getenv();
            out.print(TerminalPage.text(
                    report,
                    width != 0 ? width : Math.min(WIDEST, RawTerminal.columns(TerminalPage.NARROWEST)),
                    !ascii && showsBraille(System.out.charset()),
                    isTerminal() && wantsColour(environment)));
        }
        out.flush();
        return 0;
    }

    private SessionReport report() throws IOException, ConfigException {
        PrintWriter err = spec.commandLine().getErr();
        try (SessionShelf.Contents contents = shelf.contents()) {
            SessionShelf.Kept kept = SessionShelf.find(contents, id);
            contents.tellNewer(id, err);
            contents.tellDamaged(err);
            return SessionReport.of(
                    kept.source().facts(),
                    kept.summary(),
                    contents.summaries(),
                    SessionShelf.programme(kept, err),
                    shelf.unit(),
                    ZoneId.systemDefault());
        }
    }

    // From JDK 25 on there is no console again where the output is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    /** Whether a terminal of this charset can be sent the dots. */
    static boolean showsBraille(Charset charset) {
        return charset.newEncoder().canEncode('\u28ff');
    }

    /** Whether the environment leaves colours on: no-color.org, and terminals that have none. */
    static boolean wantsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
