package dev.entrain.cli;

import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.check.Programs;
import dev.entrain.check.SystemFiles;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.provision.Answers;
import dev.entrain.provision.Console;
import dev.entrain.provision.FindingText;
import dev.entrain.provision.HostTools;
import dev.entrain.provision.Provisioner;
import dev.entrain.provision.QuitException;
import dev.entrain.provision.StepException;
import dev.entrain.provision.Unattended;
import dev.entrain.provision.UnitReport;
import dev.entrain.provision.UnitReset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain provision}. */
@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a unit of this computer: looks at the board, finds sensors and sound, fetches the certificate, writes the"
                    + " configuration, walks for 30 s, and prints a signed report.",
            "Asks at a terminal; with --answers it asks nothing. Each step can be done again alone. Ctrl-C leaves nothing half"
                    + " written. Run it as root."
        })
final class ProvisionCommand implements Callable<Integer> {
    private static final Path INSTALLED_CONFIG = Path.of("/etc/entrain/agent.toml");
    private static final Path INSTALLED_STATE = Path.of("/var/lib/entrain");
    private static final Duration ASKED = Duration.ofSeconds(30);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Where the unit's configuration is or will be. Default: /etc/entrain/agent.toml.")
    private Path config = INSTALLED_CONFIG;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Folder of the unit's state. Default: what the configuration says, else /var/lib/entrain.")
    private @Nullable Path state;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description = "Asks nothing: the answers are in this file (deploy/provision.example.toml).")
    private @Nullable Path answers;

    @Option(
            names = "--step",
            paramLabel = "NAME",
            description = "Does only this step: board, sensors, side, sound, clinic, config, walk. May be repeated.")
    private List<String> wanted = new ArrayList<>();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the report goes. Default: unit-report.json in the state folder.")
    private @Nullable Path report;

    @Option(
            names = "--verify",
            paramLabel = "FILE",
            description = "Only checks the signature of a unit's report; with --ca also who signed its certificate.")
    private @Nullable Path verify;

    @Option(names = "--ca", paramLabel = "FILE", description = "With --verify: the clinic's authority.")
    private @Nullable Path authority;

    @Option(
            names = "--reset",
            description =
                    "Undoes it all: removes configuration, name, key, calibrations and every walk, so that the unit can"
                            + " go to another clinic.")
    private boolean reset;

    @Option(names = "--yes", description = "With --reset: does not ask.")
    private boolean yes;

    @Option(names = "--force", description = "With --reset: also if the clinic does not have every walk yet.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        // The log goes on in memory; at the terminal it would break into questions.
        System.setProperty("tinylog.writer.level", "off");
        PrintWriter out = spec.commandLine().getOut();
        try (Ending ending = new Ending()) {
            if (verify != null) {
                out.println(UnitReport.verify(verify, authority));
                out.flush();
                return 0;
            }
            Console console = console(out, ending);
            Path stateDir = stateDir(console);
            boolean done;
            if (reset) {
                done = new UnitReset(console, SystemFiles.HERE, new Tools(), config, stateDir).run(yes, force);
            } else {
                Provisioner provisioner = new Provisioner(
                        console, SystemFiles.HERE, new Tools(), new Pi4jI2cBuses(), config, stateDir, Version.number());
                for (String name : wanted) {
                    if (!provisioner.names().contains(name)) {
                        throw new ParameterException(
                                spec.commandLine(),
                                "no step '" + name + "'; there are: " + String.join(", ", provisioner.names()));
                    }
                }
                done = provisioner.run(wanted, report);
            }
            return done ? 0 : 1;
        } catch (QuitException e) {
            out.println();
            out.println("Ended. What was done is kept. Go on: entrain provision; one step: --step NAME");
            out.flush();
            return 1;
        } catch (StepException e) {
            FindingText.failure(e).forEach(out::println);
            out.flush();
            return 1;
        }
    }

    private Console console(PrintWriter out, Ending ending) throws StepException {
        if (answers != null) {
            Answers read = Answers.read(answers);
            return new Unattended(
                    read,
                    line -> {
                        out.println(line);
                        out.flush();
                    },
                    ending::await);
        }
        boolean terminal = terminal();
        if (!terminal && !(reset && yes)) {
            throw new StepException(
                    "There is no terminal to ask at.",
                    "Start it in a terminal (ssh -t), or give the answers in a file: --answers FILE.");
        }
        return new TerminalConsole(out, System.in, ending, terminal && System.getenv("NO_COLOR") == null);
    }

    @SuppressWarnings("SystemConsoleNull") // It is null again from Java 25 on where there is no terminal.
    private static boolean terminal() {
        java.io.Console console = System.console();
        return console != null && console.isTerminal();
    }

    private Path stateDir(Console console) throws StepException, QuitException {
        if (state != null) {
            return state;
        }
        String answered = answers == null ? "" : console.ask("state_dir", "", "");
        if (!answered.isEmpty()) {
            return Path.of(answered);
        }
        if (Files.exists(config)) {
            try {
                return AgentConfig.read(config).stateDir();
            } catch (ConfigException e) {
                throw new StepException(
                        e, "Or move it away (mv " + config + " " + config + ".old): a new one is written then.");
            }
        }
        // Beside a configuration that is not where a package puts it nothing of the installed unit is touched.
        return config.equals(INSTALLED_CONFIG) ? INSTALLED_STATE : config.resolveSibling("state");
    }

    /** Other programs, and other commands of ours as processes of their own at this terminal. */
    private final class Tools implements HostTools {
        @Override
        public boolean installed() {
            return config.equals(INSTALLED_CONFIG);
        }

        @Override
        public Programs.@Nullable Answer run(List<String> command) {
            return Programs.here().ask(ASKED, command);
        }

        @Override
        public boolean entrain(List<String> arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx64m",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.entrain.cli.Main"));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command).inheritIO().start();
            try {
                if (process.waitFor(CALIBRATION_S, TimeUnit.SECONDS)) {
                    return process.exitValue() == 0;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.destroy();
            return false;
        }
    }
}
