package dev.entrain.music.decode;

import dev.entrain.music.MusicException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What a file is, judged by its first bytes, and so what a technician can do with one that is not read here. */
final class SoundKind {
    private static final int LOOK_BYTES = 512;

    /** SF_FORMAT_WAV, _AIFF, _W64, _WAVEX, _FLAC, _CAF, _OGG, _RF64, _MPEG: what says by itself what it is. */
    private static final Set<Integer> READ =
            Set.of(0x010000, 0x020000, 0x0B0000, 0x130000, 0x170000, 0x180000, 0x200000, 0x220000, 0x230000);

    private SoundKind() {}

    /** Whether files of one of libsndfile's types are taken; others are raw numbers that any file could be. */
    static boolean taken(int type) {
        return READ.contains(type);
    }

    /** Refuses a file that the library cannot read, telling what it is and what helps. */
    static MusicException refuse(Path file, String libraryWords) {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(LOOK_BYTES);
        } catch (IOException e) {
            return new MusicException(
                    file + ": can't be read (" + e.getMessage() + "); check the path and its rights", e);
        }
        if (head.length == 0) {
            return new MusicException(file + ": is empty; copy it again from where it came from");
        }
        String music = music(head);
        if (!music.isEmpty()) {
            return new MusicException(
                    file + ": " + music + ", which is not read here; convert it first: " + convert(file));
        }
        String known = known(head);
        if (!known.isEmpty()) {
            return new MusicException(file + ": says it is " + known + " but can't be read as such (" + libraryWords
                    + "); it is cut off or damaged, copy it again");
        }
        return new MusicException(file + ": " + (text(head) ? "is a text" : "is no sound this unit knows")
                + "; songs are wav, flac, ogg, opus or mp3 files");
    }

    /** Returns the command that makes a readable file of one that is not; nothing is run. */
    static String convert(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String target = (dot > 0 ? name.substring(0, dot) : name) + ".flac";
        return "ffmpeg -i " + quoted(name) + " " + quoted(target);
    }

    private static String quoted(String name) {
        return "'" + name.replace("'", "'\\''") + "'";
    }

    /** Music of kinds that are not read. */
    private static String music(byte[] head) {
        if (at(head, 4, "ftyp")) {
            return "is an MPEG-4 file (m4a, AAC or ALAC)";
        }
        if ((head[0] & 0xFF) == 0xFF && head.length > 1 && (head[1] & 0xF6) == 0xF0) {
            return "is an AAC file";
        }
        if (head.length > 3 && (head[0] & 0xFF) == 0x30 && (head[1] & 0xFF) == 0x26 && (head[2] & 0xFF) == 0xB2) {
            return "is a Windows Media file (wma)";
        }
        if (head.length > 3 && (head[0] & 0xFF) == 0x1A && (head[1] & 0xFF) == 0x45 && (head[2] & 0xFF) == 0xDF) {
            return "is a Matroska or WebM file";
        }
        if (at(head, 0, "MAC ")) {
            return "is a Monkey's Audio file (ape)";
        }
        if (at(head, 0, "wvpk")) {
            return "is a WavPack file";
        }
        if (at(head, 0, "MPCK") || at(head, 0, "MP+")) {
            return "is a Musepack file";
        }
        if (at(head, 0, "DSD ") || at(head, 0, "FRM8")) {
            return "is a DSD file";
        }
        if (at(head, 0, ".snd") || at(head, 0, ".RMF") || at(head, 0, "TTA1")) {
            return "is music of a rare kind";
        }
        return "";
    }

    /** Kinds that would be read if they were whole. */
    private static String known(byte[] head) {
        if (at(head, 0, "RIFF") || at(head, 0, "RIFX") || at(head, 0, "RF64")) {
            return "a wav file";
        }
        if (at(head, 0, "fLaC")) {
            return "a flac file";
        }
        if (at(head, 0, "OggS")) {
            return "an ogg or opus file";
        }
        if (at(head, 0, "ID3") || ((head[0] & 0xFF) == 0xFF && head.length > 1 && (head[1] & 0xE0) == 0xE0)) {
            return "an mp3 file";
        }
        if (at(head, 0, "FORM") || at(head, 0, "caff")) {
            return "an aiff or caf file";
        }
        return "";
    }

    private static boolean at(byte[] head, int from, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < wanted.length; i++) {
            if (from + i >= head.length || head[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean text(byte[] head) {
        for (byte b : head) {
            int value = b & 0xFF;
            if (value < ' ' && value != '\n' && value != '\r' && value != '\t') {
                return false;
            }
        }
        return true;
    }
}
