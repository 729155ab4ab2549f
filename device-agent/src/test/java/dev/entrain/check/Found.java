package dev.entrain.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Looks for one finding among many. */
public final class Found {
    private Found() {}

    /** Returns the finding of an area and item, of which there must be one. */
    public static Finding in(List<Finding> findings, String area, String item) {
        List<Finding> those = findings.stream()
                .filter(finding -> finding.area().equals(area) && finding.item().equals(item))
                .toList();
        assertThat(those).as(area + " " + item + " in " + findings).hasSize(1);
        return those.getFirst();
    }

    /** Asserts verdict, a part of the value and a part of the next step. */
    public static void expect(Finding finding, Verdict verdict, String value, String nextStep) {
        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(verdict);
        assertThat(finding.value()).contains(value);
        assertThat(finding.nextStep()).contains(nextStep);
    }
}
