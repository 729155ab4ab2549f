package dev.entrain.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatteryPolicyTest {
    private static final long LOOK_NS = 5_000_000_000L;

    private final BatteryPolicy policy = new BatteryPolicy(5);
    private long nowNs;

    private void take(int times, double pct, double volts, double rate) {
        for (int i = 0; i < times; i++) {
            nowNs += LOOK_NS;
            policy.take(new BatteryReading(pct, volts, rate), nowNs);
        }
    }

    private BatteryState state() {
        return policy.state(nowNs, "");
    }

    @Test
    void shouldKnowNothingBeforeAFullWindow() {
        take(4, 50, 3.75, -8);
        assertThat(state().known()).isFalse();
        take(1, 50, 3.75, -8);
        assertThat(state()).isEqualTo(new BatteryState(50, 3.75, false, false, false, ""));
    }

    @Test
    void shouldNeverEndTheUnitByASingleBadReading() {
        take(5, 60, 3.8, -8);
        for (int i = 0; i < 50; i++) {
            take(1, 0, 3.2, -8);
            take(2, 60, 3.8, -8);
            assertThat(state().percent()).isEqualTo(60);
        }
        assertThat(state().empty()).isFalse();
        assertThat(state().low()).isFalse();
    }

    @Test
    void shouldEndTheUnitWithinABoundedTimeAtTheLimit() {
        take(5, 6, 3.45, -10);
        assertThat(state().empty()).isFalse();
        take(4, 5, 3.4, -10);
        assertThat(state().empty()).isFalse();
        take(1, 5, 3.4, -10);
        assertThat(state().empty()).isTrue();
    }

    @Test
    void shouldNeverEndTheUnitWhileItIsCharged() {
        take(200, 3, 3.5, 20);
        assertThat(state().charging()).isTrue();
        assertThat(state().low()).isFalse();
        assertThat(state().empty()).isFalse();
        take(5, 3, 3.4, -10);
        assertThat(state().empty()).isTrue();
    }

    @Test
    void shouldStayEmptyOnceItWas() {
        take(10, 4, 3.4, -10);
        take(10, 30, 3.7, 40);
        assertThat(state().empty()).isTrue();
    }

    @Test
    void shouldBeLowFromFifteenPercentUntilItIsClearlyAboveOrCharged() {
        take(5, 15.9, 3.6, -8);
        assertThat(state().low()).isFalse();
        take(5, 15, 3.6, -8);
        assertThat(state().low()).isTrue();
        take(5, 19.5, 3.65, -8);
        assertThat(state().low()).isTrue();
        take(5, 20, 3.65, -8);
        assertThat(state().low()).isFalse();
        take(5, 12, 3.6, -8);
        take(5, 12, 3.65, 25);
        assertThat(state().low()).isFalse();
    }

    @Test
    void shouldEndTheUnitWhenTheVoltageCollapsesWhateverTheGaugeSays() {
        take(10, 40, 3.05, -60);
        assertThat(state().empty()).isTrue();
    }

    @Test
    void shouldNotTakeWhatCannotBe() {
        take(5, 60, 3.8, -8);
        assertThat(policy.take(new BatteryReading(0, 0, 0), nowNs)).isFalse();
        assertThat(policy.take(new BatteryReading(255.99, 5.12, -0.2), nowNs)).isFalse();
        // A gauge that lost its way: nothing left, at the voltage of a full cell.
        assertThat(policy.take(new BatteryReading(2, 4.1, -1), nowNs)).isFalse();
        assertThat(policy.take(new BatteryReading(Double.NaN, 3.7, 0), nowNs)).isFalse();
        assertThat(state().percent()).isEqualTo(60);
    }

    @Test
    void shouldForgetAfterAMinuteOfSilence() {
        take(5, 12, 3.6, -8);
        assertThat(state().low()).isTrue();
        nowNs += 61_000_000_000L;
        assertThat(policy.state(nowNs, "no answer"))
                .isEqualTo(new BatteryState(BatteryState.UNKNOWN, Double.NaN, false, false, false, "no answer"));
        take(4, 12, 3.6, -8);
        assertThat(state().known()).isFalse();
    }
}
