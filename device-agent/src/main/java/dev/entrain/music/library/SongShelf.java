package dev.entrain.music.library;

import dev.entrain.music.MusicException;
import dev.entrain.music.Part;
import dev.entrain.music.PlainText;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.sqlite.NativeLibrary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The songs of a unit, in the folder {@code music} of its state folder: copied files, and what was found out about them in
 * {@code music.db}. Adding and removing are for one process at a time, everything else may go on beside it. What a kill or a
 * power cut interrupts is not there, and is added by adding it again. Thread-safe; it waits for the disk.
 */
public final class SongShelf {
    /** Its place in the state folder. */
    public static final String FOLDER = "music";

    /** The journal may grow to 256 MB, and a card wants some room besides. */
    public static final long KEEP_FREE_BYTES = 300L << 20;

    private static final String LOCK = "lock";
    private static final double HASHED = 0.05;
    private static final double HEARD = 0.93;
    private static final int LEAST_HASH_DIGITS = 4;
    private static final int MOST_NAMED = 10;

    private final Path stateDir;
    private final Path folder;
    private final SongFiles files;

    /** What is done with the open table. */
    private interface Work<T> {
        T with(SongTable table) throws SQLException, IOException, MusicException;
    }

    /** Touches nothing yet; the folder is made when a song is added. */
    public SongShelf(Path stateDir) {
        this(stateDir, KEEP_FREE_BYTES);
    }

    SongShelf(Path stateDir, long keepFreeBytes) {
        this.stateDir = stateDir;
        folder = stateDir.resolve(FOLDER);
        files = new SongFiles(folder, keepFreeBytes);
    }

    /** Returns the shelf's folder. */
    public Path folder() {
        return folder;
    }

    /** Returns every song whose files are there, by artist and title; none where nothing was ever added. */
    public List<Song> all() throws MusicException {
        return entries().stream()
                .filter(entry -> !entry.missing())
                .map(ShelfEntry::song)
                .toList();
    }

    /** Returns every song, also one whose file has vanished. */
    public List<ShelfEntry> entries() throws MusicException {
        return contents().rows().stream()
                .map(row -> new ShelfEntry(row.song(), !there(row), row.lastPlayedS(), row.note(), row.bytes()))
                .toList();
    }

    /**
     * Returns the names of rows of the database that are damaged, mostly hashes: such songs are left out. Adding one's file
     * again heals it, {@link #remove} takes it away.
     */
    public List<String> damaged() throws MusicException {
        return contents().damaged();
    }

    private SongTable.Contents contents() throws MusicException {
        return exists() ? in(SongTable::all) : new SongTable.Contents(List.of(), List.of());
    }

    /** Whether anything was ever added; a folder that may not be looked into is no empty one. */
    private boolean exists() throws MusicException {
        if (SongTable.exists(folder)) {
            return true;
        }
        if (!Files.notExists(folder.resolve(SongTable.FILE))) {
            throw new MusicException(folder + ": permission denied; run this as root (sudo) or as the agent's user");
        }
        return false;
    }

    /**
     * Finds a song whose files are there.
     *
     * @param hashOrTitle see {@link #entry}
     */
    public Optional<Song> find(String hashOrTitle) throws MusicException {
        return entry(hashOrTitle).filter(entry -> !entry.missing()).map(ShelfEntry::song);
    }

