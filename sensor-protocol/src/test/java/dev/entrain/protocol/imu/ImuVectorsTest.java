package dev.entrain.protocol.imu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.protocol.Reading;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes as the data sheets print them, or built by their tables where they print none. */
final class ImuVectorsTest {
    private static final double G = ImuQueue.G_MPS2;

    private record Told(int seq, long ticks, double ax, double ay, double az, double gx, double gy, double gz) {
        static Told of(Reading r) {
            return new Told(r.seq, r.deviceTicks, r.axMps2, r.ayMps2, r.azMps2, r.gxRadps, r.gyRadps, r.gzRadps);
        }
    }

    private static List<Told> take(ImuQueue queue, String hex) {
        List<Told> told = new ArrayList<>();
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        queue.take(bytes, bytes.length, 1, reading -> told.add(Told.of(reading)));
        return told;
    }

    /**
     * AN5272 and AN5130, tables of output registers against acceleration and angular rate: 350 mg at 2 g is 69 16, 1 g is
     * 09 40; 100 deg/s at 250 deg/s is a4 2c. At 16 g and 2000 deg/s the same bytes mean 8 times as much.
     */
    @ParameterizedTest
    @CsvSource({"69 16, 350", "09 40, 1000", "97 e9, -350", "f7 bf, -1000"})
    void shouldReadAccelerationsAsTheApplicationNotePrintsThem(String bytes, double mgAt2G) {
        Lsm6dsoxQueue queue = new Lsm6dsoxQueue(Lsm6.TICKS_PER_SECOND, 208);
        Told told = take(queue, "09" + "000000000000" + "11" + bytes + "00000000" + "21" + "000000000000")
                .getFirst();
        assertThat(told.ax).isCloseTo(8 * mgAt2G * 1e-3 * G, within(0.003 * G));
    }

    @ParameterizedTest
    @CsvSource({"a4 2c, 100", "49 59, 200", "5c d3, -100", "b7 a6, -200"})
    void shouldReadAngularRatesAsTheApplicationNotePrintsThem(String bytes, double dpsAt250) {
        Lsm6ds3trcQueue queue = new Lsm6ds3trcQueue(208);
        Told told = take(queue, bytes + "00000000" + "000000000000" + "000000000000")
                .getFirst();
        assertThat(told.gx).isCloseTo(Math.toRadians(8 * dpsAt250), within(Math.toRadians(0.1)));
    }

    @Test
    void shouldPutTheWordsOfOneSlotTogetherWhateverTheirOrder() {
        Lsm6dsoxQueue queue = new Lsm6dsoxQueue(Lsm6.TICKS_PER_SECOND, 208);
        String gyr = HexFormat.of().toHexDigits((byte) Lsm6dsoxQueue.tag(1, 1)) + "010002000300";
        String acc = HexFormat.of().toHexDigits((byte) Lsm6dsoxQueue.tag(2, 1)) + "040005000600";
        String stamp = HexFormat.of().toHexDigits((byte) Lsm6dsoxQueue.tag(4, 1)) + "78563412" + "0000";
        Told told = take(queue, stamp + acc + gyr).getFirst();
        assertThat(told.ticks).isEqualTo(0x12345678L);
        assertThat(told.gz).isCloseTo(3 * Math.toRadians(0.07), within(1e-9));
        assertThat(told.ay).isCloseTo(5 * 0.488e-3 * G, within(1e-9));
        assertThat(queue.damaged()).isZero();
    }

    /** DS12814 section 9.64: the parity bit makes the number of ones in the tag even. */
    @Test
    void shouldDropWordsWhoseTagIsDamagedAndReadingsThatMissOne() {
        Lsm6dsoxQueue queue = new Lsm6dsoxQueue(Lsm6.TICKS_PER_SECOND, 208);
        assertThat(Lsm6dsoxQueue.tag(1, 0)).isEqualTo(0x09);
        assertThat(Lsm6dsoxQueue.tag(2, 0)).isEqualTo(0x11);
        assertThat(Lsm6dsoxQueue.tag(4, 0)).isEqualTo(0x21);
        assertThat(Lsm6dsoxQueue.tag(2, 1)).isEqualTo(0x12);
        String whole = "0a" + "000000000000" + "12" + "000000000000" + "22" + "100000000000";
        assertThat(take(queue, "08" + "000000000000" + "11" + "000000000000" + whole))
                .hasSize(1);
        assertThat(queue.damaged()).isEqualTo(2);
    }

    @Test
    void shouldCountByTheTimeStampsWhatAFullQueueDropped() {
        Lsm6dsoxQueue queue = new Lsm6dsoxQueue(Lsm6.TICKS_PER_SECOND, 208);
        String first = "09" + "000000000000" + "11" + "000000000000" + "21" + "000000000000";
        String later = "0a" + "000000000000" + "12" + "000000000000" + "22" + "8007" + "00000000";
        assertThat(take(queue, first + later)).extracting(Told::seq).containsExactly(1, 11);
    }

