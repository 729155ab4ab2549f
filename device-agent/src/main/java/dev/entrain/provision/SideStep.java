package dev.entrain.provision;

import dev.entrain.agent.WornSensors;
import dev.entrain.config.AgentConfig;
import dev.entrain.health.Counters;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides which sensor is on which foot. */
final class SideStep implements Step {
    private static final double SETTLE_S = 2;
    private static final double LIFT_S = 5;
    private static final double LOOK_S = 0.05;

    private final SensorsStep finding;

    /** Takes the step that finds sensors, for when this one is done alone. */
    SideStep(SensorsStep finding) {
        this.finding = finding;
    }

    @Override
    public String name() {
        return "side";
    }

    @Override
    public String title() {
        return "Which sensor is left";
    }

    @Override
    public String run(Bench bench) throws StepException, QuitException, IOException {
        if (bench.sensors().isEmpty()) {
            finding.run(bench);
        }
        List<FoundSensor> sensors = bench.sensors();
        for (String table : List.of("sensor.", "provision.sensor.")) {
            bench.draft().removeAll(table);
        }
        return sensors.size() == 1 ? one(bench, sensors.getFirst()) : two(bench, sensors);
    }

    private String one(Bench bench, FoundSensor sensor) throws StepException, QuitException {
        Foot foot = sensor.made();
        if (foot == null) {
            foot = Foot.values()[
                    bench.console()
                            .choose("sensors.only", "On which foot is this sensor?", List.of("left", "right"), -1)];
        }
        assign(bench.draft(), foot, sensor);
        return "one sensor, on the " + foot.word() + " foot";
    }

    private String two(Bench bench, List<FoundSensor> sensors) throws StepException, QuitException, IOException {
        FoundSensor first = sensors.get(0);
        FoundSensor second = sensors.get(1);
        if (first.made() != null && first.made() == second.made()) {
            throw new StepException(
                    "Both insoles are made for the " + first.made().word() + " foot.",
                    "Take one left and one right insole. Then find the sensors again: --step sensors --step side");
        }
        Foot told = first.made() != null
                ? first.made()
                : second.made() != null ? second.made().other() : null;
        Foot named = named(bench, first, second);
        Foot firstIs = told != null ? told : named;
        if (told != null && named != null && told != named) {
            throw new StepException(
                    "The answers and the insoles disagree: " + first.place() + " is made for the " + told.word()
                            + " foot.",
                    "Correct sensors.left and sensors.right in the file of answers, or leave them \"auto\".");
        }
        if (bench.console().unattended()) {
            if (firstIs == null) {
                throw new StepException(
                        "These sensors do not say their foot, and nobody is here to lift one.",
                        "Give sensors.left and sensors.right in the file of answers: a place (" + first.place()
                                + ") or a serial number.");
            }
        } else if (told == null
                || bench.console()
                        .confirm("", "The insoles say which foot they are for. Check it by lifting a foot?", false)) {
            Foot lifted = lift(bench, told == null ? Foot.LEFT : told, first, second);
            if (told != null && lifted != told) {
                throw new StepException(
                        "You lifted the left foot, but the insole made for the right one moved.",
                        "Swap the insoles in the shoes, then try this step again.");
            }
            firstIs = lifted;
        }
        Foot foot = firstIs == null ? Foot.LEFT : firstIs;
        assign(bench.draft(), foot, first);
        assign(bench.draft(), foot.other(), second);
        FoundSensor left = foot == Foot.LEFT ? first : second;
        FoundSensor right = foot == Foot.LEFT ? second : first;
        bench.console().say("Left:  " + left.place());
        bench.console().say("Right: " + right.place());
        return "left and right are known";
    }

