package dev.entrain.check;

import dev.entrain.agent.RunningAgent;
import dev.entrain.telemetry.Birth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs here. */
public final class VersionCheck implements Check {
    private static final String AREA = "version";
    private static final int LEAST_JAVA = 25;

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
        findings.add(Finding.ok(AREA, "system", system()));
        findings.add(Finding.ok(
                AREA, "kernel", System.getProperty("os.version", "") + " " + System.getProperty("os.arch", "")));
        findings.add(Finding.ok(AREA, "board", board(files)));
        findings.add(Finding.ok(AREA, "telemetry", Birth.CONTRACT));
        return findings;
    }

    private String system() {
        for (String line : files.lines("etc/os-release")) {
            if (line.startsWith("PRETTY_NAME=")) {
                return line.substring("PRETTY_NAME=".length()).replace("\"", "");
            }
        }
        return "not known";
    }

    /** Returns the board as its firmware calls it. */
    static String board(SystemFiles files) {
        for (String place : List.of("proc/device-tree/model", "sys/devices/virtual/dmi/id/product_name")) {
            String model = files.text(place);
            if (model != null && !model.isEmpty()) {
                return model.replace("\0", "");
            }
        }
        return "not known";
    }
}
