package dev.entrain.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.session.SafetyRule;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RemovalsTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void shouldKnowHowEverySafetyRuleIsTakenOut() throws IOException {
        assertThat(Removals.read(ROOT))
                .extracting(Removals.Removal::rule)
                .containsOnly(java.util.Arrays.stream(SafetyRule.values())
                        .map(Enum::name)
                        .toArray(String[]::new));
    }

    @Test
    void shouldFindEachFragmentExactlyOnceAndItsTest() throws IOException {
        for (Removals.Removal removal : Removals.read(ROOT)) {
            assertThat(removal.occurrences(ROOT)).as("%s", removal).isEqualTo(1);
            assertThat(removal.replacement()).isNotEqualTo(removal.fragment());
            assertThat(TestReference.fault(removal.test())).as("%s", removal).isNull();
        }
    }
}
