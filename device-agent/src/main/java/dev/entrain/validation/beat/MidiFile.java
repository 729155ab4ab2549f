package dev.entrain.validation.beat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes notes at absolute times as a Standard MIDI File of format 0 (RP-001, 1996) whose tick is half a millisecond. */
final class MidiFile {
    private static final int TICKS_PER_S = 2000;
    private static final int TICKS_PER_QUARTER = 1000;
    private static final int QUARTER_US = 500_000;
    private static final int NOTE_ON = 0x90;
    private static final int NOTE_OFF = 0x80;
    private static final int PROGRAM = 0xC0;
    private static final int PARTS = 16;

    private MidiFile() {}

    static void write(Path file, Sheet sheet) throws IOException {
        // An event is time, then kind (an end before a beginning at the same time), channel, key and velocity in one
        // number.
        long[] events = new long[2 * sheet.notes().size()];
        int count = 0;
        for (Sheet.Note note : sheet.notes()) {
            long on = Math.round(note.timeS() * TICKS_PER_S);
            long off = Math.max(on + 1, Math.round((note.timeS() + note.lengthS()) * TICKS_PER_S));
            events[count++] = (on << 32)
                    | (1L << 24)
                    | ((long) note.channel() << 16)
                    | ((long) note.key() << 8)
                    | note.velocity();
            events[count++] = (off << 32) | ((long) note.channel() << 16) | ((long) note.key() << 8);
        }
        Arrays.sort(events);
        ByteArrayOutputStream track = new ByteArrayOutputStream();
        track.write(
                new byte[] {0, (byte) 0xFF, 0x51, 3, QUARTER_US >> 16, (byte) (QUARTER_US >> 8), (byte) QUARTER_US});
        int[] programs = sheet.programs();
        for (int channel = 0; channel < PARTS; channel++) {
            if (channel != Sheet.DRUMS) {
                track.write(new byte[] {0, (byte) (PROGRAM | channel), (byte) programs[channel]});
            }
        }
        long now = 0;
        for (long event : events) {
            long tick = event >>> 32;
            length(track, (int) (tick - now));
            now = tick;
            int kind = ((event >> 24) & 1) == 1 ? NOTE_ON : NOTE_OFF;
            track.write(new byte[] {
                (byte) (kind | (int) ((event >> 16) & 0xF)), (byte) (event >> 8), (byte) (event & 0xFF)
            });
        }
        track.write(new byte[] {0, (byte) 0xFF, 0x2F, 0});
        ByteBuffer bytes = ByteBuffer.allocate(22 + track.size());
        bytes.putInt(0x4D546864)
                .putInt(6)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) TICKS_PER_QUARTER);
        bytes.putInt(0x4D54726B).putInt(track.size()).put(track.toByteArray());
        Files.write(file, bytes.array());
    }

    /** A number in groups of seven bits, the highest first. */
    private static void length(ByteArrayOutputStream track, int value) {
        for (int shift = 21; shift > 0; shift -= 7) {
            if (value >> shift != 0) {
                track.write(0x80 | ((value >> shift) & 0x7F));
            }
        }
        track.write(value & 0x7F);
    }
}
