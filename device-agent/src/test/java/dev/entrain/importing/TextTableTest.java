package dev.entrain.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTableTest {
    private static final String MARK = "\uFEFF";

    @TempDir
    Path dir;

    @Test
    void shouldPassOverAByteOrderMarkAtTheStartOnly() throws IOException {
        Path file = Files.writeString(dir.resolve("walk.csv"), MARK + "time,acc\n1,2\n" + MARK + ",4\n");
        try (TextTable table = new TextTable(file, ',')) {
            table.headerStarting("time", "acc");
            assertThat(table.next()).isTrue();
            assertThat(table.number(table.column("time"))).isEqualTo(1);
            assertThat(table.next()).isTrue();
            assertThat(table.text(0)).isNotEmpty();
        }
    }
}
