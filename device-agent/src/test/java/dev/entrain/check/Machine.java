package dev.entrain.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A made-up machine: the files in which Linux would tell about it. */
final class Machine {
    private final Path root;

    Machine(Path root) {
        this.root = root;
    }

    Machine with(String place, String text) throws IOException {
        Path file = root.resolve(place);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    SystemFiles files() {
        return new SystemFiles(root);
    }
}
