package dev.entrain.check;

import dev.entrain.agent.RunningAgent;
import dev.entrain.device.BoardFacts;
import dev.entrain.telemetry.Birth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What runs here. */
public final class VersionCheck implements Check {
    private static final String AREA = "version";
    private static final int LEAST_JAVA = 25;
    private static final String UNKNOWN = "not known";

    private final String installed;
    private final @Nullable RunningAgent agent;
    private final SystemFiles files;

    /**
     * Makes one.
     *
     * @param installed version of the program that asks
     * @param agent that runs; null if none does
     */
    public VersionCheck(String installed, @Nullable RunningAgent agent, SystemFiles files) {
        this.installed = installed;
        this.agent = agent;
        this.files = files;
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        BoardFacts facts = BoardFacts.read(files.root());
        String running = agent == null
                ? installed
                : agent.status().path("agent").path("version").asText();
        findings.add(
                running.equals(installed)
                        ? Finding.ok(AREA, "entrain", installed)
                        : Finding.warn(
                                AREA,
                                "entrain",
                                installed + " is installed, " + running + " still runs",
                                "systemctl restart entrain-agent, between sessions"));
        findings.add(
                Runtime.version().feature() >= LEAST_JAVA
                        ? Finding.ok(AREA, "java", Runtime.version().toString())
                        : Finding.fail(AREA, "java", Runtime.version().toString(), "Install Java 25 or newer"));
        findings.add(Finding.ok(AREA, "system", Objects.requireNonNullElse(facts.os(), UNKNOWN)));
        findings.add(Finding.ok(AREA, "kernel", facts.kernel() + " " + facts.machine()));
        findings.add(Finding.ok(AREA, "board", board(facts)));
        findings.add(Finding.ok(AREA, "telemetry", Birth.CONTRACT));
        return findings;
    }

    /** Returns the board as its firmware calls it; without a device tree that is a computer's. */
    private String board(BoardFacts facts) {
        String model = facts.model() == null ? files.text("sys/devices/virtual/dmi/id/product_name") : facts.model();
        return model == null || model.isEmpty() ? UNKNOWN : model;
    }
}
