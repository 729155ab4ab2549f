package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimingHistogramTest {
    @Test
    void shouldKnowPercentilesToAClassAndTheMaximumExactly() {
        TimingHistogram histogram = new TimingHistogram();
        Random random = new Random(3);
        long[] sizes = new long[10_000];
        for (int i = 0; i < sizes.length; i++) {
            long error = Math.round(Math.exp(7 + 4 * random.nextDouble()) * 100 * (random.nextBoolean() ? 1 : -1));
            histogram.add(error);
            sizes[i] = Math.abs(error);
        }
        Arrays.sort(sizes);
        assertThat(histogram.count()).isEqualTo(sizes.length);
        assertThat(histogram.maxNs()).isEqualTo(sizes[sizes.length - 1]);
        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
            long exact = sizes[(int) Math.ceil(share * sizes.length) - 1];
            assertThat((double) histogram.quantileNs(share)).isBetween((double) exact, exact * 1.19);
        }
    }

    @Test
    void shouldTakeWhateverComes() {
        TimingHistogram histogram = new TimingHistogram();
        assertThat(histogram.quantileNs(0.99)).isZero();
        for (long error : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 2_000_000_000L}) {
            histogram.add(error);
        }
        assertThat(histogram.count()).isEqualTo(6);
        assertThat(histogram.countOf(0)).isEqualTo(3);
        assertThat(histogram.countOf(TimingHistogram.CLASSES - 1)).isEqualTo(3);
        assertThat(histogram.maxNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(histogram.quantileNs(1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldAddWithoutAllocating() {
        TimingHistogram histogram = new TimingHistogram();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20_000; i++) {
            histogram.add(i * 17L);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 20_000; i++) {
            histogram.add(i * 31L);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
    }
}
