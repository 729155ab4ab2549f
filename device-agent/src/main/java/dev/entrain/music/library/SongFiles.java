package dev.entrain.music.library;

import dev.entrain.music.MusicException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The files of the shelf: {@code songs/HASH.flac}, or {@code songs/HASH.stems/drums.flac} for a song in parts. A file is copied
 * into {@code incoming} and moved to its place when it is whole and on the disk, so that a kill or a power cut leaves
 * nothing half. Not thread-safe.
 */
final class SongFiles {
    /** The folder of the copies. */
    static final String SONGS = "songs";

    private static final String INCOMING = "incoming";
    private static final int HASH_DIGITS = 16;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int MOST_LEFTOVERS = 1000;
    private static final double MEGABYTE = 1 << 20;
    private static final String ROOT = "root";

    private final Path folder;
    private final long keepFreeBytes;

    /**
     * Touches nothing yet.
     *
     * @param folder of the shelf
     * @param keepFreeBytes what must stay free for walks
     */
    SongFiles(Path folder, long keepFreeBytes) {
        this.folder = folder;
        this.keepFreeBytes = keepFreeBytes;
    }

    /** Makes the folders, and throws away what a killed copy left. */
    void prepare() throws IOException {
        Files.createDirectories(folder);
        own(folder);
        for (String name : List.of(SONGS, INCOMING)) {
            Files.createDirectories(folder.resolve(name));
            own(folder.resolve(name));
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder.resolve(INCOMING))) {
            int count = 0;
            for (Path file : left) {
                removeAll(file);
                if (++count >= MOST_LEFTOVERS) {
                    break;
                }
            }
        }
    }

    /** Returns the hash of a song: of its files one after another; empty if {@code progress} asked to stop. */
    static String hash(List<Path> files, Progress progress) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[BLOCK_BYTES];
        long all = bytes(files);
        long done = 0;
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                for (int got = in.read(block); got >= 0; got = in.read(block)) { // Ends with the file.
                    digest.update(block, 0, got);
                    done += got;
                    if (!progress.reached(Math.min(1, (double) done / Math.max(1, all)))) {
                        return "";
                    }
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
    }

    /** Returns the size of files, together. */
    static long bytes(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /** Returns where each file of a song belongs, as names within the shelf's folder. */
    static List<String> places(String hash, List<Path> files) {
        List<String> places = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            places.add(
                    files.size() == 1
                            ? SONGS + "/" + hash + "." + ending
                            : SONGS + "/" + hash + SongSource.PARTS + "/" + name);
        }
        return places;
    }

    /** Returns a part's name: its file's, without the ending and without a number that only keeps the order. */
    static String partName(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String plain = dot > 0 ? name.substring(0, dot) : name;
        String unnumbered = plain.replaceFirst("^[0-9]+[-_. ]+", "");
        return unnumbered.isEmpty() ? plain : unnumbered;
    }

    /** Returns a file of the shelf. */
    Path at(String place) {
        return folder.resolve(place);
    }

    /**
     * Makes sure that there is room before anything is copied.
     *
     * @throws MusicException if not
     */
    void checkRoom(Path source, long bytes) throws IOException, MusicException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free - bytes < keepFreeBytes) {
            throw new MusicException(String.format(
                    Locale.ROOT,
                    "%s: no room: it needs %.0f MB, and of the %.0f MB that are free %.0f MB stay free for walks; remove"
                            + " songs (entrain music remove) or take a larger card",
                    source,
                    bytes / MEGABYTE,
                    free / MEGABYTE,
                    keepFreeBytes / MEGABYTE));
        }
    }

    /**
     * Copies a song's files to their places.
     *
     * @return whether all are there; false if {@code progress} asked to stop
     * @throws MusicException if they are not what was listened to
     */
    boolean copy(List<Path> from, List<String> places, String hash, Progress progress)
            throws IOException, MusicException {
        if (allThere(from, places)) {
            return true;
        }
        MessageDigest digest = sha256();
        List<Path> fresh = new ArrayList<>();
        long all = bytes(from);
        long[] done = new long[1];
        try {
            for (int i = 0; i < from.size(); i++) {
                Path to = folder.resolve(INCOMING).resolve(hash + "-" + i);
                fresh.add(to);
                if (!copy(from.get(i), to, digest, share -> progress.reached(Math.min(1, share)), done, all)) {
                    return false;
                }
            }
            if (!HexFormat.of().formatHex(digest.digest()).startsWith(hash)) {
                throw new MusicException(from.getFirst()
                        + ": changed while it was being added; wait until it is whole, then add it again");
            }
            put(fresh, places.stream().map(this::at).toList());
            return true;
        } finally {
            for (Path file : fresh) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Moves copies to their places; parts together, in their folder, so that there is never a part of a song. */
    private void put(List<Path> fresh, List<Path> places) throws IOException {
        Path folderOfParts = places.size() == 1 ? null : places.getFirst().getParent();
        Path together = folder.resolve(INCOMING).resolve("parts");
        boolean atOnce = folderOfParts != null && !Files.exists(folderOfParts);
        if (atOnce) {
            Files.createDirectory(together);
            own(together);
        }
        for (int i = 0; i < fresh.size(); i++) {
            Path place = atOnce ? together.resolve(places.get(i).getFileName()) : places.get(i);
            Files.move(fresh.get(i), place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        if (atOnce && folderOfParts != null) {
            Files.move(together, folderOfParts, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Whether what is to be added lies in its place already: the shelf's own folder is being added anew. */
    private boolean allThere(List<Path> from, List<String> places) throws IOException {
        for (int i = 0; i < from.size(); i++) {
            if (!Files.exists(at(places.get(i))) || !Files.isSameFile(from.get(i), at(places.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private boolean copy(Path from, Path to, MessageDigest digest, Progress progress, long[] done, long all)
            throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        try (InputStream in = Files.newInputStream(from);
                FileChannel out = FileChannel.open(
                        to,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            own(to);
            for (int got = in.read(block); got >= 0; got = in.read(block)) { // Ends with the file.
                digest.update(block, 0, got);
                ByteBuffer bytes = ByteBuffer.wrap(block, 0, got);
                while (bytes.hasRemaining()) { // Ends: each write takes at least a byte or throws.
                    out.write(bytes);
                }
                done[0] += got;
                if (!progress.reached((double) done[0] / Math.max(1, all))) {
                    return false;
                }
            }
            out.force(true);
        }
        return true;
    }

    /** Removes a song's files, and their folder if it had one. */
    void remove(String hash, List<String> places) throws IOException {
        for (String place : places) {
            Files.deleteIfExists(at(place));
        }
        Path parts = folder.resolve(SONGS).resolve(hash + SongSource.PARTS);
        if (Files.isDirectory(parts, LinkOption.NOFOLLOW_LINKS)) {
            removeAll(parts);
        }
    }

    /** Removes a file, or a folder with the files in it. */
    private static void removeAll(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place, 1)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Gives what root made to whoever owns the folder around the shelf, or the agent could not write there. */
    void own(Path made) throws IOException {
        Path state = folder.toAbsolutePath().getParent();
        if (state == null) {
            return;
        }
        if (!ROOT.equals(System.getProperty("user.name"))) {
            return; // Only root makes what is another's, and only root can give it away.
        }
        PosixFileAttributes wanted = Files.readAttributes(state, PosixFileAttributes.class);
        PosixFileAttributeView view =
                Files.getFileAttributeView(made, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributes now = view.readAttributes();
        if (now.owner().getName().equals(ROOT) && !now.owner().equals(wanted.owner())) {
            view.setOwner(wanted.owner());
            view.setGroup(wanted.group());
        }
    }

    /** The same with a folder and the files in it, if it is there. */
    void ownAll(Path made) throws IOException {
        if (!Files.isDirectory(made)) {
            return;
        }
        own(made);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(made)) {
            for (Path file : all) {
                own(file);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
