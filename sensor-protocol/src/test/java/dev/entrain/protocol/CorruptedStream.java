package dev.entrain.protocol;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;

/** Does to a byte stream what lines, cables and drivers do: flips, losses, insertions, repetitions. */
final class CorruptedStream {
    private final SplittableRandom random;

    CorruptedStream(SplittableRandom random) {
        this.random = random;
    }

    /**
     * Corrupts a stream.
     *
     * @param perByte chance that something happens at a byte, 0 to 1
     */
    byte[] of(byte[] stream, double perByte) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(stream.length + 1024);
        int at = 0;
        while (at < stream.length) {
            if (random.nextDouble() >= perByte) {
                out.write(stream[at++]);
                continue;
            }
            int run = 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 8);
            switch (random.nextInt(7)) {
                case 0 -> out.write(stream[at++] ^ (1 << random.nextInt(8)));
                case 1 -> out.write(stream[at++] ^ random.nextInt());
                case 2 -> at += run; // bytes lost
                case 3 -> noise(out, run);
                case 4 -> at = Math.max(0, at - random.nextInt(run)); // bytes repeated; run is bounded, so this ends
                case 5 -> out.write(0);
                default -> {
                    noise(out, run);
                    at += run; // bytes overwritten
                }
            }
        }
        return out.toByteArray();
    }

    private void noise(ByteArrayOutputStream out, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        out.writeBytes(bytes);
    }
}
