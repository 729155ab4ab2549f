package dev.entrain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootIdTest {
    @TempDir
    Path dir;

    @Test
    void shouldReadTheKernelsBootId() throws IOException {
        Path file = dir.resolve("boot_id");
        Files.writeString(file, "0f7a3c1e-5a0e-4c52-9d55-0123456789ab\n");
        assertThat(BootId.read(file)).isEqualTo("0f7a3c1e-5a0e-4c52-9d55-0123456789ab");
    }

    @Test
    void shouldMakeOneWhereThereIsNone() throws IOException {
        Path file = dir.resolve("boot_id");
        assertThat(UUID.fromString(BootId.read(file))).isNotNull();
        Files.writeString(file, "nonsense");
        assertThat(UUID.fromString(BootId.read(file))).isNotNull();
    }
}
