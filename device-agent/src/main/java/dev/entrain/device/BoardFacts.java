package dev.entrain.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which board, which system. Nothing here names one unit among many: the board's serial number is not read.
 *
 * @param model such as "Raspberry Pi 4 Model B Rev 1.4"; null where the machine has no device tree
 * @param os such as "Debian GNU/Linux 13 (trixie)"; null where it does not say
 * @param kernel release, such as "6.12.48+deb13-arm64"
 * @param machine architecture as Java calls it, such as "aarch64"
 * @param java version of the runtime
 */
public record BoardFacts(@Nullable String model, @Nullable String os, String kernel, String machine, String java) {
    private static final int LONGEST = 120;

    /**
     * Reads them.
     *
     * @param root of the file system, "/" but in tests
     */
    public static BoardFacts read(Path root) {
        return new BoardFacts(
                text(root.resolve("proc/device-tree/model")),
                pretty(text(root.resolve("etc/os-release"))),
                System.getProperty("os.version", ""),
                System.getProperty("os.arch", ""),
                Runtime.version().toString());
    }

    /** Returns whether the board is a Raspberry Pi. */
    public boolean raspberryPi() {
        return model != null && model.startsWith("Raspberry Pi");
    }

    private static @Nullable String pretty(@Nullable String release) {
        if (release == null) {
            return null;
        }
        String found = null;
        for (String line : release.split("\n", -1)) {
            if (line.startsWith("PRETTY_NAME=")) {
                found = line.substring("PRETTY_NAME=".length())
                        .replace("\"", "")
                        .strip();
            }
        }
        return found == null || found.isEmpty() ? null : found.substring(0, Math.min(LONGEST, found.length()));
    }

    /** The device tree ends its texts with a zero byte. */
    private static @Nullable String text(Path file) {
        try {
            String text = Files.readString(file).replace("\0", "").strip();
            return text.isEmpty() ? null : text;
        } catch (IOException e) {
            return null;
        }
    }
}
