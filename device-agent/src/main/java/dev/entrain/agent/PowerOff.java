package dev.entrain.agent;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tinylog.Logger;

/**
 * Asks the service manager to switch the machine off, by a file in the agent's runtime folder that a unit of root's waits for
 * (systemd/entrain-poweroff.path). The agent itself may do no such thing. For one thread.
 */
public final class PowerOff {
    /** Name of the file. */
    public static final String NAME = "poweroff";

    private final Path file;
    private boolean asked;

    /**
     * Makes it.
     *
     * @param folder the agent's runtime folder, such as /run/entrain; it lies in memory, so a start begins without
     */
    public PowerOff(Path folder) {
        file = folder.resolve(NAME);
    }

    /** Asks, once however often it is called; call when everything is saved and closed. Returns whether it was asked. */
    public boolean ask() {
        if (!asked) {
            try {
                Files.createFile(file);
                asked = true;
                Logger.info("Everything is saved; the unit was asked to switch itself off");
            } catch (FileAlreadyExistsException e) {
                asked = true; // By the process before, in the same start of the machine.
            } catch (IOException e) {
                Logger.error(
                        "{}: the unit can't be asked to switch itself off ({}); everything is saved, so switch it off by"
                                + " hand",
                        file,
                        e.getMessage());
            }
        }
        return asked;
    }
}
