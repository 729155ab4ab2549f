package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerOffTest {
    @TempDir
    Path dir;

    @Test
    void shouldAskOnceHoweverOftenItIsCalled() throws IOException {
        PowerOff power = new PowerOff(dir);
        assertThat(power.ask()).isTrue();
        Path file = dir.resolve(PowerOff.NAME);
        assertThat(file).exists();
        Files.delete(file);
        assertThat(power.ask()).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldNotMindThatTheProcessBeforeAskedAlready() {
        assertThat(new PowerOff(dir).ask()).isTrue();
        assertThat(new PowerOff(dir).ask()).isTrue();
    }

    @Test
    void shouldSayWhenNobodyCanBeAsked() {
        assertThat(new PowerOff(dir.resolve("away")).ask()).isFalse();
    }
}
