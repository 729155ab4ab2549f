package dev.entrain.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.agent.RunningAgent;
import dev.entrain.journal.JournalException;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.sqlite.JournalReader;
import dev.entrain.journal.sqlite.JournalSnapshot;
import dev.entrain.journal.sqlite.SqliteJournal;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the journal of walks is whole and gets to the clinic. Works on a copy in the temporary folder, also while the agent
 * runs; opens no record's body.
 */
public final class JournalCheck implements Check {
    private static final String AREA = "journal";

    /** A greater journal takes too long to be read whole here. */
    private static final long MOST_BYTES = 64L << 20;

    /** Some hours of walking. */
    private static final long MANY_WAITING = 50_000;

    private static final double FULL = 0.9;

    private final Path stateDir;
    private final JournalLimits limits;
    private final boolean sends;
    private final @Nullable RunningAgent agent;

    /**
     * Makes one.
     *
     * @param stateDir the unit's state folder
     * @param limits what the journal may hold
     * @param sends whether the unit is set up to tell a clinic
     * @param agent that runs; null if none does
     */
    public JournalCheck(Path stateDir, JournalLimits limits, boolean sends, @Nullable RunningAgent agent) {
        this.stateDir = stateDir;
        this.limits = limits;
        this.sends = sends;
        this.agent = agent;
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        Path file = stateDir.resolve(SqliteJournal.FILE);
        try {
            if (Files.isDirectory(stateDir) && !Files.isReadable(stateDir)) {
                findings.add(Finding.fail(
                        AREA,
                        "whole",
                        stateDir + ": permission denied",
                        "Run this as root (sudo) or as the agent's user"));
            } else if (!Files.exists(file)) {
                findings.add(Finding.ok(AREA, "whole", "none yet; the first walk makes it"));
            } else {
                long bytes = Files.size(file) + size(stateDir.resolve(SqliteJournal.FILE + "-wal"));
                read(bytes, findings);
                findings.add(quota(bytes));
            }
        } catch (IOException e) {
            findings.add(Words.fail(AREA, "whole", String.valueOf(e.getMessage()), "Run this as root (sudo)"));
        }
        setAside(findings);
        if (agent != null) {
            findings.add(writing(agent.status().path("counters")));
        }
        return findings;
    }

    /** Copies and reads it; what can't be read is a finding. */
    private void read(long bytes, List<Finding> to) throws IOException {
        if (bytes > MOST_BYTES) {
            to.add(Finding.skipped(
                    AREA, "whole", Figures.bytes(bytes) + " take too long here: entrain journal check reads them"));
            told(to);
            return;
        }
        Path folder = Files.createTempDirectory("entrain-doctor");
        try (JournalReader reader = SqliteJournal.openReadOnly(JournalSnapshot.copy(stateDir, folder))) {
            List<String> wrong = reader.check();
            long sessions = reader.sessions().size();
            to.add(
                    wrong.isEmpty()
                            ? Finding.ok(AREA, "whole", Figures.bytes(bytes) + ", " + sessions + " sessions")
                            : damaged(wrong.getFirst()));
            to.add(waiting(agent == null ? reader.waiting() : toldWaiting()));
        } catch (JournalException e) {
            to.add(damaged(String.valueOf(e.getMessage())));
        } finally {
            remove(folder);
        }
    }

    private void told(List<Finding> to) {
        to.add(
                agent == null
                        ? Finding.skipped(AREA, "waiting", "entrain journal status tells it")
                        : waiting(toldWaiting()));
    }

    private long toldWaiting() {
        return agent == null
                ? 0
                : agent.status().path("journal").path("waiting").asLong();
    }

    private Finding damaged(String why) {
        return Finding.fail(
                AREA,
                "whole",
                "damaged: " + why.replace(stateDir.toString(), "state folder"),
                "Copy " + stateDir
                        + " away first (sudo cp -a); at its next start the agent sets the file aside and begins a new"
                        + " one. If it happens again, exchange the SD card");
    }

    private Finding waiting(long records) {
        String value = records + " records wait for the clinic";
        if (!sends && records > 0) {
            return Finding.ok(AREA, "waiting", value + "; telemetry is switched off");
        }
        return records > MANY_WAITING
                ? Finding.warn(AREA, "waiting", value, "Bring the unit to its network for an hour; see broker below")
                : Finding.ok(AREA, "waiting", value);
    }

    private Finding quota(long bytes) {
        String value = String.format(Locale.ROOT, "%s of %s", Figures.bytes(bytes), Figures.bytes(limits.maxBytes()));
        long waiting = toldWaiting();
        return bytes > FULL * (double) limits.maxBytes() && sends && waiting > MANY_WAITING
                ? Finding.warn(
                        AREA, "quota", value, "Records nobody has will give way: bring the unit to its network now")
                : Finding.ok(AREA, "quota", value);
    }

    private static Finding writing(JsonNode counters) {
        long failed = counters.path("journal_writes_failed").asLong();
        long lost = counters.path("journal_records_lost").asLong()
                + counters.path("records_refused").asLong();
        String value = failed + " writes refused, " + lost + " records lost since the agent started";
        return failed + lost > 0
                ? Finding.warn(
                        AREA,
                        "writing",
                        value,
                        "The disk was full or too slow: see disk; exchange the SD card if it stays")
                : Finding.ok(AREA, "writing", value);
    }

    private void setAside(List<Finding> to) {
        int count = 0;
        try (DirectoryStream<Path> damaged = Files.newDirectoryStream(stateDir, SqliteJournal.FILE + ".corrupt-*")) {
            for (Path ignored : damaged) {
                count++;
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // Told by the others.
        }
        if (count > 0) {
            to.add(Finding.warn(
                    AREA,
                    "set aside",
                    count + " damaged journals lie in the state folder",
                    "Copy " + stateDir + "/" + SqliteJournal.FILE
                            + ".corrupt-* to whoever looks after the unit, then remove them"));
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
