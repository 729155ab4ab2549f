package dev.entrain.telemetry;

import dev.entrain.journal.RecordKind;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.telemetry.mqtt.MosquittoBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code deploy/catch-up}: how fast a unit brings a backlog to the clinic, beside the HiveMQ client with the same messages,
 * the same broker and the same receiver; and whether its cues keep their frames meanwhile. Exit status 1: something was lost,
 * or cue timing changed.
 */
public final class CatchUp {
    private static final double CUE_S = 20;
    private static final int PAIRS = 3;

    private final Path dir;
    private final int records;
    private boolean whole = true;

    private CatchUp(Path dir, int records) {
        this.dir = dir;
        this.records = records;
    }

    /** Runs; the arguments are the number of records and a folder of its own. */
    public static void main(String[] args) throws Exception {
        CatchUp run = new CatchUp(Path.of(args[1]), Integer.parseInt(args[0]));
        System.exit(run.run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        fill();
        System.out.printf(
                Locale.ROOT,
                "%,d records in a journal on disk, through Mosquitto to a receiver that acknowledges; no limit:%n%n",
                records);
        System.out.println("                    seconds  records/s  CPU s  peak MB");
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            ours.add(catchUp("unit", "this unit (Paho)"));
            theirs.add(catchUp("peer", "HiveMQ client"));
        }
        System.out.printf(
                Locale.ROOT,
                "%nThe unit takes %.2f times as long as the HiveMQ client (medians of %d).%n%n",
                median(ours) / median(theirs),
                PAIRS);
        System.out.printf(Locale.ROOT, "%.0f s of cues on the test card, in the same process:%n%n", CUE_S);
        boolean quiet = cues("nobody", 0, "nothing sent");
        boolean kept = cues("unit", 0, "catching up, no limit");
        kept &= cues("unit", TelemetryConfig.DEFAULT_CATCH_UP_PER_S, "catching up as on a walk");
        System.out.println();
        System.out.println(whole ? "Nothing was lost." : "RECORDS WERE LOST.");
        if (kept) {
            System.out.println("Cue timing is unchanged.");
        } else {
            System.out.println(
                    quiet
                            ? "CUE TIMING CHANGED."
                            : "This machine lets cues down with nothing sent too: run this again where nothing else works.");
        }
        return whole && kept;
    }

    /** As a walk makes them. */
    private void fill() throws Exception {
        try (SqliteJournal journal = CatchUpSender.open(dir.resolve("filled"))) {
            for (int i = 0; i < records; i++) {
                long timeNs = 1_000_000_000L + i * 125_000_000L;
                String body = i % 3 == 0 ? stride(timeNs) : i % 3 == 1 ? step(timeNs, i) : cue(timeNs, i);
                RecordKind kind = i % 3 == 0 ? RecordKind.STRIDE : i % 3 == 1 ? RecordKind.STEP : RecordKind.CUE;
                journal.append(kind, "c2b7e0a4-5d1f", timeNs, body.getBytes(StandardCharsets.UTF_8));
                if (i % 500 == 499) {
                    journal.commit();
                }
            }
            if (!journal.commit()) {
                throw new IOException("the disk did not take the records; make room and try again");
            }
        }
    }

    private static String step(long timeNs, int i) {
        return "{\"t_ns\":" + timeNs + ",\"foot\":\"L\",\"decided_ns\":" + (timeNs + 60_000_000)
                + ",\"step_duration_s\":0.512345678,\"cadence_spm\":117.213453,\"confidence\":0.98,\"cue_id\":"
                + (i + 1)
                + ",\"asynchrony_ms\":-35.123456}";
    }

    private static String stride(long timeNs) {
        return "{\"t_ns\":" + timeNs + ",\"foot\":\"R\",\"decided_ns\":" + (timeNs + 60_000_000) + ",\"start_ns\":"
                + (timeNs - 1_041_000_000) + ",\"stride_duration_s\":1.041234567,\"stance_fraction\":0.612345,"
                + "\"double_support_pct\":26.1234,\"stride_length_m\":1.234567,\"stride_length_sd_m\":0.021345,"
                + "\"speed_mps\":1.185234,\"clearance_m\":0.152345,\"turn_deg\":-0.512345}";
    }

    private static String cue(long timeNs, int i) {
        return "{\"t_ns\":" + timeNs + ",\"foot\":\"L\",\"decided_ns\":" + (timeNs - 150_000_000) + ",\"cue_id\":"
                + (i + 1) + ",\"frame\":" + 24_000L * i + ",\"period_s\":0.512345678,\"voice\":\"beat\"}";
    }

    private double catchUp(String who, String name) throws Exception {
        Map<String, String> told = send(who, 0, 0);
        double seconds = Double.parseDouble(told.getOrDefault("seconds", "NaN"));
        System.out.printf(
                Locale.ROOT,
                "%-18s %8.2f %10.0f %6s %8s%n",
                name,
                seconds,
                records / seconds,
                told.get("cpu"),
                told.get("peak_mb"));
        return seconds;
    }

    private boolean cues(String who, int rate, String name) throws Exception {
        Map<String, String> told = send(who, rate, CUE_S);
        double seconds = Double.parseDouble(told.getOrDefault("seconds", "NaN"));
        double sent = Double.parseDouble(told.getOrDefault("sent", "0"));
        System.out.printf(
                Locale.ROOT,
                "%-25s %s of %s cues, %s late, worst %s frames, %s underruns (%s by the machine), stall p99 %s us%s%n",
                name,
                told.get("played"),
                told.get("cues"),
                told.get("late"),
                told.get("worst_frames"),
                told.get("underruns"),
                told.get("machine_underruns"),
                told.get("stall_p99_us"),
                sent > 0 ? String.format(Locale.ROOT, "; %.0f records/s for %.1f s", sent / seconds, seconds) : "");
        return "true".equals(told.get("kept"));
    }

    /** Lets a process send from a copy of the journal, and compares what the receiver stored with what was there. */
    private Map<String, String> send(String who, int rate, double cueS) throws Exception {
        Path journal = dir.resolve("sent");
        Files.createDirectories(journal);
        Files.copy(
                dir.resolve("filled").resolve(SqliteJournal.FILE),
                journal.resolve(SqliteJournal.FILE),
                StandardCopyOption.REPLACE_EXISTING);
        Map<String, String> told = new HashMap<>();
        try (MosquittoBroker broker = MosquittoBroker.start(dir);
                CatchUpReceiver receiver = new CatchUpReceiver(broker.uri())) {
            Process sender = new ProcessBuilder(command(
                            who,
                            broker.uri().toString(),
                            journal.toString(),
                            String.valueOf(rate),
                            String.valueOf(cueS)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            for (String line : new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(text -> text.startsWith("RESULT"))
                    .toList()) {
                for (String field : line.substring("RESULT ".length()).strip().split(" ", -1)) {
                    told.put(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
                }
            }
            sender.waitFor();
            long sent = Long.parseLong(told.getOrDefault("sent", "-1"));
            int stored = receiver.store.of(CatchUpSender.BOOT).size();
            boolean all = !who.equals("nobody") && rate == 0;
            if (stored < sent || (all && (stored != records || sent != records))) {
                whole = false;
                System.out.printf("LOST: %d of %d records are stored, %d were acknowledged%n", stored, records, sent);
            }
        }
        return told;
    }

    /** The flags of a walk; see deploy/entrain. */
    private static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms12m",
                "-Xmn4m",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-Dtinylog.level=warn",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.entrain.telemetry.CatchUpSender"));
        command.addAll(List.of(args));
        return command;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
