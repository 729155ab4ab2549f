package dev.entrain.closedloop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.cue.CueConfig;
import dev.entrain.sim.patient.PatientPresets;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
    @Test
    void shouldWalkToABeat() {
        LoopResult result =
                ClosedLoop.walk(PatientPresets.named("healthy"), CueConfig.DEFAULT, 120, LoopOptions.plain(1));

        assertThat(result.checks().violations()).isEmpty();
        assertThat(result.heardNs().size()).isGreaterThan(100);
    }
}
