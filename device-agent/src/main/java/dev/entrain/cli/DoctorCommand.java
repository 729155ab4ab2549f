package dev.entrain.cli;

import dev.entrain.agent.StatusFile;
import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.check.FindingTable;
import dev.entrain.check.FindingsJson;
import dev.entrain.check.Programs;
import dev.entrain.check.SupportBundle;
import dev.entrain.check.SystemFiles;
import dev.entrain.check.UnitExamination;
import dev.entrain.check.Verdict;
import dev.entrain.journal.BootId;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tinylog.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at everything of the unit in under 10 s and says what to do. While the agent runs it is asked, and nothing is"
                    + " disturbed; else sensors and sound are opened for some seconds. Run it as root or as the agent's user.",
            "Exit status 0 = all OK or WARN, 1 = something is FAIL, 2 = could not run."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int PAGE = 100;
    private static final int COULD_NOT_RUN = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The unit's configuration. Default: /etc/entrain/agent.toml.")
    private Path config = Path.of("/etc/entrain/agent.toml");

    @Option(names = "--json", description = "Prints the findings for a program.")
    private boolean json;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "Also writes a ZIP file for the developers; it holds nothing of the person who walks.")
    private @Nullable Path bundle;

    @Option(
            names = "--status",
            paramLabel = "FILE",
            description = "Where the agent writes its status. Default: where systemd lets it.")
    private @Nullable Path status;

    @Override
    public Integer call() {
        if (!Configuration.isFrozen()) {
            Configuration.set("level", "off"); // What the sensors' threads log the findings say better.
        }
        Programs programs = Programs.here();
        UnitExamination.Result result = new UnitExamination(
                        config,
                        status == null ? StatusFile.ofOthers(System.getenv()) : status,
                        BootId.read(BootId.KERNEL_FILE),
                        Version.number(),
                        SystemFiles.HERE,
                        programs,
                        new Pi4jI2cBuses(),
                        NanoClock.SYSTEM,
                        WallClock.SYSTEM)
                .look();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(FindingsJson.of(result).toPrettyString());
        } else {
            tell(out, result);
        }
        out.flush();
        if (bundle != null && !wrote(result, bundle, programs)) {
            return COULD_NOT_RUN;
        }
        return result.worst() == Verdict.FAIL ? 1 : 0;
    }

    private void tell(PrintWriter out, UnitExamination.Result result) {
        boolean terminal = onTerminal();
        int width = terminal ? RawTerminal.columns(PAGE) : PAGE;
        boolean colour = terminal && System.getenv("NO_COLOR") == null;
        out.print(FindingTable.text(result.findings(), width, colour));
        out.printf(
                Locale.ROOT,
                "%n%d OK, %d WARN, %d FAIL, %d not looked at; %.1f s%n",
                count(result, Verdict.OK),
                count(result, Verdict.WARN),
                count(result, Verdict.FAIL),
                count(result, Verdict.SKIPPED),
                result.seconds());
    }

    // From JDK 25 on there is no console again where the output is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    private boolean wrote(UnitExamination.Result result, Path to, Programs programs) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            new SupportBundle(result, config, programs).write(to);
            err.println("Support bundle: " + to + "; it holds nothing of the person who walks (README.txt in it).");
            return true;
        } catch (IOException e) {
            err.println(to + ": the bundle can't be written (" + e.getMessage() + "); name another place");
            return false;
        } finally {
            err.flush();
        }
    }

    private static long count(UnitExamination.Result result, Verdict verdict) {
        return result.findings().stream()
                .filter(finding -> finding.verdict() == verdict)
                .count();
    }
}
