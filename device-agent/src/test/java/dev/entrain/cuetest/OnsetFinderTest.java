package dev.entrain.cuetest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OnsetFinderTest {
    private static final int RATE_HZ = 48_000;
    private static final double THRESHOLD = 0.002;

    private final float[] stream = new float[4 * RATE_HZ];

    @Test
    void shouldFindEveryPlantedOnsetToATenthOfAFrame() {
        double[] planted = new double[8];
        for (int i = 0; i < planted.length; i++) {
            planted[i] = 1_000.37 + i * 23_742.79;
            strike(planted[i], 0.2, 0.012);
        }

        double[] found = find(stream.length);

        assertThat(found).hasSize(planted.length);
        // The ramp of 0.2 in 48 frames passes the threshold this long after its start.
        double constant = THRESHOLD / 0.2 * 48;
        for (int i = 0; i < planted.length; i++) {
            assertThat(found[i] - planted[i]).isCloseTo(constant, within(0.1));
        }
    }

    @Test
    void shouldFindTheSameInBlocksOfAnyLength() {
        strike(500.5, 0.2, 0.012);
        strike(30_000.25, 0.2, 0.012);
        double[] whole = find(stream.length);

        assertThat(find(1)).containsExactly(whole);
        assertThat(find(777)).containsExactly(whole);
    }

    @Test
    void shouldFindAnOnsetOverATailThatStillSounds() {
        strike(10_000, 0.2, 0.012);
        strike(10_000 + 0.030 * RATE_HZ, 0.2, 0.012);

        double[] found = find(stream.length);

        assertThat(found).hasSize(2);
        assertThat(found[1]).isCloseTo(10_000 + 0.030 * RATE_HZ, within(0.001 * RATE_HZ));
    }

    @Test
    void shouldTakeNoTailForAnOnset() {
        strike(10_000, 0.2, 0.012);
        strike(60_000, 0.2, 0.004);

        assertThat(find(stream.length)).hasSize(2);
    }

    @Test
    void shouldNotHearNoiseUnderTheThreshold() {
        Random random = new Random(5);
        for (int i = 0; i < stream.length; i++) {
            stream[i] += (float) (0.0015 * (2 * random.nextDouble() - 1));
        }
        strike(20_000.5, 0.2, 0.012);
        strike(90_000.25, 0.2, 0.012);

        double[] found = find(stream.length);

        assertThat(found).hasSize(2);
        assertThat(found[0]).isCloseTo(20_000.5, within(1.5));
        assertThat(found[1]).isCloseTo(90_000.25, within(1.5));
    }

    @Test
    void shouldFindASoundThatBeginsWithTheStream() {
        strike(0, 0.2, 0.012);

        assertThat(find(stream.length)).hasSize(1);
    }

    @Test
    void shouldRefuseAThresholdThatSilenceReaches() {
        assertThatThrownBy(() -> new OnsetFinder(RATE_HZ, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private double[] find(int block) {
        OnsetFinder finder = new OnsetFinder(RATE_HZ, THRESHOLD);
        float[] part = new float[block];
        for (int from = 0; from < stream.length; from += block) {
            int length = Math.min(block, stream.length - from);
            System.arraycopy(stream, from, part, 0, length);
            finder.accept(part, length);
        }
        return finder.onsets();
    }

    /** Adds a struck sound: 1 ms attack, 784 Hz, exponential decay, begun between two frames. */
    private void strike(double onset, double peak, double decayS) {
        for (int i = (int) Math.ceil(onset); i < stream.length && i < onset + 0.12 * RATE_HZ; i++) {
            double timeS = (i - onset) / RATE_HZ;
            stream[i] += (float) (peak
                    * Math.min(1, timeS / 0.001)
                    * Math.exp(-timeS / decayS)
                    * Math.cos(2 * Math.PI * 784 * timeS));
        }
    }
}
