package dev.entrain.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Names the boot that monotonic times belong to. */
public final class BootId {
    /** Where Linux tells its boot id: a UUID that is new with every boot (random(4)). */
    public static final Path KERNEL_FILE = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /**
     * Reads the boot id.
     *
     * @param file the kernel's file, {@link #KERNEL_FILE}
     * @return a UUID; a random one, good for this process only, where the file is missing or holds something else
     */
    public static String read(Path file) {
        try {
            return UUID.fromString(Files.readString(file).strip()).toString();
        } catch (IOException | IllegalArgumentException e) {
            return UUID.randomUUID().toString();
        }
    }
}
