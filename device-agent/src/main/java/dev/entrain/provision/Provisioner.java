package dev.entrain.provision;

import dev.entrain.bus.I2cBuses;
import dev.entrain.check.SystemFiles;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes one step after the other, keeps what was done, and writes the unit's report. Used by one thread. */
public final class Provisioner {
    /** Without these nobody can walk with the unit. */
    private static final List<String> NEEDED = List.of("sensors", "side", "sound", "config");

    /** More than every file that is written here, together. */
    private static final int TRIAL_BYTES = 65_536;

    private final Console console;
    private final SystemFiles host;
    private final HostTools tools;
    private final I2cBuses buses;
    private final Path config;
    private final Path stateDir;
    private final String version;
    private final List<Step> steps;

    /**
     * Touches nothing yet.
     *
     * @param buses where chips on I2C are reached
     * @param config where the unit's configuration is or will be
     * @param stateDir folder of the unit's state; made if missing
     * @param version of this build
     */
    public Provisioner(
            Console console,
            SystemFiles host,
            HostTools tools,
            I2cBuses buses,
            Path config,
            Path stateDir,
            String version) {
        this.console = console;
        this.host = host;
        this.tools = tools;
        this.buses = buses;
        this.config = config;
        this.stateDir = stateDir.toAbsolutePath().normalize();
        this.version = version;
        SensorsStep sensors = new SensorsStep(List.of(SerialFinder::new, further -> new I2cFinder()));
        steps = List.of(
                new BoardStep(),
                sensors,
                new SideStep(sensors),
                new SoundStep(),
                new ClinicStep(),
                new ConfigStep(),
                new WalkStep());
    }

    /** Returns the names of the steps in their order. */
    public List<String> names() {
        return steps.stream().map(Step::name).toList();
    }

    /**
     * Takes the steps.
     *
     * @param wanted names of the steps to take; empty takes all
     * @param reportTo where the report goes; null puts it into the state folder
     * @return whether all of them were done
     * @throws QuitException if who provisions ended it; what was done is kept
     */
    public boolean run(List<String> wanted, @Nullable Path reportTo) throws QuitException, StepException, IOException {
        prepare();
        ProvisionState state = ProvisionState.read(stateDir);
        Bench bench = new Bench(console, host, tools, buses, config, stateDir, state, version);
        List<Step> taken = steps.stream()
                .filter(step -> wanted.isEmpty() || wanted.contains(step.name()))
                .toList();
        boolean all = true;
        Service service = new Service(tools);
        boolean ran = service.running();
        try {
            for (int i = 0; i < taken.size(); i++) {
                Step step = taken.get(i);
                console.step(i + 1, taken.size(), step.title());
                all &= take(step, bench);
            }
            state.complete(complete(state));
            report(bench, reportTo);
        } finally {
            new Owner(stateDir).handOver();
            // A unit that walked before is not left lying because a step failed.
            if (ran && !service.running() && Files.exists(config)) {
                console.say(service.start() ? "The agent runs again." : "The agent did not start again; see its log.");
            }
        }
        if (all) {
            start(bench);
        }
        return all;
    }

    private void prepare() throws StepException {
        try {
            new Owner(stateDir).prepare();
            // Told before anything is asked: a full disk, or one that may not be written.
            Path trial = stateDir.resolve("provision-trial");
            try {
                Files.writeString(trial, "x".repeat(TRIAL_BYTES));
            } finally {
                Files.deleteIfExists(trial);
            }
        } catch (AccessDeniedException e) {
            throw new StepException(
                    e.getFile() + ": you may not write there.", "Run it as root: sudo entrain provision");
        } catch (IOException e) {
            throw new StepException(
                    stateDir + " cannot be written (" + reason(e) + ").",
                    "Is the disk full (df -h " + stateDir + ") or read-only (mount)? Free space, then start again.");
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    /** Takes one step, again as often as asked; returns whether it was done. */
    private boolean take(Step step, Bench bench) throws QuitException, IOException {
        for (int attempt = 0; attempt < Console.MOST_TRIES; attempt++) {
            StepException failure;
            try {
                String what = step.run(bench);
                bench.state().step(step.name(), true, what, WallClock.SYSTEM.now());
                console.say("Done: " + what + ".");
                return true;
            } catch (StepException e) {
                failure = e;
            } catch (FileSystemException e) {
                failure = new StepException(
                        (e.getFile() == null ? "A file" : e.getFile()) + " cannot be written or read: " + reason(e)
                                + ".",
                        "Is the disk full (df -h) or read-only (mount)? Are you root? Then try this step again.");
            } catch (IOException e) {
                failure = new StepException(reason(e), "Then try this step again.");
            }
            switch (console.failed(failure)) {
                case RETRY -> console.say("Again.");
                case SKIP -> {
                    bench.state().step(step.name(), false, failure.what(), WallClock.SYSTEM.now());
                    console.say("Left out. Later: entrain provision --step " + step.name());
                    return false;
                }
                case QUIT -> {
                    bench.state().step(step.name(), false, failure.what(), WallClock.SYSTEM.now());
                    throw new QuitException();
                }
            }
        }
        return false;
    }

    private static boolean complete(ProvisionState state) {
        return NEEDED.stream().allMatch(name -> {
            ProvisionState.Done step = state.step(name);
            return step != null && step.done();
        });
    }

    private void report(Bench bench, @Nullable Path reportTo) throws IOException {
        Path file = reportTo == null ? stateDir.resolve("unit-report.json") : reportTo;
        String text = UnitReport.write(file, bench, steps);
        console.say("");
        text.lines().forEach(console::say);
        console.say("Report: " + file + " and " + UnitReport.readable(file).getFileName());
    }

    /** The last word: the agent starts, or how to start it. */
    private void start(Bench bench) throws QuitException, StepException {
        if (!bench.state().complete()) {
            console.say("The unit is not complete yet: "
                    + String.join(
                            ", ",
                            NEEDED.stream().filter(name -> !done(bench, name)).toList())
                    + " must be done.");
            return;
        }
        Service service = new Service(tools);
        if (!service.known()) {
            console.say("The unit is provisioned. Start it: entrain run --config " + bench.config());
        } else if (!console.confirm(
                "finish.start", "Start the agent now, and at every start of this computer?", true)) {
            console.say("Later: systemctl enable --now " + Service.UNIT);
        } else if (service.enable()) {
            console.say("The agent runs. See: systemctl status " + Service.UNIT);
        } else {
            console.say("The agent did not start. See: journalctl -u " + Service.UNIT + " -n 30");
        }
    }

    private static boolean done(Bench bench, String name) {
        ProvisionState.Done step = bench.state().step(name);
        return step != null && step.done();
    }
}
