package dev.entrain.journal.sqlite;

import dev.entrain.health.Counters;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RecordKind;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * A process of its own that writes into a journal as fast as it goes, until it is killed, and says after each commit that
 * returned true what is durable. Arguments: state folder, synchronous, limit in MB, whether the clinic acknowledges.
 */
final class WriterProcess {
    private static final int MOST_COMMITS = 10_000_000;

    private WriterProcess() {}

    public static void main(String[] args) throws Exception {
        Path state = Path.of(args[0]);
        JournalLimits limits = new JournalLimits(Long.parseLong(args[2]) << 20, 0);
        boolean acknowledges = Boolean.parseBoolean(args[3]);
        Random random = new Random(7);
        try (SqliteJournal journal = SqliteJournal.open(
                state, limits, "boot", NanoClock.SYSTEM, WallClock.SYSTEM, new Counters(), args[1])) {
            String session = "s" + (journal.lastSeq() + 1);
            journal.putSession(new KeptSession(session, "boot", 0, "{}", null, false));
            for (int i = 0; i < MOST_COMMITS; i++) {
                long from = 0;
                long to = 0;
                for (int n = 1 + random.nextInt(12); n > 0; n--) {
                    to = journal.append(RecordKind.STEP, session, i, body(i, random.nextInt(300)));
                    from = from == 0 ? to : from;
                }
                if (journal.commit()) {
                    System.out.println("ack " + from + " " + to);
                }
                if (acknowledges && i % 50 == 49) {
                    journal.acknowledge("boot", to);
                    journal.putSession(new KeptSession(session, "boot", 0, "{}", null, true));
                    session = "s" + (to + 1);
                }
            }
        }
    }

    /** Starts one; its standard output tells. */
    static Process start(Path state, Path temporary, String synchronous, int megabytes, boolean acknowledges)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterProcess.class.getName(),
                        state.toString(),
                        synchronous,
                        Integer.toString(megabytes),
                        Boolean.toString(acknowledges))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A body that shows whether it is whole. */
    static byte[] body(int i, int filling) {
        String text = "{\"t_ns\":" + i + ",\"x\":\"" + "abcdefghij".repeat(filling / 10) + "\"";
        return (text + ",\"crc\":" + crc(text) + "}").getBytes(StandardCharsets.UTF_8);
    }

    static boolean whole(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        int at = text.lastIndexOf(",\"crc\":");
        return at > 0 && text.equals(text.substring(0, at) + ",\"crc\":" + crc(text.substring(0, at)) + "}");
    }

    private static long crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