    /**
     * Finds a song.
     *
     * @param name its hash or the beginning of it, its title, or a part of its title or artist that only it has; large and
     *     small letters are the same
     * @throws MusicException if more than one is meant, naming them
     */
    public Optional<ShelfEntry> entry(String name) throws MusicException {
        String wanted = PlainText.of(name, PlainText.MOST_NAME).toLowerCase(Locale.ROOT);
        List<ShelfEntry> titled = new ArrayList<>();
        List<ShelfEntry> like = new ArrayList<>();
        for (ShelfEntry entry : entries()) {
            Song song = entry.song();
            String title = song.title().toLowerCase(Locale.ROOT);
            if (song.hash().equals(wanted)) {
                return Optional.of(entry);
            }
            if (title.equals(wanted)
                    || (wanted.length() >= LEAST_HASH_DIGITS && song.hash().startsWith(wanted))) {
                titled.add(entry);
            } else if (!wanted.isEmpty()
                    && (title.contains(wanted)
                            || song.artist().toLowerCase(Locale.ROOT).contains(wanted))) {
                like.add(entry);
            }
        }
        List<ShelfEntry> found = titled.isEmpty() ? like : titled;
        if (found.size() > 1) {
            throw new MusicException(several(name, found));
        }
        return found.stream().findFirst();
    }

    private static String several(String name, List<ShelfEntry> found) {
        StringBuilder text =
                new StringBuilder(found.size() + " songs are called like \"" + name + "\"; name one by its hash:");
        for (ShelfEntry entry : found.subList(0, Math.min(MOST_NAMED, found.size()))) {
            text.append(System.lineSeparator())
                    .append("  ")
                    .append(entry.song().hash())
                    .append("  ")
                    .append(entry.song().title());
            if (!entry.song().artist().isEmpty()) {
                text.append(", ").append(entry.song().artist());
            }
        }
        return text.append(found.size() > MOST_NAMED ? System.lineSeparator() + "  and more" : "")
                .toString();
    }

    /**
     * Adds a song: listens to it and copies it. One that is there already is only told.
     *
     * @param scan listens
     * @param progress hears how far it is
     * @return empty if {@code progress} asked to stop; then nothing of the song is kept
     * @throws MusicException if it can't be added, saying why and what to do
     */
    public Optional<Added> add(SongSource source, SongScan scan, Progress progress) throws MusicException {
        try {
            Files.createDirectories(folder);
            files.own(folder);
        } catch (IOException e) {
            throw refused(e);
        }
        try (FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            take(channel);
            files.own(folder.resolve(LOCK));
            files.prepare();
            return addLocked(source, scan, progress);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private Optional<Added> addLocked(SongSource source, SongScan scan, Progress progress)
            throws IOException, MusicException {
        String hash = hash(source, progress);
        if (hash.isEmpty()) {
            return Optional.empty();
        }
        Optional<SongRow> before = contents().rows().stream()
                .filter(row -> row.song().hash().equals(hash))
                .findFirst();
        if (before.isPresent() && there(before.get())) {
            return Optional.of(new Added(
                    Added.Outcome.THERE, before.get().song(), before.get().note()));
        }
        long bytes = SongFiles.bytes(source.files());
        files.checkRoom(source.place(), bytes);
        List<String> places = SongFiles.places(hash, source.files());
        if (before.isPresent() && before.get().places().size() == places.size()) {
            // Where the song has its files: its sound may have come under another name this time.
            boolean whole = files.copy(source.files(), before.get().places(), hash, progress);
            return whole
                    ? Optional.of(new Added(
                            Added.Outcome.RESTORED,
                            before.get().song(),
                            before.get().note()))
                    : Optional.empty();
        }
        Optional<SongScan.Heard> heard =
                scan.hear(source, share -> progress.reached(HASHED + share * (HEARD - HASHED)));
        if (heard.isEmpty()
                || !files.copy(source.files(), places, hash, share -> progress.reached(HEARD + share * (1 - HEARD)))) {
            return Optional.empty();
        }
        Song song = song(hash, heard.get(), source, places);
        in(table -> {
            table.insert(song, places, heard.get().note(), bytes);
            return true;
        });
        return Optional.of(new Added(Added.Outcome.NEW, song, heard.get().note()));
    }

    private static String hash(SongSource source, Progress progress) throws MusicException {
        try {
            return SongFiles.hash(source.files(), share -> progress.reached(share * HASHED));
        } catch (AccessDeniedException e) {
            throw new MusicException(
                    e.getFile() + ": permission denied; run this as root (sudo) or make it readable", e);
        } catch (IOException e) {
            throw new MusicException(
                    source.place() + ": can't be read to its end (" + e.getMessage() + "); copy it again", e);
        }
    }

    private Song song(String hash, SongScan.Heard heard, SongSource source, List<String> places) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < places.size() && places.size() > 1; i++) {
            parts.add(new Part(SongFiles.partName(source.files().get(i)), files.at(places.get(i))));
        }
        return new Song(
                hash,
                heard.title(),
                heard.artist(),
                heard.durationS(),
                heard.lufs(),
                heard.truePeakDb(),
                heard.beats(),
                Preference.NEUTRAL,
                files.at(places.getFirst()),
                parts);
    }

