package dev.entrain.config;

import dev.entrain.session.Programme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A programme and the text it was read from.
 *
 * @param programme what is given
 * @param text of its file, as it is kept with a session
 */
public record Prescription(Programme programme, String text) {
    /**
     * Finds a programme.
     *
     * @param nameOrFile one that comes with this version, or a file
     * @throws ConfigException naming file, key and what was expected
     */
    public static Prescription of(String nameOrFile) throws ConfigException {
        Programme programme = ProgrammeFile.named(nameOrFile);
        if (ProgrammeFile.presets().contains(nameOrFile)) {
            return new Prescription(programme, ProgrammeFile.presetText(nameOrFile));
        }
        try {
            return new Prescription(programme, Files.readString(Path.of(nameOrFile)));
        } catch (IOException e) {
            throw new ConfigException(nameOrFile + ": can't be read: " + e.getMessage());
        }
    }
}