    /** AN4650 table 75 and AN5130: time stamp as bits 15-8, 23-16, nothing, 7-0, then the steps. */
    @Test
    void shouldReadTheTimeStampOfTheFourthDataSet() {
        Lsm6ds3trcQueue queue = new Lsm6ds3trcQueue(208);
        Told told = take(queue, "010002000300" + "040005000600" + "34 12 00 56 0700")
                .getFirst();
        assertThat(told.ticks).isEqualTo(0x123456L);
        assertThat(told.az).isCloseTo(6 * 0.488e-3 * G, within(1e-9));
    }

    /** RM-MPU-6000A sections 4.17 and 4.19: 2048 a g and 16.4 a degree per second, high byte first. */
    @Test
    void shouldReadInvenSensesQueueInTheOrderOfItsRegisters() {
        CountedQueue queue = new CountedQueue(200);
        Told told = take(queue, "0800 f800 0001" + "00a4 ff5c 0000").getFirst();
        assertThat(told.ax).isEqualTo(G);
        assertThat(told.ay).isEqualTo(-G);
        assertThat(told.az).isEqualTo(G / 2048);
        assertThat(told.gx).isCloseTo(Math.toRadians(10), within(1e-9));
        assertThat(told.gy).isCloseTo(Math.toRadians(-10), within(1e-9));
    }

    @Test
    void shouldReadFillLevelsAndOverrunsAsTheRegistersSay() {
        assertThat(Lsm6dsoxQueue.waiting(0xff, 0xfd)).isEqualTo(0x1ff);
        assertThat(Lsm6dsoxQueue.overran(0x40)).isTrue();
        assertThat(Lsm6dsoxQueue.overran(0xb7)).isFalse();
        assertThat(Lsm6ds3trcQueue.waiting(0x34, 0x92)).isEqualTo(0x234);
        assertThat(Lsm6ds3trcQueue.inPattern(0x08, 0)).isEqualTo(8);
    }

    /** AN5272 section 6.4: 25 us are 1 / (40000 (1 + 0.0015 x INTERNAL_FREQ_FINE)) s in truth. */
    @Test
    void shouldKnowTheClockThatTheChipTellsOf() {
        assertThat(Lsm6.ticksPerSecond(0)).isEqualTo(40_000);
        assertThat(Lsm6.ticksPerSecond(0x0a)).isCloseTo(40_600, within(1e-6));
        assertThat(Lsm6.ticksPerSecond(0xf6)).isCloseTo(39_400, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"208, 5, 208.33", "104, 4, 104.17", "200, 5, 208.33", "420, 6, 416.67", "50, 3, 52.08"})
    void shouldTakeTheNearestRate(double wantedHz, int code, double rateHz) {
        assertThat(Lsm6.rateCode(wantedHz)).isEqualTo(code);
        assertThat(Lsm6.rateHz(code)).isCloseTo(rateHz, within(0.01));
    }

    @Test
    void shouldReadTemperaturesAsEachSheetSays() {
        assertThat(Lsm6.temperatureC(0)).isEqualTo(25);
        assertThat(Lsm6.temperatureC(0xff00)).isEqualTo(24);
        assertThat(InvenSense.Mpu.temperatureC(ImuChip.MPU_6050, 0)).isEqualTo(36.53);
        assertThat(InvenSense.Icm.temperatureC(0)).isEqualTo(21);
    }

    /** RM-MPU-6000A section 4.1: FT = 25 x 131 x 1.046^(code - 1), 4096 x 0.34 x (0.92 / 0.34)^((code - 1) / 30). */
    @Test
    void shouldCompareSelfTestsWithTheFactory() {
        assertThat(InvenSenseTrim.codes(new byte[] {(byte) 0xe1, 0x02, 0x03, 0x39}))
                .containsExactly(31, 2, 1, 1, 2, 3);
        assertThat(InvenSenseTrim.gyrTrim(ImuChip.MPU_6050, 1)).isEqualTo(3275);
        assertThat(InvenSenseTrim.accTrim(ImuChip.MPU_6050, 31)).isCloseTo(3768.32, within(1e-6));
        assertThat(InvenSenseTrim.gyrPasses(ImuChip.MPU_6050, 1, 3275 * 1.13)).isTrue();
        assertThat(InvenSenseTrim.gyrPasses(ImuChip.MPU_6050, 1, 3275 * 1.15)).isFalse();
        assertThat(InvenSenseTrim.accPasses(ImuChip.MPU_6500, 1, 2620 * 1.4)).isTrue();
        assertThat(InvenSenseTrim.accPasses(ImuChip.ICM_20948, 1, 2620 * 0.4)).isFalse();
    }
}
