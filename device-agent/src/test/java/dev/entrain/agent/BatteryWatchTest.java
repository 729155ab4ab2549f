package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.protocol.DeviceFault;
import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.Hello;
import dev.entrain.sample.Foot;
import dev.entrain.sensor.SensorPort;
import dev.entrain.sensor.SensorState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatteryWatchTest {
    private static final long MINUTE_NS = 60_000_000_000L;

    private final Insole left = new Insole(Foot.LEFT);
    private final Insole right = new Insole(Foot.RIGHT);
    private final LiveStatus status = new LiveStatus();
    private final BatteryWatch watch = new BatteryWatch(List.of(left, right), status);

    @Test
    void shouldSayNothingOfChargedUnknownOrSilentBatteries() {
        assertThat(watch.look(0)).isFalse();
        left.says(87, 0);
        right.says(-1, DeviceFault.IMU_OVERRUN.mask());
        assertThat(watch.look(1)).isFalse();
        assertThat(status.lowBatteryPercent(Foot.LEFT)).isEqualTo(LiveStatus.CHARGED);
        assertThat(status.lowBatteryPercent(Foot.RIGHT)).isEqualTo(LiveStatus.CHARGED);
    }

    @Test
    void shouldTellAtFifteenPercentAndAgainOnlyAfterTenMinutes() {
        left.says(16, 0);
        assertThat(watch.look(0)).isFalse();
        left.says(15, 0);
        assertThat(watch.look(MINUTE_NS)).isTrue();
        assertThat(status.lowBatteryPercent(Foot.LEFT)).isEqualTo(15);
        right.says(3, 0);
        assertThat(watch.look(2 * MINUTE_NS)).isFalse();
        assertThat(watch.look(11 * MINUTE_NS - 1)).isFalse();
        assertThat(watch.look(11 * MINUTE_NS)).isTrue();
    }

    @Test
    void shouldBelieveTheInsoleThatSaysItsBatteryIsLow() {
        right.says(-1, DeviceFault.BATTERY_LOW.mask() | DeviceFault.LINK_OVERRUN.mask());
        assertThat(watch.look(-5)).isTrue();
        assertThat(status.lowBatteryPercent(Foot.RIGHT)).isEqualTo(-1);
        right.says(-1, 0);
        assertThat(watch.look(20 * MINUTE_NS)).isFalse();
        assertThat(status.lowBatteryPercent(Foot.RIGHT)).isEqualTo(LiveStatus.CHARGED);
    }

    @Test
    void shouldHoldLowUntilTwentyFivePercent() {
        left.says(15, 0);
        assertThat(watch.look(0)).isTrue();
        left.says(24, 0);
        assertThat(watch.look(11 * MINUTE_NS)).isTrue();
        left.says(25, 0);
        assertThat(watch.look(22 * MINUTE_NS)).isFalse();
        left.says(24, 0);
        assertThat(watch.look(33 * MINUTE_NS)).isFalse();
    }

    @Test
    void shouldNotTellOfAnInsoleThatIsAway() {
        left.says(5, 0);
        left.state = SensorState.ABSENT;
        assertThat(watch.look(0)).isFalse();
        left.state = SensorState.FLOWING;
        assertThat(watch.look(1)).isTrue();
    }

    @Test
    void shouldTellTheTechnicianOnceForEachInsole() {
        List<String> told = new ArrayList<>();
        WearWatch wear = new WearWatch(status, told::add);
        left.says(12, 0);
        right.says(-1, DeviceFault.BATTERY_LOW.mask());
        for (int i = 0; i < 4; i++) {
            watch.look(i * MINUTE_NS);
            wear.look(i * MINUTE_NS);
        }
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).contains("left insole is low (12 %); charge it");
        assertThat(told.getLast()).contains("right insole is low; charge it");
    }

    /** An insole that says what the test wants. */
    private static final class Insole implements SensorPort {
        private final Foot foot;
        private SensorState state = SensorState.FLOWING;
        private @Nullable DeviceStatus status;

        Insole(Foot foot) {
            this.foot = foot;
        }

        void says(int percent, int faults) {
            status = new DeviceStatus(percent, 0, Double.NaN, faults, 0);
        }

        @Override
        public void start() {}

        @Override
        public SensorState state() {
            return state;
        }

        @Override
        public @Nullable String problem() {
            return null;
        }

        @Override
        public Foot foot() {
            return foot;
        }

        @Override
        public @Nullable Hello hello() {
            return null;
        }

        @Override
        public @Nullable DeviceStatus status() {
            return status;
        }

        @Override
        public long rounds() {
            return 0;
        }

        @Override
        public long timeUncertaintyNs() {
            return 0;
        }

        @Override
        public double skewPpm() {
            return 0;
        }

        @Override
        public long reanchors() {
            return 0;
        }

        @Override
        public void identify(int durationMs) {}

        @Override
        public void close() {}
    }
}
