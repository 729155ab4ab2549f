package dev.entrain.journal;

import dev.entrain.outcome.SessionData;
import dev.entrain.session.SessionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a whole session at once, in the format of {@link SessionFolder}. Not thread-safe. */
public final class SessionFiles {
    /** Folder of the state folder that sessions are kept in. */
    public static final String SESSIONS = "sessions";

    /** The programme as run. */
    public static final String PROGRAMME = "programme.toml";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SessionFiles() {}

    /** Returns the name of a session's folder: names sort by time. */
    public static String folderName(Instant startedUtc, String id) {
        return STAMP.format(startedUtc) + "-" + id;
    }

    /**
     * Writes a session.
     *
     * @param folder made if missing; one that holds a session already is refused and left as it is
     * @param data the session
     * @param programmeToml the text of the programme as run
     * @throws IOException if it can't be written, or there is a session
     */
    public static void write(Path folder, SessionData data, String programmeToml) throws IOException {
        if (Files.exists(folder.resolve(HeaderFile.NAME))) {
            throw new IOException(folder + ": holds a session already, which is not overwritten; name another --out, or"
                    + " remove this folder if it is the same simulated session again");
        }
        replace(folder, data, programmeToml);
    }

    /**
     * Writes a session, also over what is in the folder.
     *
     * @param programmeToml the text of the programme as run; null for a walk without one
     * @throws IOException if it can't be written
     */
    public static void replace(Path folder, SessionData data, @Nullable String programmeToml) throws IOException {
        Files.createDirectories(folder);
        table(folder, SessionTable.STEPS, data.steps(), SessionRows::text);
        table(folder, SessionTable.CUES, data.cues(), SessionRows::text);
        table(folder, SessionTable.STRIDES, data.strides(), SessionRows::text);
        table(folder, SessionTable.BLOCKS, data.blocks(), SessionRows::text);
        table(folder, SessionTable.FREEZES, data.freezes(), SessionRows::text);
        table(folder, SessionTable.EVENTS, data.events(), SessionRows::text);
        if (data.songs().isEmpty()) {
            Files.deleteIfExists(folder.resolve(SessionTable.SONGS.file()));
        } else {
            table(folder, SessionTable.SONGS, data.songs(), SessionRows::text);
        }
        if (programmeToml != null) {
            WholeFile.replace(folder.resolve(PROGRAMME), programmeToml);
        }
        // Last, because a folder is a session only with it.
        WholeFile.replace(
                folder.resolve(HeaderFile.NAME),
                HeaderFile.text(new SessionHeader(
                        data.id(),
                        data.programme(),
                        data.condition(),
                        data.startedUtc(),
                        data.baselineSpm(),
                        data.simulated(),
                        null,
                        end(data))));
    }

    private static SessionEvent.@Nullable End end(SessionData data) {
        SessionEvent.End end = null;
        for (SessionData.Event event : data.events()) {
            end = event.end() == null ? end : event.end();
        }
        return end;
    }

    private static <T> void table(Path folder, SessionTable table, List<T> rows, Function<T, String> text)
            throws IOException {
        StringBuilder all = new StringBuilder(table.header()).append('\n');
        for (T row : rows) {
            all.append(text.apply(row)).append('\n');
        }
        WholeFile.replace(folder.resolve(table.file()), all.toString());
    }
}
