package dev.entrain.provision;

import dev.entrain.agent.RecentLines;
import dev.entrain.check.Finding;
import dev.entrain.check.Verdict;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.sample.Foot;
import dev.entrain.sensor.SensorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Walks for half a minute with the unit as it is configured, and judges what was measured. */
final class WalkStep implements Step {
    private static final int MOST_WARNINGS = 6;
    private static final double LEAST_S = 10;
    private static final double MOST_S = 300;

    @Override
    public String name() {
        return "walk";
    }

    @Override
    public String title() {
        return "Test walk";
    }

    @Override
    public String run(Bench bench) throws StepException, QuitException, IOException {
        Console console = bench.console();
        if (!Files.exists(bench.config())) {
            throw new StepException(
                    bench.config() + " is not there yet.",
                    "Write it first: entrain provision --step config --step walk");
        }
        AgentConfig config;
        try {
            config = AgentConfig.read(bench.config());
        } catch (ConfigException e) {
            throw new StepException(e.getMessage(), "Or write it anew: entrain provision --step config");
        }
        new Service(bench.tools()).makeWay(console);
        double seconds = seconds(console);
        if (!console.unattended()) {
            console.say(
                    "Put on shoes with the insoles, and the headphones. Walk as usual; step with the beat when it comes.");
            console.ask("", "Press Enter and walk", "");
        }
        int since = RecentLines.ofThisProcess().size();
        WalkFigures figures = new TestWalk(config, bench).walk(seconds);
        List<Foot> worn = new ArrayList<>();
        for (SensorConfig sensor : config.sensors()) {
            worn.add(Objects.requireNonNull(sensor.foot(), "the configuration names the foot of each sensor"));
        }
        List<Finding> found = figures.findings(worn);
        bench.found(name(), found);
        if (found.stream().anyMatch(f -> f.verdict() != Verdict.OK && f.verdict() != Verdict.SKIPPED)) {
            warnings(console, since);
        }
        long failed = found.stream().filter(f -> f.verdict() == Verdict.FAIL).count();
        if (failed > 0) {
            throw new StepException(
                    "The test walk did not go well.", "Do what stands under each FAIL, then walk again.");
        }
        int steps = figures.feet().values().stream()
                .mapToInt(WalkFigures.FootFigures::steps)
                .sum();
        return steps + " steps, " + figures.cuesPlayed() + " beats played, " + figures.underruns() + " underruns";
    }

    /** What the agent itself logged of trouble. */
    private static void warnings(Console console, int since) {
        List<String> log = RecentLines.ofThisProcess();
        log.subList(Math.min(since, log.size()), log.size()).stream()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2 && words[1].matches("(WARN|ERROR): .*"))
                .map(words -> words[1].replaceFirst("[A-Z]+: ", ""))
                .distinct()
                .limit(MOST_WARNINGS)
                .forEach(line -> console.say("The agent said: " + line));
    }

    private static double seconds(Console console) throws QuitException, StepException {
        String answer = console.unattended() ? console.ask("walk.seconds", "", "30") : "30";
        try {
            double seconds = Double.parseDouble(answer);
            if (seconds >= LEAST_S && seconds <= MOST_S) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new StepException(
                "walk.seconds = " + answer + ": a number from 10 to 300 is expected.", "Correct the file of answers.");
    }
}
