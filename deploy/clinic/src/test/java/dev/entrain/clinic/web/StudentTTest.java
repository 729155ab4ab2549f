package dev.entrain.clinic.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
    /** Values any table of the distribution has. */
    @ParameterizedTest
    @CsvSource({
        "0.975, 1, 12.7062",
        "0.975, 2, 4.3027",
        "0.975, 4, 2.7764",
        "0.975, 10, 2.2281",
        "0.975, 30, 2.0423",
        "0.95, 5, 2.0150",
        "0.995, 8, 3.3554",
        "0.9995, 12, 4.3178",
        "0.975, 100000, 1.96"
    })
    void shouldAgreeWithTheTables(double p, int freedom, double t) {
        assertThat(StudentT.quantile(p, freedom)).isEqualTo(t, within(1e-4));
    }

    @Test
    void shouldBeHalfAtTheMiddleAndGrow() {
        assertThat(StudentT.below(0, 3)).isEqualTo(0.5, within(1e-12));
        double last = 0.5;
        for (double t = 0.1; t < 20; t += 0.1) {
            assertThat(StudentT.below(t, 3)).isGreaterThan(last).isLessThan(1);
            last = StudentT.below(t, 3);
        }
    }
}
