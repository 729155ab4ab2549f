package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.device.LightPattern;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LightRulesTest {
    private static final long S = 1_000_000_000L;

    private final LightRules rules = new LightRules();

    private LightPattern at(double s, boolean empty, boolean low, boolean flow, boolean underway, String... failing) {
        return rules.choose(new LightRules.View(empty, low, flow, underway, Set.of(failing)), Math.round(s * S));
    }

    @Test
    void shouldShowWhatThePatientMustActOnFirst() {
        assertThat(at(0, false, false, true, false)).isEqualTo(LightPattern.READY);
        assertThat(at(1, false, false, true, true)).isEqualTo(LightPattern.WALKING);
        assertThat(at(2, false, true, true, true)).isEqualTo(LightPattern.LOW_BATTERY);
        assertThat(at(5, false, true, false, true)).isEqualTo(LightPattern.NO_SENSOR);
        assertThat(at(6, false, true, false, true, "sound")).isEqualTo(LightPattern.FAULT);
        rules.identify(7 * S);
        assertThat(at(7, false, true, false, true, "sound")).isEqualTo(LightPattern.IDENTIFY);
        assertThat(at(8, true, true, false, true, "sound")).isEqualTo(LightPattern.SHUTTING_DOWN);
        assertThat(at(27, false, false, true, false)).isEqualTo(LightPattern.READY);
    }

    @Test
    void shouldNotFlickerAtAPlugThatIsPushedInAgain() {
        assertThat(at(0, false, false, true, true)).isEqualTo(LightPattern.WALKING);
        assertThat(at(1, false, false, false, true)).isEqualTo(LightPattern.WALKING);
        assertThat(at(2, false, false, true, true)).isEqualTo(LightPattern.WALKING);
        assertThat(at(4.5, false, false, false, true)).isEqualTo(LightPattern.NO_SENSOR);
    }

    @Test
    void shouldNotCallAUnitReadyThatNeverHadItsInsoles() {
        assertThat(at(0, false, false, false, false)).isEqualTo(LightPattern.NO_SENSOR);
    }

    @Test
    void shouldNotTroubleThePatientWithWhatCanWait() {
        assertThat(at(0, false, false, true, false, "uplink_refused", "certificate_ends", "battery_gauge", "light"))
                .isEqualTo(LightPattern.READY);
    }
}
