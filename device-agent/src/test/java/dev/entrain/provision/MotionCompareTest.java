package dev.entrain.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.provision.MotionCompare.Verdict;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MotionCompareTest {
    private final MotionCompare motion = new MotionCompare();
    private final ImuSample sample = new ImuSample();

    @Test
    void shouldTellTheLiftedFootWhateverTheGyroscopesOffset() {
        feed(Foot.LEFT, 1.2, 0.3);
        feed(Foot.RIGHT, 0.05, -0.4);

        assertThat(motion.verdict()).isEqualTo(Verdict.LEFT);
        assertThat(motion.energy(Foot.RIGHT)).isLessThan(MotionCompare.LEAST);
    }

    @Test
    void shouldNotGuessWhenNeitherOrBothMoved() {
        feed(Foot.LEFT, 0.05, 0);
        feed(Foot.RIGHT, 0.05, 0);
        assertThat(motion.verdict()).isEqualTo(Verdict.NEITHER);

        feed(Foot.LEFT, 2, 0);
        feed(Foot.RIGHT, 1.5, 0);
        assertThat(motion.verdict()).isEqualTo(Verdict.BOTH);
    }

    @Test
    void shouldSayWhenASensorIsSilent() {
        feed(Foot.RIGHT, 2, 0);

        assertThat(motion.verdict()).isEqualTo(Verdict.NO_READINGS);
    }

    private void feed(Foot foot, double amplitudeRadps, double offsetRadps) {
        Random noise = new Random(7);
        sample.foot = foot;
        for (int i = 0; i < 1000; i++) {
            sample.gxRadps = 0.02 * noise.nextGaussian();
            sample.gyRadps = offsetRadps + amplitudeRadps * Math.sin(i * 0.03) + 0.02 * noise.nextGaussian();
            sample.gzRadps = 0.02 * noise.nextGaussian();
            motion.add(sample);
        }
    }
}
