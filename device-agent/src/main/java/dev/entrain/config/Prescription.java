package dev.entrain.config;

import dev.entrain.session.Programme;

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
        // Read once: what is kept with the session is what was checked, also where somebody edits the file meanwhile.
        String text = ProgrammeFile.textOf(nameOrFile);
        return new Prescription(ProgrammeFile.of(ProgrammeFile.origin(nameOrFile), text), text);
    }
}
