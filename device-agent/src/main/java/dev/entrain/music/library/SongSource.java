package dev.entrain.music.library;

import dev.entrain.music.MusicException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a song comes from: one file, or a folder {@code NAME.stems} whose files are its parts.
 *
 * @param place the file or the folder
 * @param files the sound, in order of name; more than one are parts
 */
public record SongSource(Path place, List<Path> files) {
    /** Ending of a folder that is one song in parts. */
    public static final String PARTS = ".stems";

    private static final int MOST_FILES = 10_000;
    private static final int MOST_PARTS = 16;
    private static final int DEPTH = 8;

    /** What is taken for music in a folder; whether it can be read is found out when it is added. */
    private static final Set<String> MUSIC = Set.of(
            "wav", "flac", "ogg", "oga", "opus", "mp3", "aif", "aiff", "caf", "m4a", "m4b", "aac", "wma", "ape", "wv",
            "mpc", "alac", "mka", "webm");

    /** Keeps a copy. */
    public SongSource {
        files = List.copyOf(files);
    }

    /** Returns the name to call it by where it has no title of its own: the file's or folder's, without its ending. */
    public String name() {
        String name = place.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * Returns what a file or folder holds, in order of name; in a folder also what lies in its folders.
     *
     * @throws MusicException if there is nothing to add, or more than can be, or something in it can't be
     */
    public static List<SongSource> in(Path place) throws MusicException {
        List<MusicException> refused = new ArrayList<>();
        List<SongSource> found = in(place, refused::add);
        if (!refused.isEmpty()) {
            throw refused.getFirst();
        }
        return found;
    }

    /**
     * Returns what can be added of a file or folder, in order of name.
     *
     * @param refused hears of each folder in it that can't be read or is no song in parts; the rest is returned
     * @throws MusicException if there is nothing to add, or more than can be
     */
    public static List<SongSource> in(Path place, Consumer<MusicException> refused) throws MusicException {
        if (!Files.exists(place)) {
            throw new MusicException(place + ": no such file or folder; check the path");
        }
        Path real = place.toAbsolutePath().normalize();
        if (!Files.isDirectory(real)) {
            return List.of(new SongSource(real, List.of(real)));
        }
        if (isParts(real)) {
            return List.of(parts(real));
        }
        List<SongSource> found = new ArrayList<>();
        boolean[] any = new boolean[1];
        Consumer<MusicException> telling = e -> {
            any[0] = true;
            refused.accept(e);
        };
        for (Path one : walk(real, telling)) {
            try {
                found.add(isParts(one) ? parts(one) : new SongSource(one, List.of(one)));
            } catch (MusicException e) {
                telling.accept(e);
            }
        }
        if (found.isEmpty() && !any[0]) {
            throw new MusicException(place + ": holds no music (wav, flac, ogg, opus, mp3); name another folder");
        }
        if (found.size() >= MOST_FILES) {
            throw new MusicException(place + ": holds more than " + MOST_FILES + " songs; add its folders one by one");
        }
        return found;
    }

    /** The files that look like music and the folders of parts, which are not looked into. */
    private static List<Path> walk(Path folder, Consumer<MusicException> refused) throws MusicException {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), DEPTH, new Search(found, refused));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        found.sort(Comparator.comparing(Path::toString));
        return found;
    }

    /** Goes on behind what can't be read, and past a link that leads back to where it lies. */
    private static final class Search extends SimpleFileVisitor<Path> {
        private final List<Path> found;
        private final Consumer<MusicException> refused;

        Search(List<Path> found, Consumer<MusicException> refused) {
            this.found = found;
            this.refused = refused;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (isParts(folder) && !hidden(folder)) {
                found.add(folder);
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // At the greatest depth a folder is visited like a file.
            if (!hidden(file) && (attributes.isDirectory() ? isParts(file) : isMusic(file))) {
                found.add(file);
            }
            return found.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            if (!(e instanceof FileSystemLoopException) && !hidden(file)) {
                refused.accept(unreadable(file, e));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            if (e != null) {
                refused.accept(unreadable(folder, e));
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static SongSource parts(Path folder) throws MusicException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                if (isMusic(file) && !hidden(file)) {
                    files.add(file);
                }
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        files.sort(Comparator.comparing(Path::toString));
        if (files.size() < 2 || files.size() > MOST_PARTS) {
            throw new MusicException(folder + ": a song in parts has 2 to " + MOST_PARTS + " sound files (drums, bass,"
                    + " melody), not " + files.size() + "; correct the folder");
        }
        return new SongSource(folder, files);
    }

    private static boolean isParts(Path path) {
        return path.getFileName() != null
                && path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(PARTS)
                && Files.isDirectory(path);
    }

    private static boolean isMusic(Path path) {
        String name = path.getFileName().toString();
        return MUSIC.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                && Files.isRegularFile(path);
    }

    /** Also what other systems leave beside each file on a stick. */
    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static MusicException unreadable(Path folder, IOException e) {
        return new MusicException(
                folder + ": can't be read (" + e.getMessage() + "); run this as root (sudo) or make it readable", e);
    }
}
