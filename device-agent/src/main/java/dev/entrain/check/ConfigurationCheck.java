package dev.entrain.check;

import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.config.Prescription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the configuration and the programme it names can be read: no unknown key, no value out of its range. */
public final class ConfigurationCheck implements Check {
    private static final int SHOWN_DIGITS = 12;

    private final Path file;
    private final @Nullable String runningSha256;

    /**
     * Makes one.
     *
     * @param file the unit's configuration
     * @param runningSha256 of what a running agent runs with; null if none runs
     */
    public ConfigurationCheck(Path file, @Nullable String runningSha256) {
        this.file = file;
        this.runningSha256 = runningSha256;
    }

    @Override
    public String area() {
        return "configuration";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        try {
            AgentConfig config = AgentConfig.read(file);
            findings.add(Finding.ok(area(), "file", file + ", version " + shorter(config.sha256())));
            findings.add(inForce(config.sha256()));
            findings.add(programme(config.programme()));
        } catch (ConfigException e) {
            findings.add(Words.fail(area(), "file", String.valueOf(e.getMessage()), "correct it and run this again"));
        }
        return findings;
    }

    private Finding inForce(String sha256) {
        if (runningSha256 == null) {
            return Finding.skipped(area(), "in force", "no agent runs");
        }
        return runningSha256.equals(sha256)
                ? Finding.ok(area(), "in force", "the agent runs with it")
                : Finding.warn(
                        area(),
                        "in force",
                        "the agent runs with another version: the file was changed, or the clinic ordered something",
                        "If the file was changed: systemctl restart entrain-agent, between sessions");
    }

    private Finding programme(@Nullable String programme) {
        if (programme == null) {
            return Finding.ok(area(), "programme", "none: a plain walk");
        }
        try {
            return Finding.ok(
                    area(),
                    "programme",
                    Prescription.of(programme).programme().blocks().size() + " blocks");
        } catch (ConfigException e) {
            return Words.fail(area(), "programme", String.valueOf(e.getMessage()), "correct [session] programme");
        }
    }

    static String shorter(String sha256) {
        return sha256.substring(0, Math.min(SHOWN_DIGITS, sha256.length()));
    }
}
