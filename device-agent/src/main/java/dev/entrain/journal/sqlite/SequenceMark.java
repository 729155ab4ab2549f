package dev.entrain.journal.sqlite;

import dev.entrain.journal.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tinylog.Logger;

/**
 * What makes sequence numbers unique within a boot even when the journal's file is lost: a small file beside it, {@code
 * journal.seq}. It holds the boot and a base; every number that ever got to the disk in this boot is at most the base and the
 * boot's monotonic milliseconds then. Who begins without the old file goes on from there. It is written when the journal is
 * opened, and again only if there are more than 1,000 records a second for long. It also says that the file was closed in good
 * order in this boot, so that the next start need not read all of it. Without this file (two files lost at once) numbers start
 * at the boot's milliseconds. Not thread-safe.
 */
final class SequenceMark {
    /** The file's name in the state folder. */
    static final String FILE = "journal.seq";

    private static final long MS = 1_000_000;
    private static final long MARGIN = 10_000;
    private static final String IN_USE = "-";

    private final Path file;
    private final Path database;
    private final String bootId;
    private String closedAs = IN_USE;
    private long base;
    private boolean kept;
    private boolean told;

    /**
     * Reads what the last start of the agent left; of another boot it counts for nothing.
     *
     * @param database the journal's file
     */
    SequenceMark(Path database, String bootId) {
        file = database.resolveSibling(FILE);
        this.database = database;
        this.bootId = bootId;
        try {
            List<String> words =
                    Files.exists(file) ? List.of(Files.readString(file).strip().split(" ", -1)) : List.of();
            if (words.size() == 3 && words.get(0).equals(bootId)) {
                base = Math.max(0, Long.parseLong(words.get(1)));
                closedAs = words.get(2);
            }
        } catch (IOException | NumberFormatException e) {
            Logger.warn("{}: can't be read ({}); numbers go on from the journal's.", file, e.getMessage());
        }
    }

    /** Returns a number that none of this boot is greater than. */
    long floor(long nowNs) {
        return base + Math.max(0, nowNs / MS);
    }

    /** Tells whether the journal's file was closed in good order in this boot and is as it was then. */
    boolean closedInOrder() {
        return !closedAs.equals(IN_USE) && closedAs.equals(looks());
    }

    /** The journal is in use, and numbers go on above this one. */
    void begin(long lastSeq, long nowNs) {
        base = Math.max(base, lastSeq - Math.max(0, nowNs / MS));
        write(IN_USE);
    }

    /** To be called before numbers up to this one get to the disk. */
    void cover(long lastSeq, long nowNs) {
        long above = lastSeq - floor(nowNs);
        if (above > 0) {
            base += above + MARGIN;
        }
        if (above > 0 || !kept) {
            write(IN_USE);
        }
    }

    /** The journal's file was closed in good order. */
    void closed() {
        write(looks());
    }

    private String looks() {
        try {
            return Files.size(database) + ":" + Files.getLastModifiedTime(database);
        } catch (IOException e) {
            return IN_USE;
        }
    }

    private void write(String looks) {
        try {
            WholeFile.replace(file, bootId + " " + base + " " + looks + "\n");
            kept = true;
            told = false;
        } catch (IOException e) {
            kept = false; // Tried again with the next commit.
            if (!told) {
                told = true;
                Logger.warn("{}: can't be written ({}). Free some space.", file, e.getMessage());
            }
        }
    }
}
