package dev.entrain.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout the command was started from. */
final class Home {
    private Home() {}

    /**
     * Returns a file of the checkout.
     *
     * @throws IOException if it is not there
     */
    static Path resolve(String file) throws IOException {
        Path path = Path.of(System.getProperty("entrain.home", ".")).resolve(file);
        if (!Files.exists(path)) {
            throw new IOException(path + ": not found; start the demo with deploy/demo from a checkout");
        }
        return path;
    }
}
