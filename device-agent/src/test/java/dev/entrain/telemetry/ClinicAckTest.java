package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClinicAckTest {
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final String GOOD = "{\"v\":3,\"boot\":\"" + BOOT + "\",\"up_to\":1234567890123}";

    @Test
    void shouldReadWhatTheContractSays() {
        assertThat(parse(GOOD)).isEqualTo(new ClinicAck(BOOT, 1_234_567_890_123L));
        assertThat(parse("{\"v\":3,\"boot\":\"" + BOOT + "\",\"up_to\":0}")).isEqualTo(new ClinicAck(BOOT, 0));
    }

    @Test
    void shouldIgnoreFieldsOfLaterVersions() {
        assertThat(parse("{\"later\":{\"a\":[1,{}]},\"v\":9,\"up_to\":7,\"boot\":\"" + BOOT + "\"}"))
                .isEqualTo(new ClinicAck(BOOT, 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"v\":3,\"up_to\":1}",
                "{\"boot\":\"@\",\"up_to\":1}",
                "{\"v\":3,\"boot\":\"@\"}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":-1}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":1.0}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":1e3}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":NaN}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":\"1\"}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":true}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":null}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":9007199254740992}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":99999999999999999999999999}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":1,\"up_to\":2}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":1,\"boot\":\"@\"}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":1}{}",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":1} x",
                "{\"v\":3,\"boot\":\"@\",\"up_to\":1",
                "{\"v\":\"3\",\"boot\":\"@\",\"up_to\":1}",
                "{\"v\":3,\"boot\":[\"@\"],\"up_to\":1}",
                "{\"v\":3,\"boot\":\"other\",\"up_to\":1}",
                "[{\"v\":3,\"boot\":\"@\",\"up_to\":1}]"
            })
    void shouldRefuseAnythingElse(String payload) {
        assertThat(parse(payload.replace("@", BOOT))).isNull();
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        assertThat(parse(GOOD + " ".repeat(ClinicAck.MOST_BYTES))).isNull();
    }

    /** Changed at random: it never throws, and what is read nevertheless is within bounds. */
    @Test
    void shouldNeverThrow() {
        long seed = 20_261_123;
        Random random = new Random(seed);
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] payload = good.clone();
            int changes = 1 + random.nextInt(4);
            for (int c = 0; c < changes; c++) {
                payload[random.nextInt(payload.length)] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) "{}[],:\"0e.-".charAt(random.nextInt(11));
            }
            ClinicAck ack = ClinicAck.parse(payload);
            if (ack != null) {
                read++;
                assertThat(ack.upTo()).as("seed %d, round %d", seed, i).isBetween(0L, (1L << 53) - 1);
                assertThat(ack.bootId()).hasSize(36);
            }
        }
        assertThat(read).as("some changes only make another number").isPositive();
    }

    private static @Nullable ClinicAck parse(String payload) {
        return ClinicAck.parse(payload.getBytes(StandardCharsets.UTF_8));
    }
}
