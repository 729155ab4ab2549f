package dev.entrain.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTableTest {
    private static final String STEP =
            "Plug the sensor in, or correct the path in the configuration and run this again";
    private static final List<Finding> FINDINGS = List.of(
            Finding.ok("agent", "running", "for 5 min"),
            Finding.fail(
                    "sensor left", "line", "/dev/serial/by-id/" + "x".repeat(200) + ": there is no such line", STEP),
            Finding.warn("sensor left", "loss", "1.20 %", "Check cable and plugs"),
            Finding.skipped("sensor left", "noise", "it was moved"));

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 80, 100, 110, 120, 160, 300})
    void shouldKeepEveryLineWithinTheTerminalAndLoseNoWord(int width) {
        String text = FindingTable.text(FINDINGS, width, false);
        assertThat(text.lines())
                .allMatch(line -> line.length() <= Math.max(width, FindingTable.NARROWEST))
                .noneMatch(line -> line.endsWith(" "));
        String words = text.replaceAll("\\s+", " ");
        assertThat(words).contains("OK", "WARN", "FAIL", "sensor left", "1.20 %", "it was moved");
        for (String word : STEP.split(" ", -1)) {
            assertThat(words).contains(word);
        }
        assertThat(text.chars().filter(c -> c == 'x').count()).isGreaterThanOrEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void shouldOnlyAddColour(int width) {
        String coloured = FindingTable.text(FINDINGS, width, true);
        assertThat(coloured).contains("\u001b[");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "").lines().map(String::stripTrailing))
                .containsExactlyElementsOf(
                        FindingTable.text(FINDINGS, width, false).lines().toList());
    }

    @Test
    void shouldNotLeaveATechnicianWithoutANextStep() {
        assertThatThrownBy(() -> new Finding("a", "b", Verdict.FAIL, "broken", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Finding.warn("a", "b", "odd", "")).isInstanceOf(IllegalArgumentException.class);
    }
}
