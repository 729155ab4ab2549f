package dev.entrain.provision;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Finds the sensors. */
final class SensorsStep implements Step {
    private static final int FEET = 2;

    private final List<Function<List<String>, SensorFinder>> finders;

    /** Takes what makes each finder from the further lines a technician names. */
    SensorsStep(List<Function<List<String>, SensorFinder>> finders) {
        this.finders = List.copyOf(finders);
    }

    @Override
    public String name() {
        return "sensors";
    }

    @Override
    public String title() {
        return "Finding the sensors";
    }

    @Override
    public String run(Bench bench) throws StepException, QuitException, IOException {
        Console console = bench.console();
        new Service(bench.tools()).makeWay(console);
        List<String> further = new ArrayList<>(words(bench.draft().get("provision.lines", "")));
        if (console.unattended()) {
            further.addAll(words(console.ask("sensors.lines", "", "")));
        } else {
            console.say("Plug in both sensors and switch them on.");
            console.ask("", "Press Enter when they are on", "");
        }
        List<FoundSensor> found = look(bench, further);
        for (int attempt = 0; found.size() < FEET && !console.unattended() && attempt < Console.MOST_TRIES; attempt++) {
            console.say(
                    found.isEmpty()
                            ? "No sensor answers yet. Check plug and switch, then look again."
                            : "Only one sensor answers. A unit with one foot works; two are better.");
            int chosen = console.choose(
                    "",
                    "What now?",
                    List.of(
                            "look again",
                            "name a serial line that was not looked at",
                            found.isEmpty() ? "give up this step" : "go on with one sensor"),
                    0);
            if (chosen == 2) {
                break;
            }
            if (chosen == 1) {
                String line = console.ask("", "Path of the line, such as /dev/ttyS1", "");
                if (!line.isBlank()) {
                    further.add(line);
                }
            }
            found = look(bench, further);
        }
        if (found.isEmpty()) {
            throw new StepException(
                    "No sensor was found.",
                    "Switch the sensors on and plug them in; for I2C check the four wires (technician's handbook)."
                            + " Then try this step again.");
        }
        if (found.size() > FEET) {
            throw new StepException(
                    "There are " + found.size() + " sensors, and a unit has two.",
                    "Unplug those of other units, then try this step again.");
        }
        bench.sensors().clear();
        bench.sensors().addAll(found);
        bench.draft().put("provision.lines", String.join(" ", further));
        return found.size() == 1 ? "one sensor" : "two sensors";
    }

    private List<FoundSensor> look(Bench bench, List<String> further) throws QuitException {
        List<FoundSensor> found = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (Function<List<String>, SensorFinder> finder : finders) {
            SensorFinder.Result result = finder.apply(further).find(bench);
            found.addAll(result.sensors());
            told.addAll(result.told());
        }
        for (FoundSensor sensor : found) {
            bench.console().say("Found: " + sensor.place() + "\n       " + sensor.what());
        }
        for (String line : told) {
            bench.console().say("Not:   " + line);
        }
        return found;
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    }
}
