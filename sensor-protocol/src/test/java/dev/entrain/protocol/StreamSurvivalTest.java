package dev.entrain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the line does: no exception, no wrong sample, and the next good frame is taken. */
class StreamSurvivalTest {
    private static final long SEED = 5;
    private static final int RANDOM_BYTES = 6_000_000;
    private static final int DAMAGED_BLOCKS = 200;
    private static final int BLOCK_BYTES = 40_000;
    private static final DeviceProfile PROFILE =
            new DeviceProfile(1, Side.LEFT, 200_000, 16_000, 20_000, 1_000_000, 32, 2, 16, "");
    private static final double ACC_STEP = WireFormat.accRangeMps2(16_000) / 32_768;
    private static final double GYR_STEP = WireFormat.gyrRangeRadps(20_000) / 32_768;

    private final EntrainDecoder decoder = new EntrainDecoder();
    private final CommandDecoder commands = new CommandDecoder();

    static Stream<GoldenVector> accepted() {
        return GoldenVector.accepted().stream();
    }

    @Test
    void shouldHearNothingInMillionsOfRandomBytes() {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] chunk = new byte[4_096];
        RecordingSink sink = new RecordingSink();
        for (int fed = 0; fed < RANDOM_BYTES; fed += chunk.length) {
            random.nextBytes(chunk);
            // Random bytes hold a delimiter every 256; fewer and more of them reach short and overlong frames too.
            double zeros = new double[] {0, 0.02, 0.1}[random.nextInt(3)];
            for (int i = 0; i < chunk.length; i++) {
                if (random.nextDouble() < zeros) {
                    chunk[i] = 0;
                } else if (zeros == 0 && chunk[i] == 0) {
                    chunk[i] = 1;
                }
            }
            decoder.accept(chunk, 0, chunk.length, 0, sink);
        }
        decoder.reset();
        assertThat(sink.messages()).as("seed " + SEED).isZero();
        assertThat(decoder.frames()).isZero();
        assertThat(decoder.framesBad()).isGreaterThan(10_000);
        assertThat(decoder.bytesSkipped()).isEqualTo((RANDOM_BYTES + 4_095) / 4_096 * 4_096L);
    }

    /** The judge knows nothing of checksums: a stretch between delimiters is right if it is one that was sent. */
    @Test
    void shouldTakeExactlyTheUndamagedFramesOfADamagedStream() {
        SplittableRandom random = new SplittableRandom(SEED);
        CorruptedStream corruption = new CorruptedStream(random);
        Expectation sink = new Expectation();
        long fed = 0;
        long good = 0;
        long bad = 0;
        int seq = Integer.MAX_VALUE - 1_000;
        for (int block = 0; block < DAMAGED_BLOCKS; block++) {
            ByteArrayOutputStream clean = new ByteArrayOutputStream();
            while (clean.size() < BLOCK_BYTES) {
                int count = 1 + random.nextInt(13);
                clean.writeBytes(batch(seq, count));
                seq += count;
            }
            byte[] damaged = Arrays.copyOf(
                    corruption.of(clean.toByteArray(), Math.pow(10, -1.5 - 3 * random.nextDouble())), 1 << 17);
            int length = Math.min(damaged.length, lastNonZero(damaged) + 2); // the copy's padding ends the last frame
            Set<String> sent = new HashSet<>(stretches(clean.toByteArray(), clean.size()));
            for (String stretch : stretches(damaged, length)) {
                if (sent.contains(stretch)) {
                    good++;
                } else {
                    bad++;
                }
            }
            fed += length;
            feedInPieces(damaged, length, random, sink);
        }
        assertThat(fed).isGreaterThan(6_000_000);
        assertThat(decoder.frames()).as("seed " + SEED).isEqualTo(good).isGreaterThan(10_000);
        assertThat(decoder.framesBad()).isEqualTo(bad).isGreaterThan(1_000);
        assertThat(sink.wrong).isZero();
        assertThat(sink.readings).isGreaterThan(100_000);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void shouldDropEveryTruncationAndTakeTheNextFrame(GoldenVector vector) {
        byte[] wire = vector.wire();
        for (int cut = 0; cut < wire.length - 1; cut++) {
            byte[] truncated = Arrays.copyOf(Arrays.copyOf(wire, cut), cut + 1); // the added zero is the delimiter
            assertOnlyTheNextFrameIsTaken(vector, truncated, "first " + cut + " bytes");
            byte[] tail = Arrays.copyOfRange(wire, cut + 1, wire.length);
            if (tail.length > 1) {
                assertOnlyTheNextFrameIsTaken(vector, tail, "without the first " + (cut + 1) + " bytes");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void shouldDropEverySingleBitFlipAndTakeTheNextFrame(GoldenVector vector) {
        byte[] wire = vector.wire();
        for (int bit = 0; bit < (wire.length - 1) * 8; bit++) {
            byte[] flipped = wire.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertOnlyTheNextFrameIsTaken(vector, flipped, "bit " + bit);
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void shouldLoseAtMostTheNextFrameWhenADelimiterIsHit(GoldenVector vector) {
        byte[] wire = vector.wire();
        for (int bit = 0; bit < 8; bit++) {
            byte[] flipped = wire.clone();
            flipped[wire.length - 1] ^= (byte) (1 << bit);
            long before = frames(vector);
            feed(vector, flipped);
            feed(vector, wire);
            assertThat(frames(vector) - before).isZero();
            feed(vector, wire);
            assertThat(frames(vector) - before).isEqualTo(1);
        }
    }

    @Test
    void shouldResynchroniseWithinOneFrameAfterGarbage() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 2_000; round++) {
            byte[] garbage = new byte[random.nextInt(1_000)];
            random.nextBytes(garbage);
            RecordingSink sink = new RecordingSink();
            decoder.accept(garbage, 0, garbage.length, 0, sink);
            byte[] first = batch(100, 1);
            byte[] second = batch(200, 1);
            decoder.accept(first, 0, first.length, 0, sink);
            decoder.accept(second, 0, second.length, 0, sink);
            assertThat(sink.readings).isNotEmpty();
            assertThat(sink.readings.getLast().seq).isEqualTo(200);
        }
    }

    @Test
    void shouldCountAnEndlessFrameOnceAndEveryByteOfIt() {
        byte[] endless = new byte[100_000];
        Arrays.fill(endless, (byte) 0x55);
        decoder.accept(endless, 0, endless.length, 0, new RecordingSink());
        assertThat(decoder.framesBad()).isEqualTo(1);
        assertThat(decoder.bytesSkipped()).isEqualTo(100_000);
    }

    @Test
    void shouldPassOverEmptyFrames() {
        RecordingSink sink = new RecordingSink();
        byte[] zeros = new byte[1_000];
        decoder.accept(zeros, 0, zeros.length, 0, sink);
        byte[] frame = batch(1, 1);
        decoder.accept(frame, 0, frame.length, 0, sink);
        assertThat(decoder.framesBad()).isZero();
        assertThat(decoder.bytesSkipped()).isEqualTo(1_000);
        assertThat(sink.readings).hasSize(1);
    }

    @Test
    void shouldForgetAHalfFrameOnReset() {
        byte[] frame = batch(1, 1);
        RecordingSink sink = new RecordingSink();
        decoder.accept(frame, 0, 20, 0, sink);
        decoder.reset();
        decoder.accept(frame, 0, frame.length, 0, sink);
        assertThat(sink.readings).hasSize(1);
        assertThat(decoder.bytesSkipped()).isEqualTo(20);
        assertThat(decoder.framesBad()).isZero();
    }

    private void assertOnlyTheNextFrameIsTaken(GoldenVector vector, byte[] damaged, String what) {
        long before = frames(vector);
        feed(vector, damaged);
        assertThat(frames(vector) - before).as(vector + ": " + what).isZero();
        feed(vector, vector.wire());
        assertThat(frames(vector) - before).as(vector + " after " + what).isEqualTo(1);
    }

    private void feed(GoldenVector vector, byte[] bytes) {
        if (vector.fromHost()) {
            commands.accept(bytes, 0, bytes.length, 0, new WritingCommandSink(new ArrayList<>()));
        } else {
            decoder.accept(bytes, 0, bytes.length, 0, new RecordingSink());
        }
    }

    private long frames(GoldenVector vector) {
        return vector.fromHost() ? commands.frames() : decoder.frames();
    }

    private void feedInPieces(byte[] bytes, int length, SplittableRandom random, MessageSink sink) {
        int at = 0;
        while (at < length) {
            int piece = Math.min(length - at, 1 + random.nextInt(700));
            decoder.accept(bytes, at, piece, 0, sink);
            at += piece;
        }
    }

    private static List<String> stretches(byte[] bytes, int length) {
        return Arrays.stream(new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split("\0", -1))
                .filter(stretch -> !stretch.isEmpty())
                .toList();
    }

    private static int lastNonZero(byte[] bytes) {
        int at = bytes.length - 1;
        while (at > 0 && bytes[at] == 0) {
            at--;
        }
        return at;
    }

    /** A frame whose every sample follows from its sequence number. */
    private static byte[] batch(int seq, int count) {
        SampleBatch batch = new SampleBatch(PROFILE);
        batch.begin(seq, seq * 5_000L, PROFILE.intervalParts());
        for (int k = 0; k < count; k++) {
            int s = seq + k;
            batch.addRaw(value(s, 0), value(s, 1), value(s, 2), value(s, 3), value(s, 4), value(s, 5));
            batch.setPressureRaw(0, value(s, 6) & 0xffff);
            batch.setPressureRaw(1, value(s, 7) & 0xffff);
        }
        byte[] out = new byte[WireFormat.MAX_FRAME_BYTES];
        return Arrays.copyOf(out, new DeviceEncoder().samples(batch, out, 0));
    }

    private static short value(int seq, int channel) {
        int mixed = (seq * 8 + channel) * 0x9e3779b9;
        return (short) (mixed ^ mixed >>> 15);
    }

    /** Holds each reading against what its sequence number promises. */
    private static final class Expectation implements MessageSink {
        long readings;
        long wrong;

        @Override
        public void onReading(Reading r) {
            readings++;
            boolean right = r.deviceTicks == (r.seq * 5_000L & 0xffff_ffffL)
                    && r.axMps2 == value(r.seq, 0) * ACC_STEP
                    && r.ayMps2 == value(r.seq, 1) * ACC_STEP
                    && r.azMps2 == value(r.seq, 2) * ACC_STEP
                    && r.gxRadps == value(r.seq, 3) * GYR_STEP
                    && r.gyRadps == value(r.seq, 4) * GYR_STEP
                    && r.gzRadps == value(r.seq, 5) * GYR_STEP
                    && r.pressure[0] == (value(r.seq, 6) & 0xffff) / 65535.0f
                    && r.pressure[1] == (value(r.seq, 7) & 0xffff) / 65535.0f;
            if (!right) {
                wrong++;
            }
        }

        @Override
        public void onHello(Hello hello) {
            wrong++;
        }

        @Override
        public void onStatus(DeviceStatus status) {
            wrong++;
        }

        @Override
        public void onPong(Pong pong) {
            wrong++;
        }

        @Override
        public void onReply(Reply reply) {
            wrong++;
        }
    }
}
