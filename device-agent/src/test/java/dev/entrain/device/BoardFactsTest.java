package dev.entrain.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardFactsTest {
    @TempDir
    Path root;

    @Test
    void shouldReadBoardAndSystemButNoSerialNumber() throws IOException {
        Files.createDirectories(root.resolve("proc/device-tree"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("proc/device-tree/model"), "Raspberry Pi 4 Model B Rev 1.4\0");
        Files.writeString(root.resolve("proc/device-tree/serial-number"), "10000000deadbeef\0");
        Files.writeString(
                root.resolve("etc/os-release"),
                "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nID=debian\n");
        BoardFacts facts = BoardFacts.read(root);
        assertThat(facts.model()).isEqualTo("Raspberry Pi 4 Model B Rev 1.4");
        assertThat(facts.raspberryPi()).isTrue();
        assertThat(facts.os()).isEqualTo("Debian GNU/Linux 13 (trixie)");
        assertThat(facts.toString()).doesNotContain("deadbeef");
    }

    @Test
    void shouldDoWithoutADeviceTree() {
        BoardFacts facts = BoardFacts.read(root);
        assertThat(facts.model()).isNull();
        assertThat(facts.os()).isNull();
        assertThat(facts.raspberryPi()).isFalse();
        assertThat(facts.kernel()).isNotEmpty();
    }
}