    /**
     * Removes a song and its files. One that is playing goes on to its end.
     *
     * @param hash its whole hash, or a name of {@link #damaged}
     * @return whether it was there
     */
    public boolean remove(String hash) throws MusicException {
        if (!exists()) {
            return false;
        }
        try (FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            take(channel);
            return in(table -> {
                List<String> places = table.places(hash);
                // First: files without a row are no song, a row without files is a lost one.
                boolean there = table.delete(hash);
                if (there && SongRow.isHash(hash)) {
                    files.remove(hash, places);
                }
                return there;
            });
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** Keeps what the patient thinks of a song; false if it is not there. */
    public boolean prefer(String hash, Preference preference) throws MusicException {
        return exists() && in(table -> table.prefer(hash, preference));
    }

    /**
     * Keeps when a song was played; one that was removed meanwhile is no matter.
     *
     * @param wallTimeS s since 1970 by the unit's wall clock
     */
    public void played(String hash, long wallTimeS) throws MusicException {
        if (exists()) {
            boolean ignored = in(table -> table.played(hash, wallTimeS));
        }
    }

    /** Returns when each song that was ever played was last played, s since 1970 by its hash. */
    public Map<String, Long> lastPlayed() throws MusicException {
        Map<String, Long> played = new HashMap<>();
        for (ShelfEntry entry : entries()) {
            entry.lastPlayedS().ifPresent(atS -> played.put(entry.song().hash(), atS));
        }
        return played;
    }

    private boolean there(SongRow row) {
        return !row.places().isEmpty() && row.places().stream().allMatch(place -> Files.isRegularFile(files.at(place)));
    }

    /** Holds until the channel is closed. */
    private void take(FileChannel channel) throws IOException, MusicException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process; told like another process.
        }
        throw new MusicException(
                folder + ": songs are being added or removed by another command; wait for it, then run this again");
    }

    private <T> T in(Work<T> work) throws MusicException {
        try {
            NativeLibrary.use(stateDir);
            files.ownAll(stateDir.resolve(NativeLibrary.FOLDER));
            try (SongTable table = SongTable.open(folder)) {
                files.own(folder.resolve(SongTable.FILE));
                return work.with(table);
            }
        } catch (IOException e) {
            throw refused(e);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private MusicException refused(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return new MusicException(
                    denied.getFile() + ": permission denied; run this as root (sudo) or as the agent's user", e);
        }
        return new MusicException(
                folder + ": can't be written (" + e.getMessage()
                        + "); free some disk space, or let the agent write to state_dir",
                e);
    }

    private MusicException refused(SQLException e) {
        Path file = folder.resolve(SongTable.FILE);
        String step = switch (e.getErrorCode() & 0xFF) {
            case 5, 6 -> "is in use by another command; wait for it, then run this again"; // BUSY, LOCKED
            case 8, 14, 23 -> "permission denied; run this as root (sudo) or as the agent's user"; // READONLY, ...
            case 10, 13 -> "the disk is full or refuses to write; free some space, then run this again";
            case 11, 26 ->
                "is damaged; move it away and add the songs again: entrain music add "
                        + folder.resolve("songs"); // CORRUPT, NOTADB
            default -> "can't be used; see disk in entrain doctor";
        };
        return new MusicException(file + ": " + step + " (" + e.getMessage() + ")", e);
    }
}
