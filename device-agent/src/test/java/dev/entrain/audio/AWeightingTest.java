package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AWeightingTest {
    private static final double NONE = Double.NEGATIVE_INFINITY;

    /** IEC 61672-1:2013, table 3: nominal frequency, A-weighting, and the acceptance limits of class 1, dB. */
    private static final double[][] TABLE = {
        {10, -70.4, 3.0, NONE},
        {12.5, -63.4, 2.5, NONE},
        {16, -56.7, 2.0, -4.0},
        {20, -50.5, 2.0, -2.0},
        {25, -44.7, 2.0, -1.5},
        {31.5, -39.4, 1.5, -1.5},
        {40, -34.6, 1.0, -1.0},
        {50, -30.2, 1.0, -1.0},
        {63, -26.2, 1.0, -1.0},
        {80, -22.5, 1.0, -1.0},
        {100, -19.1, 1.0, -1.0},
        {125, -16.1, 1.0, -1.0},
        {160, -13.4, 1.0, -1.0},
        {200, -10.9, 1.0, -1.0},
        {250, -8.6, 1.0, -1.0},
        {315, -6.6, 1.0, -1.0},
        {400, -4.8, 1.0, -1.0},
        {500, -3.2, 1.0, -1.0},
        {630, -1.9, 1.0, -1.0},
        {800, -0.8, 1.0, -1.0},
        {1000, 0.0, 0.7, -0.7},
        {1250, 0.6, 1.0, -1.0},
        {1600, 1.0, 1.0, -1.0},
        {2000, 1.2, 1.0, -1.0},
        {2500, 1.3, 1.0, -1.0},
        {3150, 1.2, 1.0, -1.0},
        {4000, 1.0, 1.0, -1.0},
        {5000, 0.5, 1.5, -1.5},
        {6300, -0.1, 1.5, -2.0},
        {8000, -1.1, 1.5, -2.5},
        {10000, -2.5, 2.0, -3.0},
        {12500, -4.3, 2.0, -5.0},
        {16000, -6.6, 2.5, -16.0},
        {20000, -9.3, 3.0, NONE}
    };

    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void shouldKeepTheLimitsOfClass1AtEveryThirdOctave(int rateHz) {
        double[] response = impulseResponse(rateHz);
        for (int i = 0; i < TABLE.length; i++) {
            double[] row = TABLE[i];
            double exactHz = 1000 * Math.pow(10, 0.1 * (i - 20));
            double errorDb = responseDb(response, exactHz, rateHz) - row[1];
            assertThat(errorDb).as("%s Hz at %d Hz", row[0], rateHz).isBetween(row[3], row[2]);
            if (exactHz < 16_500) {
                // Far inside of the limits: what is left is the table's own rounding and 0.25 dB.
                assertThat(errorDb).as("%s Hz at %d Hz", row[0], rateHz).isCloseTo(0, within(0.3));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 44_100, 192_000})
    void shouldLeaveTheReferenceToneAsItIs(int rateHz) {
        AWeighting weighting = new AWeighting(rateHz);
        double sum = 0;
        for (int i = 0; i < 2 * rateHz; i++) {
            double out = weighting.step(Math.sin(2 * Math.PI * 1000 * i / rateHz));
            sum += i < rateHz ? 0 : out * out;
        }
        assertThat(10 * Math.log10(2 * sum / rateHz)).isCloseTo(0, within(0.01));
        assertThat(weighting.gain(1000, rateHz)).isCloseTo(1, within(1e-12));
    }

    private static double[] impulseResponse(int rateHz) {
        AWeighting weighting = new AWeighting(rateHz);
        double[] response = new double[rateHz / 2];
        for (int i = 0; i < response.length; i++) {
            response[i] = weighting.step(i == 0 ? 1 : 0);
        }
        return response;
    }

    private static double responseDb(double[] impulseResponse, double frequencyHz, int rateHz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < impulseResponse.length; i++) {
            double angle = 2 * Math.PI * frequencyHz * i / rateHz;
            re += impulseResponse[i] * Math.cos(angle);
            im -= impulseResponse[i] * Math.sin(angle);
        }
        return 10 * Math.log10(re * re + im * im);
    }
}
