package dev.entrain.cli;

import dev.entrain.sim.walk.WalkFolder;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.soak.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A unit that walks on emulated insoles, its broker, and listeners there: each a process of its own as in the field. */
final class FuzzRig implements AutoCloseable {
    static final String UNIT = "fuzz";

    private static final double WALK_S = 900;
    private static final double BOOT_S = 30;
    private static final double LOOK_S = 0.25;
    private static final Pattern BOOT = Pattern.compile("/up/birth \\{.*?\"boot\":\"([0-9a-f-]{36})\"");

    private final Path folder;
    private final Ending ending;
    private final DemoBroker ports;
    private final ChildProcess broker;
    private final ChildProcess insoles;
    private final ChildProcess states;
    private final ChildProcess timing;
    private final ChildProcess words;
    private final ChildProcess unit;

    /** The unit's counters as it last told them. */
    record Counts(String state) {
        long of(String counter) {
            Matcher found = Pattern.compile("\"" + counter + "\":(\\d+)").matcher(state);
            return found.find() ? Long.parseLong(found.group(1)) : 0;
        }
    }

    FuzzRig(Path folder, String clinicPem, Ending ending) throws IOException {
        this.folder = folder;
        this.ending = ending;
        WalkFolder.write(folder, "simulated", UNIT, WalkScenario.named("healthy"), new WalkOptions(WALK_S, 1));
        ports = DemoBroker.choosePort();
        broker = ports.start(folder);
        ports.await(broker, ending);
        states = listen("state", "%p");
        timing = listen("timing", "%p");
        words = listen("+", "%t %p");
        insoles = DemoInsoles.start(folder.resolve("recording.csv"), folder, List.of(), List.of("--loop"));
        DemoInsoles.await(folder, insoles, ending);
        Path key = Files.writeString(folder.resolve("clinic.pub"), clinicPem);
        String toml = "state_dir = '" + folder + "'\n" + DemoInsoles.sensors(folder)
                + """
                [audio]
                output = "wav"
                wav_file = '%s'
                [telemetry]
                broker = "tcp://127.0.0.1:%d"
                unit = "%s"
                timing_s = 5
                [clinic]
                public_key = '%s'
                """.formatted(folder.resolve("cues.wav"), ports.tcpPort(), UNIT, key);
        Path config = Files.writeString(folder.resolve("agent.toml"), toml);
        unit = new ChildProcess(
                "The unit",
                // With the memory a unit has.
                List.of(
                        "env",
                        "-u",
                        "ENTRAIN_HEAP",
                        Home.resolve("deploy/entrain").toString(),
                        "run",
                        "--config",
                        config.toString()),
                folder.resolve("unit.log"));
    }

    private ChildProcess listen(String leaf, String format) throws IOException {
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
                        "gait/v1/" + UNIT + "/up/" + leaf,
                        "-F",
                        format),
                heard(leaf));
    }

    private Path heard(String leaf) {
        return folder.resolve("heard-" + (leaf.equals("+") ? "all" : leaf) + ".txt");
    }

    int port() {
        return ports.tcpPort();
    }

    long unitPid() {
        return unit.pid();
    }

    String unitSaid() throws IOException {
        return unit.said();
    }

    void check() throws IOException {
        unit.check();
        insoles.check();
        broker.check();
    }

    void pass(double seconds) throws IOException {
        for (double s = 0; s < seconds; s += LOOK_S) {
            if (ending.await(LOOK_S)) {
                throw new IOException("It was ended before its time; it says nothing.");
            }
            check();
        }
    }

    String awaitBoot() throws IOException {
        for (double s = 0; s < BOOT_S; s += LOOK_S) {
            Matcher found = BOOT.matcher(Files.readString(heard("+")));
            if (found.find()) {
                return found.group(1);
            }
            pass(LOOK_S);
        }
        throw new IOException("The unit did not connect to the broker; it said:\n" + unitSaid());
    }

    Counts counts() throws IOException {
        List<String> lines = Files.readAllLines(heard("state"));
        return new Counts(lines.isEmpty() ? "" : lines.getLast());
    }

    long answers() throws IOException {
        try (var lines = Files.lines(heard("+"))) {
            return lines.filter(line -> line.contains("/up/answer ")).count();
        }
    }

    /** Returns whether the unit's last report has its own configuration in force and nothing waiting. */
    boolean reportsOwnFile() throws IOException {
        Optional<String> last;
        try (var lines = Files.lines(heard("+"))) {
            last = lines.filter(line -> line.contains("/up/reported ")).reduce((a, b) -> b);
        }
        return last.isPresent()
                && last.get().contains("\"rx\":{\"state\":\"none\"")
                && last.get().contains("\"cfg\":{\"state\":\"none\"");
    }

    /** Returns the largest distance of a cue from its frame; -1 if the unit told none. */
    int worstFrames() throws IOException {
        List<Proof> proofs = Proof.read(List.of(heard("timing")));
        return proofs.stream().mapToInt(Proof::worstFrames).max().orElse(-1);
    }

    @Override
    public void close() {
        unit.close();
        insoles.close();
        states.close();
        timing.close();
        words.close();
        broker.close();
    }
}
