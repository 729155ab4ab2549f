package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.sim.orders.OrderFuzz;
import dev.entrain.sim.orders.RawPublisher;
import dev.entrain.sim.orders.SignedText;
import dev.entrain.soak.ProcessMemory;
import dev.entrain.telemetry.TelemetryPort;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain fuzz-orders}: what {@code deploy/fuzz-orders} starts. */
@Command(
        name = "fuzz-orders",
        mixinStandardHelpOptions = true,
        hidden = true,
        description = {
            "Sends messages of which none may count to a living unit, through a real broker, while somebody walks.",
            "Exit status 0: the unit lived, applied nothing, refused all that reached it, and every cue kept its moment."
        })
final class FuzzOrdersCommand implements Callable<Integer> {
    private static final String TOPIC = "gait/v1/" + FuzzRig.UNIT + "/down/";
    private static final double WARM_S = 15;
    private static final double DRAIN_S = 300;
    private static final double LOOK_S = 0.5;
    private static final double LAST_PROOF_S = 12;

    /** Messages sent between two looks at how far the unit is, and how many it may be behind. */
    private static final int LOOK_EVERY = 250;

    private static final int MOST_BEHIND = 2_000;

    /** A command may wait for long behind the others, and the broker drops what expired without a word. */
    private static final long NO_SHORT_LIFE_S = 1_000_000;

    /** Commands of old, which live while they are looked at because nothing is before them. */
    private static final int OLD_COMMANDS = 10;

    private static final long OLD_LIFE_S = 60;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--messages", paramLabel = "N", description = "How many; default: 100000.")
    private int messages = 100_000;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same kinds; default: 1.")
    private long seed = 1;

    /** What was sent, by where it must end. */
    private static final class Sent {
        private long orders;
        private long commands;
        private long empty;
        private long large;
        private long bytes;
    }

    @Override
    public Integer call() throws IOException, ConfigException {
        try (Ending ending = new Ending()) {
            Path folder = Files.createTempDirectory("entrain-fuzz-");
            try {
                return fuzz(folder, ending) ? 0 : 1;
            } finally {
                DemoCommand.remove(folder);
            }
        }
    }

    private boolean fuzz(Path folder, Ending ending) throws IOException, ConfigException {
        PrintWriter out = spec.commandLine().getOut();
        SignedText clinic = new SignedText();
        try (FuzzRig rig = new FuzzRig(folder, clinic.publicPem(), ending);
                RawPublisher publisher = new RawPublisher(rig.port())) {
            String boot = rig.awaitBoot();
            String programme = ProgrammeFile.presetText("stroke");
            // The unit has had these, and the clinic has withdrawn them: whatever is older must stay refused.
            send(publisher, "rx", clinic.order("rx", FuzzRig.UNIT, OrderFuzz.OLD_REV, programme), -1);
            send(publisher, "rx", "", -1);
            send(publisher, "cfg", clinic.order("cfg", FuzzRig.UNIT, OrderFuzz.OLD_REV, "[cue]\nlead_ms = 1\n"), -1);
            send(publisher, "cfg", "", -1);
            send(publisher, "cmd", clinic.command(FuzzRig.UNIT, boot, OrderFuzz.OLD_ID, "send_logs"), 30);
            rig.pass(WARM_S);
            FuzzRig.Counts before = rig.counts();
            if (before.of("cues_played") == 0 || before.of("orders_accepted") != 4 || before.of("commands_done") != 1) {
                throw new IOException("The unit was not ready: " + before + "\n" + rig.unitSaid());
            }
            out.printf("%d messages to a unit that walks, seed %d ...%n", messages, seed);
            out.flush();
            long startNs = NanoClock.SYSTEM.nowNs();
            Sent sent = shoot(rig, publisher, new OrderFuzz(seed, clinic, FuzzRig.UNIT, boot, programme));
            double sentS = (NanoClock.SYSTEM.nowNs() - startNs) * 1e-9;
            awaitAll(rig, before, sent);
            for (int i = 1; i <= OLD_COMMANDS; i++) {
                send(publisher, "cmd", clinic.command(FuzzRig.UNIT, boot, OrderFuzz.OLD_ID - i, "start"), OLD_LIFE_S);
                sent.commands++;
            }
            FuzzRig.Counts after = awaitAll(rig, before, sent);
            double tookS = (NanoClock.SYSTEM.nowNs() - startNs) * 1e-9;
            rig.pass(LAST_PROOF_S);
            out.printf(
                    "Sent in %.0f s (%.0f MB), through in %.0f s: %d prescriptions and settings, %d commands, %d empty, %d"
                            + " larger than a unit takes, which the broker drops%n",
                    sentS, sent.bytes / 1e6, tookS, sent.orders, sent.commands, sent.empty, sent.large);
            return judge(rig, before, after, sent, out);
        }
    }

