package dev.entrain.journal;

import dev.entrain.outcome.SessionData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * A session as a folder of tables, for whoever files it: {@code session.json}, {@code programme.toml}, {@code steps.csv},
 * {@code cues.csv}, {@code strides.csv}, {@code blocks.csv}, {@code freezes.csv}, {@code events.csv}, and {@code songs.csv} if
 * music played. Exported sessions are such folders, simulated ones, and those that units kept before they had a journal; an unfinished last line of theirs is
 * left out, a block that never ended ends with the last thing known. Thread-safe.
 */
public final class SessionFolder {
    private SessionFolder() {}

    /** Reads one row. */
    @FunctionalInterface
    private interface Row<T> {
        T read(RowFields fields) throws SessionException;
    }

    /**
     * Returns the sessions kept in a folder, oldest first; none if it is not there.
     *
     * @throws IOException if it can't be read
     */
    public static List<Path> list(Path sessionsDir) throws IOException {
        if (!Files.isDirectory(sessionsDir)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(sessionsDir)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(HeaderFile.NAME)))
                    .sorted(Comparator.comparing(folder -> folder.getFileName().toString()))
                    .toList();
        }
    }

    /**
     * Returns what a session says of itself, without its tables.
     *
     * @throws SessionException naming what is wrong and what to do
     * @throws IOException if it can't be read
     */
    public static SessionHeader header(Path folder) throws IOException {
        return HeaderFile.read(folder);
    }

    /**
     * Reads a session; what had to be left out is logged.
     *
     * @throws SessionException naming file and line, what was expected and what to do
     * @throws IOException if it can't be read
     */
    public static SessionData read(Path folder) throws IOException {
        return read(folder, line -> Logger.warn("{}", line));
    }

    /**
     * Reads a session.
     *
     * @param notices receives a sentence for each thing that had to be left out
     * @throws SessionException naming file and line, what was expected and what to do
     * @throws IOException if it can't be read
     */
    public static SessionData read(Path folder, Consumer<String> notices) throws IOException {
        SessionHeader header = HeaderFile.read(folder);
        // Contacts found again in the first strides of a walk are told late, so tables need not be in order of time.
        List<SessionData.Step> steps = table(folder, SessionTable.STEPS, SessionRows::step, notices);
        steps.sort(Comparator.comparingDouble(SessionData.Step::timeS));
        List<SessionData.Cue> cues = table(folder, SessionTable.CUES, SessionRows::cue, notices);
        cues.sort(Comparator.comparingDouble(SessionData.Cue::onsetS));
        List<SessionData.Stride> strides = table(folder, SessionTable.STRIDES, SessionRows::stride, notices);
        strides.sort(Comparator.comparingDouble(SessionData.Stride::endS));
        List<SessionData.Freeze> freezes = table(folder, SessionTable.FREEZES, SessionRows::freeze, notices);
        List<SessionData.Event> events = table(folder, SessionTable.EVENTS, SessionRows::event, notices);
        List<SessionData.Song> songs = Files.exists(folder.resolve(SessionTable.SONGS.file()))
                ? table(folder, SessionTable.SONGS, SessionRows::song, notices)
                : List.of();
        List<SessionData.BlockSpan> blocks = table(folder, SessionTable.BLOCKS, SessionRows::block, notices);
        double lastS = Math.max(
                steps.isEmpty() ? 0 : steps.getLast().timeS(),
                events.isEmpty() ? 0 : events.getLast().timeS());
        SessionData.BlockSpan open = header.open();
        if (open != null && goesOn(open, blocks)) {
            blocks.add(new SessionData.BlockSpan(
                    open.index(), open.kind(), open.startS(), Math.max(open.startS(), lastS), open.levelPct()));
        }
        return new SessionData(
                header.id(),
                header.programme(),
                header.condition(),
                header.startedUtc(),
                header.baselineSpm(),
                header.simulated(),
                blocks,
                steps,
                cues,
                strides,
                freezes,
                events,
                songs);
    }

    /** Returns whether an open block has no row yet: a power cut can come after the row and before session.json. */
    private static boolean goesOn(SessionData.BlockSpan open, List<SessionData.BlockSpan> blocks) {
        return blocks.isEmpty() || blocks.getLast().startS() < open.startS();
    }

    private static <T> List<T> table(Path folder, SessionTable table, Row<T> row, Consumer<String> notices)
            throws IOException {
        Path file = folder.resolve(table.file());
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new SessionException(file + ": missing; bring it back from a copy, or make it with the one line "
                    + table.header() + " if nothing of it is left");
        }
        List<T> rows = new ArrayList<>();
        int line = 0;
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            line++;
            String content = text.substring(from, end);
            from = end + 1;
            if (line > 1) {
                rows.add(row.read(new RowFields(file, line, table.header(), content)));
            } else if (!content.equals(table.header())) {
                throw new SessionException(
                        file + ":1: expected " + table.header() + ", found '" + content + "'; " + RowFields.advice());
            }
        }
        if (from < text.length()) {
            notices.accept(
                    file + ":" + (line + 1) + ": the last line was not finished, as after a power cut; it is left out");
        }
        if (line == 0) {
            notices.accept(file + ": empty, as after a power cut; taken as a table without rows");
        }
        return rows;
    }
}
