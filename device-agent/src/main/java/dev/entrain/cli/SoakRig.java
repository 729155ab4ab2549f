package dev.entrain.cli;

import dev.entrain.sim.walk.WalkFolder;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.soak.HostStalls;
import dev.entrain.soak.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The parts of a soak, each a process of its own as in the field: broker, insoles, the unit as it is shipped, a listener at
 * the broker, and the meter that watches the machine beside them.
 */
final class SoakRig implements AutoCloseable {
    private static final String UNIT = "soak";

    /** Above the load and below the unit: real insoles are machines of their own and know nothing of the load. */
    private static final List<String> INSOLE_PRIORITY = List.of("chrt", "-f", "15");

    private static final long TRIAL_S = 5;

    private final Path folder;
    private final Ending ending;
    private final DemoBroker ports;
    private final ChildProcess insoles;
    private final ChildProcess meter;
    private final ChildProcess unit;
    private ChildProcess broker;
    private ChildProcess listener;
    private final List<Path> heard = new ArrayList<>();

    /**
     * Starts everything.
     *
     * @param folder for everything they write
     * @param device ALSA device the unit plays on
     * @param meterProgram the built meter
     * @param records where the unit records to
     * @param walkS length of the walk, s
     * @param unplug when an insole is unplugged, as {@code entrain insole --unplug} takes it
     */
    SoakRig(Path folder, String device, Path meterProgram, Path records, double walkS, String unplug, Ending ending)
            throws IOException {
        this.folder = folder;
        this.ending = ending;
        WalkFolder.write(folder, "simulated", UNIT, WalkScenario.named("healthy"), new WalkOptions(walkS, 1));
        ports = DemoBroker.choosePort();
        broker = ports.start(folder);
        ports.await(broker, ending);
        listener = listen();
        meter = new ChildProcess("The stall meter", List.of(meterProgram.toString()), folder.resolve("meter.txt"));
        insoles = DemoInsoles.start(
                folder.resolve("recording.csv"),
                folder,
                priorityGranted() ? INSOLE_PRIORITY : List.of(),
                List.of("--unplug", unplug));
        DemoInsoles.await(folder, insoles, ending);
        unit = new ChildProcess(
                "The unit",
                List.of(
                        Home.resolve("deploy/entrain").toString(),
                        "run",
                        "--config",
                        config(device).toString(),
                        "--record",
                        records.toString()),
                folder.resolve("unit.log"));
    }

    /** Returns the unit's process id. */
    long unitPid() {
        return unit.pid();
    }

    /** Returns what the unit logged so far. */
    String unitSaid() throws IOException {
        return unit.said();
    }

    /** Checks that everything that should live does. */
    void check() throws IOException {
        unit.check();
        meter.check();
        insoles.check();
    }

    void killBroker() {
        broker.kill();
        listener.close();
    }

    /** The listener is back before the unit tries again, so that it hears what waited. */
    void restartBroker() throws IOException {
        broker = ports.start(folder);
        ports.await(broker, ending);
        listener = listen();
    }

    /** Ends the unit in good order. */
    void endUnit() {
        unit.close();
    }

    /** Returns the messages heard so far. */
    List<Proof> proofs() throws IOException {
        return Proof.read(heard);
    }

    /** Returns what the meter noted so far. */
    HostStalls hostStalls() throws IOException {
        return HostStalls.read(folder.resolve("meter.txt"));
    }

    private ChildProcess listen() throws IOException {
        Path file = folder.resolve("heard-" + heard.size() + ".jsonl");
        heard.add(file);
        return new ChildProcess(
                "The listener",
                List.of(
                        "mosquitto_sub",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(ports.tcpPort()),
                        "-q",
                        "1",
                        "-t",
                        "gait/v1/" + UNIT + "/up/timing",
                        "-F",
                        "%p"),
                file);
    }

    private static boolean priorityGranted() throws IOException {
        List<String> trial = new ArrayList<>(INSOLE_PRIORITY);
        trial.add("true");
        Process process = new ProcessBuilder(trial)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.onExit().orTimeout(TRIAL_S, TimeUnit.SECONDS).join().exitValue() == 0;
    }

    private Path config(String device) throws IOException {
        String toml = "state_dir = '" + folder + "'\n" + DemoInsoles.sensors(folder)
                + """
                [audio]
                output = "alsa"
                device = '%s'
                [telemetry]
                broker = "tcp://127.0.0.1:%d"
                unit = "%s"
                timing_s = 5
                """.formatted(device, ports.tcpPort(), UNIT);
        return Files.writeString(folder.resolve("agent.toml"), toml);
    }

    @Override
    public void close() {
        unit.close();
        insoles.close();
        meter.close();
        listener.close();
        broker.close();
    }
}
