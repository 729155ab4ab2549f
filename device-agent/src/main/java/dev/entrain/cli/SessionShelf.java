package dev.entrain.cli;

import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.journal.KeptHeader;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.SessionException;
import dev.entrain.journal.SessionFiles;
import dev.entrain.journal.SessionFolder;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.session.Programme;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where past sessions are, as options of a command, and what is there. */
final class SessionShelf {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MOST_NAMED = 10;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The unit's state folder, or a folder of sessions. Default: state.")
    private @Nullable Path state;

    @Option(names = "--config", paramLabel = "FILE", description = "The unit's configuration: uses its state folder.")
    private @Nullable Path config;

    private @Nullable AgentConfig read;

    /** Where a session's facts are. */
    interface Source {
        /** Returns the facts. */
        SessionData facts() throws IOException;

        /** Returns the programme as run; null where there is none. */
        @Nullable
        String programmeToml() throws IOException;

        /** Returns where this is, for a person. */
        String place();
    }

    /**
     * A session that was read.
     *
     * @param folder its folder's name; its id where it is in the journal
     */
    record Kept(String folder, SessionSummary summary, Source source) {}

    private record InFolder(Path folder) implements Source {
        @Override
        public SessionData facts() throws IOException {
            return SessionFolder.read(folder);
        }

        @Override
        public @Nullable String programmeToml() throws IOException {
            Path file = folder.resolve(SessionFiles.PROGRAMME);
            return Files.exists(file) ? Files.readString(file) : null;
        }

        @Override
        public String place() {
            return folder.toString();
        }
    }

    private record InJournal(JournalShelf shelf, KeptSession kept, Path file) implements Source {
        @Override
        public SessionData facts() throws IOException {
            return shelf.facts(kept);
        }

        @Override
        public @Nullable String programmeToml() throws IOException {
            return shelf.programmeToml(kept);
        }

        @Override
        public String place() {
            return file + ", session " + kept.id();
        }
    }

