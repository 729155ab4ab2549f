package dev.entrain.audio.alsa;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds out from the kernel which programs have a playing device open. */
final class CardUsers {
    private static final int MOST = 8;
    private static final String OWNER = "owner_pid";

    private final Path proc;

    /** Looks in a folder that is laid out as {@code /proc}. */
    CardUsers(Path proc) {
        this.proc = proc;
    }

    /** Returns each as {@code name (process 123)}, at most {@value #MOST}; empty where nobody has or nothing is known. */
    List<String> find() {
        List<String> users = new ArrayList<>();
        // Such as /proc/asound/card0/pcm0p/sub0/status, where p means playback.
        try (DirectoryStream<Path> cards = Files.newDirectoryStream(proc.resolve("asound"), "card[0-9]*")) {
            for (Path card : cards) {
                addUsersOf(card, users);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return users; // A host without sound has no such folder.
        }
        return users;
    }

    private void addUsersOf(Path card, List<String> users) throws IOException {
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(card, "pcm*p")) {
            for (Path device : devices) {
                try (DirectoryStream<Path> streams = Files.newDirectoryStream(device, "sub*")) {
                    for (Path stream : streams) {
                        addUser(stream.resolve("status"), users);
                    }
                }
            }
        }
    }

    private void addUser(Path status, List<String> users) throws IOException {
        for (String line : Files.readAllLines(status)) {
            String[] words = line.split("[: ]+", 2);
            if (words.length == 2 && words[0].equals(OWNER) && users.size() < MOST) {
                Path name = proc.resolve(words[1]).resolve("comm");
                String program = Files.isReadable(name) ? Files.readString(name).strip() : "a program";
                users.add(program + " (process " + words[1] + ")");
            }
        }
    }
}
