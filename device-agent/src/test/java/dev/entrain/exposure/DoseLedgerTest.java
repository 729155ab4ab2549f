package dev.entrain.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DoseLedgerTest {
    private static final double HOUR_S = 3600;
    private static final double DAY_S = 24 * HOUR_S;

    /** A Monday, on the hour. */
    private static final double START_S = 1_795_000_000.0 - 1_795_000_000.0 % HOUR_S;

    private final DoseLedger ledger = new DoseLedger();

    /** The unit was off and comes back with a clock that is right. */
    private void awakeAt(double wallS) {
        ledger.pass(wallS, 0, true);
    }

    @Test
    void shouldCountAnHourUntilSevenDaysAfterItsEnd() {
        awakeAt(START_S - DAY_S);
        awakeAt(START_S + 1800);
        ledger.add(100, 0);
        awakeAt(START_S + HOUR_S + 7 * DAY_S - 1);
        assertThat(ledger.knownS()).isEqualTo(100);
        ledger.pass(START_S + HOUR_S + 7 * DAY_S, 1, false);
        assertThat(ledger.knownS()).isZero();
    }

    @Test
    void shouldNeverHoldMoreEntriesThanItsBound() {
        Random random = new Random(5);
        double wallS = START_S;
        for (int i = 0; i < 20_000; i++) {
            wallS += random.nextInt(4000);
            double shownS = random.nextInt(10) == 0 ? wallS - random.nextInt(1_000_000) : wallS;
            ledger.pass(shownS, random.nextInt(100), random.nextInt(5) == 0);
            ledger.add(1, 1);
            assertThat(ledger.hours()).hasSizeLessThanOrEqualTo(DoseLedger.MOST_HOURS);
        }
        assertThat(ledger.hours().getFirst().hour() * HOUR_S).isGreaterThan(ledger.nowS() - 7 * DAY_S - HOUR_S);
    }

    @Test
    void shouldGoOnWithTheMonotonicClockWhileTheWallClockIsBehind() {
        awakeAt(START_S);
        ledger.add(10, 0);
        ledger.pass(START_S - 30 * DAY_S, 60, true);
        assertThat(ledger.nowS()).isEqualTo(START_S + 60);
        ledger.add(5, 0);
        ledger.pass(START_S - 30 * DAY_S + 6 * DAY_S, 6 * DAY_S, false);
        assertThat(ledger.knownS()).isEqualTo(15);
        assertThat(ledger.dated()).isFalse();
    }

    @Test
    void shouldDateWhatWasHeardOnALateClockToTheMomentTheClockIsSetRight() {
        awakeAt(START_S - DAY_S);
        awakeAt(START_S);
        // Off for six days and 23 hours; without a battery the clock goes on where it stopped.
        ledger.pass(START_S + 5, 60, true);
        ledger.pass(START_S + HOUR_S, HOUR_S - 60, false);
        ledger.add(100, 20);
        // The network is found.
        double rightS = START_S + 7 * DAY_S;
        ledger.pass(rightS, 60, false);
        assertThat(ledger.knownS()).isEqualTo(100);
        assertThat(ledger.dated()).isTrue();
        // It rolls out seven days after that, not with the hour it was dated to first.
        ledger.pass(rightS + 7 * DAY_S, 7 * DAY_S, false);
        assertThat(ledger.knownS() + ledger.assumedS()).isEqualTo(120);
        ledger.pass(rightS + 7 * DAY_S + HOUR_S, HOUR_S, false);
        assertThat(ledger.knownS() + ledger.assumedS()).isZero();
    }

    @Test
    void shouldKeepEachDayWhereItWasOnAClockThatIsRight() {
        awakeAt(START_S);
        for (int day = 1; day <= 6; day++) {
            awakeAt(START_S + day * DAY_S);
            ledger.add(day, 0);
        }
        assertThat(ledger.hours()).hasSize(6);
        awakeAt(START_S + 9 * DAY_S + HOUR_S);
        assertThat(ledger.knownS()).isEqualTo(3 + 4 + 5 + 6);
    }

    /** Whatever clock a unit without a battery shows, the last 7 days are in the sum. */
    @Test
    void shouldNeverCountTooLittleOnAClockThatStopsWhileTheUnitIsOff() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            DoseLedger unit = new DoseLedger();
            double trueS = START_S;
            double wallS = START_S - random.nextInt(100) * DAY_S;
            double[] heardAtS = new double[400];
            unit.pass(wallS, 30, true);
            for (int walk = 0; walk < heardAtS.length; walk++) {
                double offS = random.nextDouble() * 2 * DAY_S;
                trueS += offS + 30;
                wallS += 30;
                unit.pass(wallS, 30, true);
                boolean network = random.nextInt(4) == 0;
                double onS = random.nextDouble() * 2 * HOUR_S;
                unit.pass(wallS + onS, onS, false);
                trueS += onS;
                wallS += onS;
                heardAtS[walk] = trueS;
                unit.add(1, 0);
                if (network) {
                    wallS = trueS;
                    unit.pass(wallS, 0, false);
                }
                double truth = 0;
                for (int i = 0; i <= walk; i++) {
                    truth += trueS - heardAtS[i] < 7 * DAY_S ? 1 : 0;
                }
                assertThat(unit.knownS()).as("seed %d, walk %d", seed, walk).isGreaterThanOrEqualTo(truth);
            }
        }
    }

    @Test
    void shouldFollowSmallCorrectionsOfTheClockWithoutMovingAnything() {
        awakeAt(START_S);
        ledger.pass(START_S + 100, 90, false);
        assertThat(ledger.nowS()).isEqualTo(START_S + 100);
        ledger.pass(START_S + 95, 1, false);
        assertThat(ledger.nowS()).isCloseTo(START_S + 101, within(1e-6));
    }
}