    /**
     * The sessions there are.
     *
     * @param kept oldest first
     * @param damaged a sentence for each that could not be read
     * @param newer those of {@code damaged} that are newer than the newest of {@code kept}
     * @param journal where some of them are read from, closed with this; null if there is none
     */
    record Contents(
            Path place,
            List<Kept> kept,
            List<String> damaged,
            List<String> newer,
            @Nullable JournalShelf journal) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (journal != null) {
                journal.close();
            }
        }

        List<SessionSummary> summaries() {
            return kept.stream().map(Kept::summary).toList();
        }

        /** Whether "last" is not the newest session there is, which is told. */
        boolean tellNewer(String name, PrintWriter err) {
            if (!name.equals("last") || newer.isEmpty()) {
                return false;
            }
            err.println("Not the newest session: " + kept.getLast().summary().id()
                    + " is the newest that can be read, and a newer one can't be:");
            newer.forEach(err::println);
            err.flush();
            return true;
        }

        /** Tells what could not be read; the others are shown all the same. */
        void tellDamaged(PrintWriter err) {
            damaged.forEach(err::println);
            if (!damaged.isEmpty()) {
                err.printf(
                        Locale.ROOT,
                        "%d of %d sessions left out. Nothing in them was changed.%n",
                        damaged.size(),
                        damaged.size() + kept.size());
                err.flush();
            }
        }
    }

    /** Returns the unit's name; empty if no configuration was named. */
    String unit() throws ConfigException {
        AgentConfig unit = configuration();
        return unit == null ? "" : unit.telemetry().unit();
    }

    private @Nullable AgentConfig configuration() throws ConfigException {
        if (read == null && config != null) {
            read = AgentConfig.read(config);
        }
        return read;
    }

    private Path stateDir() throws ConfigException {
        AgentConfig unit = configuration();
        return state != null ? state : unit == null ? Path.of("state") : unit.stateDir();
    }

    private Path place() throws IOException, ConfigException {
        Path folder = stateDir();
        Path sessions = folder.resolve(SessionFiles.SESSIONS);
        if (Files.isDirectory(sessions)) {
            return sessions;
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    folder + ": no such folder, so no sessions; name the unit's state folder with --state,"
                            + " or its configuration with --config");
        }
        return folder;
    }

    /**
     * Reads every session of the journal and of the folders beside it; one that can't be read is told of and left out. Close
     * it.
     */
    Contents contents() throws IOException, ConfigException {
        Path place = place();
        Reading reading = new Reading();
        for (Path folder : SessionFolder.list(place)) {
            reading.add(folder.getFileName().toString(), folder.getFileName().toString(), new InFolder(folder));
        }
        JournalShelf journal = JournalShelf.isIn(stateDir()) ? JournalShelf.open(stateDir()) : null;
        if (journal != null) {
            for (KeptSession kept : journal.sessions()) {
                reading.add(
                        kept.id(),
                        "the journal",
                        new InJournal(journal, kept, stateDir().resolve("journal.db")));
            }
        }
        reading.kept.sort(Comparator.comparing(one -> one.summary().startedUtc()));
        return new Contents(place, reading.kept, reading.damaged, reading.newer, journal);
    }

    /** What was read so far, oldest first. */
    private static final class Reading {
        final List<Kept> kept = new ArrayList<>();
        final List<String> damaged = new ArrayList<>();
        final List<String> newer = new ArrayList<>();
        final Map<String, String> seen = new HashMap<>();

        void add(String name, String place, Source source) {
            try {
                SessionSummary summary = SessionSummaries.of(source.facts());
                String first = seen.putIfAbsent(summary.id(), place);
                if (first == null) {
                    kept.add(new Kept(name, summary, source));
                    newer.clear();
                } else {
                    damaged.add(source.place() + ": holds session " + summary.id() + ", as " + first
                            + " does; move one of the two elsewhere");
                }
            } catch (SessionException e) {
                damaged.add(e.getMessage());
                newer.add(e.getMessage());
            } catch (IOException e) {
                String sentence =
                        source.place() + ": can't be read (" + e.getMessage() + "); check its owner and rights";
                damaged.add(sentence);
                newer.add(sentence);
            }
        }
    }

    /**
     * Finds a session.
     *
     * @param name its id, the beginning of it, its folder's name, or "last": the newest that can be read, see {@link
     *     Contents#tellNewer}
     * @throws IOException telling which there are, if there is none or more than one; or what is wrong with its folder
     */
    static Kept find(Contents contents, String name) throws IOException {
        List<Kept> kept = contents.kept();
        if (name.equals("last") && !kept.isEmpty()) {
            return kept.getLast();
        }
        List<Kept> found = new ArrayList<>();
        for (Kept one : kept) {
            String id = one.summary().id();
            if (id.equals(name) || one.folder().equals(name)) {
                return one;
            }
            if (!name.isEmpty() && id.startsWith(name)) {
                found.add(one);
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        for (String damage : contents.damaged()) {
            if (!name.isEmpty() && damage.contains(name)) {
                throw new IOException(damage);
            }
        }
        throw new IOException(unknown(contents, name, found));
    }

    private static String unknown(Contents contents, String name, List<Kept> found) {
        if (contents.kept().isEmpty()) {
            return contents.place() + ": no session that can be read is kept here; name another folder with --state, or"
                    + " walk one with `entrain session run`";
        }
        List<Kept> shown = found.isEmpty() ? contents.kept() : found;
        StringBuilder list = new StringBuilder(
                found.isEmpty() ? "no session " + name : found.size() + " sessions begin with " + name);
        list.append(" in ").append(contents.place()).append("; name one of these, or \"last\":");
        int from = Math.max(0, shown.size() - MOST_NAMED);
        for (Kept one : shown.subList(from, shown.size())) {
            list.append(System.lineSeparator())
                    .append("  ")
                    .append(one.summary().id())
                    .append("  ")
                    .append(DATE.format(one.summary().startedUtc()))
                    .append(" UTC  ")
                    .append(one.summary().programme());
        }
        if (from > 0) {
            list.append(System.lineSeparator()).append("  and ").append(from).append(" older (entrain session list)");
        }
        return list.toString();
    }

    /** Returns the programme a session was given; null if its copy is not there or can't be read, which is told. */
    static @Nullable Programme programme(Kept kept, PrintWriter err) throws IOException {
        String toml = kept.source().programmeToml();
        if (toml == null && kept.summary().programme().equals(KeptHeader.Plan.PLAIN.programme())) {
            return null;
        }
        try {
            if (toml == null) {
                throw new ConfigException(kept.source().place() + ": no " + SessionFiles.PROGRAMME + " in it");
            }
            return ProgrammeFile.of(kept.source().place() + ", " + SessionFiles.PROGRAMME, toml);
        } catch (ConfigException e) {
            err.println(e.getMessage());
            err.println("The report does without what was prescribed.");
            err.flush();
            return null;
        }
    }
}