    private Sent shoot(FuzzRig rig, RawPublisher publisher, OrderFuzz fuzz) throws IOException {
        Sent sent = new Sent();
        FuzzRig.Counts before = rig.counts();
        for (int i = 0; i < messages; i++) {
            OrderFuzz.Shot shot = fuzz.next();
            sent.bytes += shot.payload().length;
            if (shot.payload().length > TelemetryPort.MOST_DOWN_BYTES) {
                sent.large++;
            } else if (shot.payload().length == 0) {
                sent.empty++;
            } else if (shot.leaf().equals("cmd")) {
                sent.commands++;
            } else {
                sent.orders++;
            }
            boolean mayExpire = shot.leaf().equals("cmd") && shot.expiryS() >= 0;
            long lifeS = mayExpire ? Math.max(shot.expiryS(), NO_SHORT_LIFE_S) : shot.expiryS();
            publisher.publish(TOPIC + shot.leaf(), shot.payload(), lifeS, false);
            if (i % LOOK_EVERY == 0) {
                publisher.drain();
                rig.check();
                awaitNear(rig, before, sent);
            }
        }
        publisher.drain();
        return sent;
    }

    private static void send(RawPublisher publisher, String leaf, String text, long expiryS) throws IOException {
        publisher.publish(TOPIC + leaf, text.getBytes(StandardCharsets.UTF_8), expiryS, false);
        publisher.drain();
    }

    /** Waits until everything has reached the unit. */
    private static FuzzRig.Counts awaitAll(FuzzRig rig, FuzzRig.Counts before, Sent sent) throws IOException {
        FuzzRig.Counts now = rig.counts();
        for (double s = 0; s < DRAIN_S && still(now, before, sent); s += LOOK_S) {
            rig.pass(LOOK_S);
            now = rig.counts();
        }
        rig.pass(2); // More than were sent would be a fault too.
        return rig.counts();
    }

    /** Waits until the unit is near, so that the broker need not keep them all. */
    private static void awaitNear(FuzzRig rig, FuzzRig.Counts before, Sent sent) throws IOException {
        for (double s = 0;
                s < DRAIN_S && sent.orders + sent.commands - refused(rig.counts(), before) > MOST_BEHIND;
                s += LOOK_S) {
            rig.pass(LOOK_S);
        }
    }

    private static long refused(FuzzRig.Counts now, FuzzRig.Counts before) {
        return now.of("orders_refused")
                - before.of("orders_refused")
                + now.of("commands_refused")
                - before.of("commands_refused");
    }

    private static boolean still(FuzzRig.Counts now, FuzzRig.Counts before, Sent sent) {
        return now.of("orders_refused") - before.of("orders_refused") < sent.orders
                || now.of("commands_refused") - before.of("commands_refused") < sent.commands;
    }

    private boolean judge(FuzzRig rig, FuzzRig.Counts before, FuzzRig.Counts after, Sent sent, PrintWriter out)
            throws IOException {
        List<String> faults = new ArrayList<>();
        long orders = after.of("orders_refused") - before.of("orders_refused");
        long commands = after.of("commands_refused") - before.of("commands_refused");
        long heard = rig.answers();
        long dropped = after.of("answers_dropped");
        long cues = after.of("cues_played") - before.of("cues_played");
        long kb = ProcessMemory.of(rig.unitPid()).residentKb();
        out.printf(
                "Refused: %d prescriptions and settings, %d commands; %d answers heard, %d dropped and counted%n",
                orders, commands, heard, dropped);
        out.printf(
                "Meanwhile %d cues, %d late, the worst %d frames off; memory %d MB%n",
                cues, after.of("cues_late"), rig.worstFrames(), kb / 1024);
        check(faults, orders == sent.orders, "not every order that reached the unit was refused");
        check(faults, commands == sent.commands, "not every command that reached the unit was refused");
        check(
                faults,
                heard + dropped == after.of("commands_refused") + after.of("commands_done"),
                "not every command was answered or counted as unanswered");
        check(faults, after.of("orders_accepted") == before.of("orders_accepted"), "an order was accepted");
        check(faults, after.of("commands_done") == before.of("commands_done"), "a command was done");
        check(faults, rig.reportsOwnFile(), "the unit reports something of the clinic's in force");
        check(faults, cues > 10 && after.of("cues_late") == 0, "cues came late or not at all");
        check(faults, rig.worstFrames() == 0, "a cue missed its frame, or the unit told none of its timing");
        faults.forEach(out::println);
        out.println(
                faults.isEmpty()
                        ? "The unit lives, nothing was applied, every cue kept its moment."
                        : "NOT everything was as it should be; the unit said:\n" + rig.unitSaid());
        out.flush();
        return faults.isEmpty();
    }

    private static void check(List<String> faults, boolean well, String otherwise) {
        if (!well) {
            faults.add(otherwise);
        }
    }
}
