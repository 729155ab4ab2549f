package dev.entrain.cli;

import dev.entrain.cuetest.StressLoad;
import dev.entrain.soak.ForcedCollections;
import dev.entrain.soak.HostStalls;
import dev.entrain.soak.ProcessMemory;
import dev.entrain.soak.Proof;
import dev.entrain.soak.SoakFigures;
import dev.entrain.soak.SoakPhase;
import dev.entrain.time.NanoClock;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain soak}: what {@code deploy/soak} starts. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        hidden = true,
        description = {
            "Lets a whole unit walk while it is made to suffer, and judges it by what it publishes of its own timing.",
            "Start it with deploy/soak. Exit status 0: every cue kept its moment in every phase."
        })
final class SoakCommand implements Callable<Integer> {
    private static final int PHASES = 5;
    private static final double WARM_S = 20;
    private static final double LOOK_S = 0.25;

    /** The unit's pause before it looks for the broker again grows to 2 minutes. */
    private static final double LATE_NEWS_S = 130;

    private static final double TAIL_S = 20;
    private static final int MOST_MINUTES = 600;
    private static final long MOST_RESIDENT_KB = 90 * 1024;

    /** What the unit says when a fault has reached it; without these words the phase would prove nothing. */
    private static final List<String> FAULTS_SEEN =
            List.of("telemetry: lost the broker", "The recording ended after", "the line is gone");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long, all phases together, 2 to " + MOST_MINUTES + " (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            required = true,
            description = "The ALSA device the unit plays on.")
    private String device = "";

    @Option(names = "--meter", paramLabel = "FILE", required = true, description = "The built host_stalls.c.")
    private Path meter = Path.of("");

    @Option(
            names = "--disk",
            paramLabel = "DIR",
            description = "A small file system the unit records to. Default: its files are limited instead.")
    private @Nullable Path disk;

    /** Something done to the unit. */
    @FunctionalInterface
    private interface Deed {
        Deed NOTHING = () -> {};

        void perform() throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        if (!(minutes >= 2 && minutes <= MOST_MINUTES)) {
            throw new ParameterException(spec.commandLine(), "--minutes must be 2 to " + MOST_MINUTES);
        }
        try (Ending ending = new Ending()) {
            Path folder = Files.createTempDirectory("entrain-soak-");
            try {
                return soak(folder, ending);
            } finally {
                DemoCommand.remove(folder);
            }
        }
    }

    private int soak(Path folder, Ending ending) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        double phaseS = minutes * 60 / PHASES;
        double walkS = WARM_S + PHASES * phaseS + LATE_NEWS_S + 2 * TAIL_S;
        String unplug =
                String.format(Locale.ROOT, "left:%.1f:%.1f", WARM_S + (PHASES - 1 + 0.25) * phaseS, 0.25 * phaseS);
        SoakDisk records = new SoakDisk(disk, folder);
        out.printf("Five phases of %.0f s on '%s'. The disk is made full by %s.%n", phaseS, device, records.method());
        out.flush();
        List<SoakPhase> phases = new ArrayList<>();
        try (SoakRig rig = new SoakRig(folder, device, meter, records.records(), walkS, unplug, ending)) {
            Clock clock = new Clock(rig, ending, out);
            clock.pass("warm-up", WARM_S, Deed.NOTHING, Deed.NOTHING);
            phases.add(clock.pass("quiet", phaseS, Deed.NOTHING, Deed.NOTHING));
            try (StressLoad load = new StressLoad(Math.round(walkS));
                    ForcedCollections collections = new ForcedCollections(rig.unitPid())) {
                phases.add(clock.pass("stress", phaseS, Deed.NOTHING, Deed.NOTHING));
                phases.add(clock.pass("broker dead", phaseS, rig::killBroker, rig::restartBroker));
                phases.add(clock.pass("disk full", phaseS, () -> records.fill(rig.unitPid()), Deed.NOTHING));
                records.free();
                phases.add(clock.pass("insole gone", phaseS, Deed.NOTHING, Deed.NOTHING));
                clock.awaitProofs(phases.getLast().toNs());
                out.printf(
                        "Stress: every core busy, %d collections forced in the unit, %d MB forced to disk%n",
                        collections.done(), load.floodedBytes() >> 20);
            }
            rig.endUnit();
            return judge(rig, phases, out) ? 0 : 1;
        }
    }

    private boolean judge(SoakRig rig, List<SoakPhase> phases, PrintWriter out) throws IOException {
        List<Proof> proofs = rig.proofs();
        HostStalls host = rig.hostStalls();
        List<SoakFigures> figures = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (SoakPhase phase : phases) {
            try {
                figures.add(SoakFigures.of(phase, proofs, host));
            } catch (IllegalStateException e) {
                faults.add(e.getMessage());
            }
        }
        new SoakTable(figures).print(out);
        faults.addAll(SoakFigures.faults(figures, MOST_RESIDENT_KB));
        for (String seen : FAULTS_SEEN) {
            if (!rig.unitSaid().contains(seen)) {
                faults.add("A planted fault did not reach the unit: it never said '" + seen + "'");
            }
        }
        SoakPhase dead = phases.get(2);
        long late = proofs.stream()
                .filter(proof -> proof.timeNs() > dead.fromNs() && proof.timeNs() < dead.toNs())
                .count();
        out.printf(
                "%d timing messages were heard, %d of them from the phase without a broker. Host stalls were measured %s.%n",
                proofs.size(), late, host.realTime() ? "above all other programs" : "at normal priority");
        faults.forEach(out::println);
        out.println(
                faults.isEmpty()
                        ? "Every cue kept its moment in every phase."
                        : "NOT everything was as it should be; the unit said:");
        if (!faults.isEmpty()) {
            out.print(rig.unitSaid());
        }
        out.flush();
        return faults.isEmpty();
    }

    /** Lets time go by, and looks after the rig meanwhile. */
    private record Clock(SoakRig rig, Ending ending, PrintWriter out) {
        SoakPhase pass(String name, double seconds, Deed first, Deed later) throws IOException {
            out.println("... " + name);
            out.flush();
            long fromNs = NanoClock.SYSTEM.nowNs();
            first.perform();
            long residentKb = elapse(fromNs, 0.6 * seconds);
            later.perform();
            residentKb = Math.max(residentKb, elapse(fromNs, seconds));
            return new SoakPhase(name, fromNs, NanoClock.SYSTEM.nowNs(), residentKb);
        }

        /** Waits for what the unit kept while there was no broker, and for the last word on the last phase. */
        void awaitProofs(long toNs) throws IOException {
            long fromNs = NanoClock.SYSTEM.nowNs();
            boolean told = false;
            while (!told && NanoClock.SYSTEM.nowNs() - fromNs < LATE_NEWS_S * 1e9) {
                elapse(NanoClock.SYSTEM.nowNs(), 1);
                List<Proof> proofs = rig.proofs();
                told = !proofs.isEmpty() && proofs.getLast().timeNs() - toNs >= 0;
            }
        }

        private long elapse(long fromNs, double seconds) throws IOException {
            long mostKb = 0;
            double leftS = seconds;
            while (leftS > 0) {
                if (ending.await(Math.min(LOOK_S, leftS))) {
                    throw new IOException("The soak was ended before its time; it says nothing.");
                }
                rig.check();
                mostKb = Math.max(mostKb, ProcessMemory.of(rig.unitPid()).residentKb());
                leftS = seconds - (NanoClock.SYSTEM.nowNs() - fromNs) * 1e-9;
            }
            return mostKb;
        }
    }
}
