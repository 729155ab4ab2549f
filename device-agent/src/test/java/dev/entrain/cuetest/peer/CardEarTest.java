package dev.entrain.cuetest.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardEarTest {
    private static final double RATE_HZ = 48_001.8;
    private static final double FRAME_NS = 1e9 / RATE_HZ;

    @TempDir
    private Path folder;

    private CardEar ear = new CardEar(Path.of("."), RATE_HZ);

    @BeforeEach
    void makeEar() {
        ear = new CardEar(folder, RATE_HZ);
    }

    @Test
    void shouldTellTheMomentOfEachSoundByTheCardsOwnClock() throws IOException {
        play("line", "start 1000000000 0\n", 4_800, 28_800);

        double[] heard = ear.heardNs("line");

        assertThat(heard).hasSize(2);
        assertThat(heard[0]).isCloseTo(1e9 + 4_800 * FRAME_NS, within(FRAME_NS));
        assertThat(heard[1] - heard[0]).isCloseTo(24_000 * FRAME_NS, within(1.0));
    }

    @Test
    void shouldCountFromTheLatestStartBeforeTheSound() throws IOException {
        play(
                "line",
                "start 1000000000 0\ndry 1100000000 4800 4800\nstart 1500000000 4800\nstart 2000000000 4800\n",
                4_800);

        assertThat(ear.heardNs("line")[0]).isCloseTo(2e9, within(FRAME_NS));
    }

    @Test
    void shouldPutTheSoundsOfSeveralProcessesInOrder() throws IOException {
        play("aplay-part00001", "start 3000000000 0\n", 100);
        play("aplay-part00000", "start 2000000000 0\n", 100);

        double[] heard = ear.heardNs("aplay");

        assertThat(heard).hasSize(2);
        assertThat(heard[1] - heard[0]).isCloseTo(1e9, within(1.0));
    }

    @Test
    void shouldForgetAnEarlierRunOfTheSameParticipantOnly() throws IOException {
        play("ours", "start 1000000000 0\n", 100);
        play("aplay-part00000", "start 1000000000 0\n", 100);

        assertThat(ear.listen("aplay"))
                .containsEntry(
                        "ENTRAIN_CARD", folder.resolve("aplay").toAbsolutePath().toString());

        assertThat(ear.heardNs("aplay")).isEmpty();
        assertThat(ear.heardNs("ours")).hasSize(1);
    }

    @Test
    void shouldSayWhenALogDoesNotBelongToTheSound() throws IOException {
        play("line", "", 100);

        assertThatThrownBy(() -> ear.heardNs("line"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("deploy/cue-compare");
    }

    private void play(String name, String log, int... onsets) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * 48_000).order(ByteOrder.LITTLE_ENDIAN);
        for (int onset : onsets) {
            for (int i = 0; i < 1_000; i++) {
                bytes.putShort(4 * (onset + i), (short) (5_000 * Math.exp(-i / 300.0)));
            }
        }
        Files.write(folder.resolve(name + ".raw"), bytes.array());
        Files.writeString(folder.resolve(name + ".txt"), log);
    }
}
