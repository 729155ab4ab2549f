package dev.entrain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The reason for CRC-32C, proved for our longest frame rather than quoted. */
class ChecksumTest {
    private static final int BITS = WireFormat.MAX_RAW_BYTES * 8;

    @Test
    void shouldHaveTheCatalogueCheckValue() {
        CRC32C crc = new CRC32C();
        crc.update("123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(crc.getValue()).isEqualTo(0xE306_9283L);
    }

    /**
     * A pattern of wrong bits goes unseen only if the syndromes of its bits cancel. No syndrome is zero, no two are equal
     * and no two pairs are equal, so patterns of 1 to 4 are seen; all have odd weight-parity, so patterns of 5 are.
     */
    @Test
    void shouldSeeEveryPatternOfUpToFiveWrongBitsInTheLongestFrame() {
        int[] syndromes = new int[BITS];
        int register = 1 << 31; // the last bit on the line stands alone; each bit before it is divided once more
        for (int bit = 0; bit < BITS; bit++) {
            syndromes[bit] = register;
            register = (register >>> 1) ^ ((register & 1) != 0 ? 0x82F6_3B78 : 0);
        }
        int[] pairs = new int[BITS * (BITS - 1) / 2];
        int n = 0;
        for (int i = 0; i < BITS; i++) {
            for (int j = 0; j < i; j++) {
                pairs[n++] = syndromes[i] ^ syndromes[j];
            }
        }
        Arrays.sort(pairs);
        assertThat(pairs).doesNotContain(0);
        assertThat(Arrays.stream(pairs).distinct().count()).as("weight 4").isEqualTo(n);
        // x + 1 divides the generator (it has an even number of terms, the leading one included), so no multiple of it,
        // and no unseen pattern, has an odd number of bits.
        assertThat((Integer.bitCount(0x82F6_3B78) + 1) % 2)
                .as("weights 1, 3, 5")
                .isZero();
    }
}
