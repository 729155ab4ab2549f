package dev.entrain.audio.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardUsersTest {
    @TempDir
    Path proc;

    @Test
    void shouldNameTheProgramsThatPlay() throws IOException {
        put("asound/card0/pcm0p/sub0/status", "state: RUNNING\nowner_pid   : 4711\ntrigger_time: 5.1\n");
        put("asound/card0/pcm0c/sub0/status", "state: RUNNING\nowner_pid   : 99\n");
        put("asound/card1/pcm3p/sub0/status", "closed\n");
        put("asound/card1/pcm3p/sub1/status", "state: PREPARED\nowner_pid   : 12\n");
        put("4711/comm", "aplay\n");

        assertThat(new CardUsers(proc).find())
                .containsExactlyInAnyOrder("aplay (process 4711)", "a program (process 12)");
    }

    @Test
    void shouldKnowNobodyOnHostWithoutSound() {
        assertThat(new CardUsers(proc).find()).isEmpty();
    }

    private void put(String name, String text) throws IOException {
        Path file = proc.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