    /** Returns the foot of the first sensor as a file of answers names it, or null. */
    private static @Nullable Foot named(Bench bench, FoundSensor first, FoundSensor second)
            throws QuitException, StepException {
        if (!bench.console().unattended()) {
            return null;
        }
        Foot found = null;
        for (Foot foot : Foot.values()) {
            String name = bench.console().ask("sensors." + foot.word(), "", "auto");
            if (name.equals("auto")) {
                continue;
            }
            boolean isFirst = name.equals(first.place()) || name.equals(first.serialNumber());
            boolean isSecond = name.equals(second.place()) || name.equals(second.serialNumber());
            if (!isFirst && !isSecond) {
                throw new StepException(
                        "sensors." + foot.word() + " = \"" + name + "\": no such sensor was found.",
                        "There are: " + first.place() + " (" + first.serialNumber() + ") and " + second.place() + " ("
                                + second.serialNumber() + ").");
            }
            found = isFirst ? foot : foot.other();
        }
        return found;
    }

    /** Returns the foot of the first sensor; until it is known that one is called {@code guess}. */
    private static Foot lift(Bench bench, Foot guess, FoundSensor first, FoundSensor second)
            throws StepException, QuitException, IOException {
        Console console = bench.console();
        assign(bench.draft(), guess, first);
        assign(bench.draft(), guess.other(), second);
        console.say("Wear the insoles, or hold one sensor in each hand. Stand still.");
        console.ask("", "Press Enter. Then lift the LEFT foot up and down, slowly, for 5 s. The right one rests", "");
        MotionCompare motion = bench.withDraft((file, config) -> watch(bench, config));
        console.say(String.format(
                Locale.ROOT,
                "Movement: %s %.2f, %s %.2f (rad/s)^2.",
                (guess == Foot.LEFT ? first : second).place(),
                motion.energy(Foot.LEFT),
                (guess == Foot.LEFT ? second : first).place(),
                motion.energy(Foot.RIGHT)));
        return switch (motion.verdict()) {
            // The one called left was lifted, and it was the left foot: the guess was right.
            case LEFT -> guess;
            case RIGHT -> guess.other();
            case NEITHER ->
                throw new StepException("Neither sensor moved.", "Lift the left foot 10 cm, three times. Try again.");
            case BOTH ->
                throw new StepException(
                        "Both sensors moved, so left cannot be told from right.",
                        "Sit down, keep the right foot on the floor, lift only the left. Try again.");
            case NO_READINGS ->
                throw new StepException(
                        "One of the sensors sent no readings.",
                        "Find the sensors again: entrain provision --step sensors --step side");
        };
    }

    private static MotionCompare watch(Bench bench, AgentConfig config) throws QuitException {
        Console console = bench.console();
        MotionCompare motion = new MotionCompare();
        try (WornSensors worn = new WornSensors(config.sensors(), bench.buses(), new Counters(), NanoClock.SYSTEM)) {
            worn.start();
            // The first readings come while lines open and clocks are fitted; nobody lifts yet.
            drain(console, worn, new MotionCompare(), SETTLE_S, "Get ready");
            drain(console, worn, motion, LIFT_S, "Lift the LEFT foot now");
        }
        return motion;
    }

    private static void drain(Console console, WornSensors worn, MotionCompare into, double seconds, String what)
            throws QuitException {
        long startNs = NanoClock.SYSTEM.nowNs();
        double goneS = 0;
        while (goneS < seconds) {
            console.progress(what, goneS / seconds);
            console.pause(LOOK_S);
            ImuSample sample = worn.merge().peek(NanoClock.SYSTEM.nowNs());
            while (sample != null) { // Ends: the rings hold 1024 readings each, and fill slower than this empties them.
                into.add(sample);
                worn.merge().release(sample);
                sample = worn.merge().peek(NanoClock.SYSTEM.nowNs());
            }
            goneS = (NanoClock.SYSTEM.nowNs() - startNs) * 1e-9;
        }
        console.progress(what, 1);
    }

    private static void assign(Draft draft, Foot foot, FoundSensor sensor) {
        String table = "sensor." + foot.word() + ".";
        draft.removeAll(table);
        sensor.wiring().forEach((key, value) -> draft.put(table + key, value));
        draft.put("provision." + table + "line", sensor.place());
        draft.put("provision." + table + "serial", sensor.serialNumber());
    }
}
