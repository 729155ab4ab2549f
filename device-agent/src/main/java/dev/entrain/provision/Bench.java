package dev.entrain.provision;

import dev.entrain.bus.I2cBuses;
import dev.entrain.check.Finding;
import dev.entrain.check.SystemFiles;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What every step works with. Used by one thread. */
final class Bench {
    private final Console console;
    private final SystemFiles host;
    private final HostTools tools;
    private final I2cBuses buses;
    private final Path config;
    private final Path stateDir;
    private final ProvisionState state;
    private final String version;
    private final List<FoundSensor> sensors = new ArrayList<>();

    Bench(
            Console console,
            SystemFiles host,
            HostTools tools,
            I2cBuses buses,
            Path config,
            Path stateDir,
            ProvisionState state,
            String version) {
        this.console = console;
        this.host = host;
        this.tools = tools;
        this.buses = buses;
        this.config = config.toAbsolutePath().normalize();
        this.stateDir = stateDir;
        this.state = state;
        this.version = version;
    }

    Console console() {
        return console;
    }

    SystemFiles host() {
        return host;
    }

    HostTools tools() {
        return tools;
    }

    I2cBuses buses() {
        return buses;
    }

    /** Returns the unit's configuration, which need not be there yet. */
    Path config() {
        return config;
    }

    Path stateDir() {
        return stateDir;
    }

    ProvisionState state() {
        return state;
    }

    Draft draft() {
        return state.draft();
    }

    String version() {
        return version;
    }

    /** Returns the sensors that were found in this run. */
    List<FoundSensor> sensors() {
        return sensors;
    }

    /** Tells findings and keeps them for the report. */
    void found(String step, List<Finding> list) {
        state.findings().put(step, List.copyOf(list));
        list.forEach(console::finding);
    }

    /** Returns the folder that holds the configuration, where clinic's public files go too. */
    Path configDir() {
        return Objects.requireNonNull(config.getParent(), "a file is in a folder");
    }

    /**
     * Writes what was chosen so far as a configuration of its own beside the unit's state, reads it, and has it used.
     *
     * @return what {@code use} returned
     */
    <T> T withDraft(DraftUse<T> use) throws StepException, QuitException, IOException {
        Path file = Files.createTempFile(stateDir, "provision-", ".toml");
        try {
            Files.writeString(file, ConfigText.of(this));
            return use.use(file, AgentConfig.read(file));
        } catch (ConfigException e) {
            throw new StepException(e, "Repeat the step that chose this value.");
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Uses a configuration that lives only meanwhile. */
    @FunctionalInterface
    interface DraftUse<T> {
        T use(Path file, AgentConfig config) throws StepException, QuitException, IOException;
    }
}
