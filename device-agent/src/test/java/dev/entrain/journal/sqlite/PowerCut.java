package dev.entrain.journal.sqlite;

import dev.entrain.sqlite.NativeLibrary;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the power of a disk that a journal is written on. The disk is a block device (loop) on a recorder
 * ({@code recorded_disk.c}) that keeps every write and every flush in order; ext4 with its defaults lies on it. A cut takes a
 * moment with writes after the last flush. All before the flush is on the medium; each of those after it is there, or is
 * not, or only some of its 512-byte sectors are, in any order, by chance. That state is mounted, so that ext4 plays its own
 * journal, and the journal in it is opened and read.
 */
final class PowerCut {
    private static final int IMAGE_BYTES = 64 << 20;
    private static final int LIMIT_MB = 40;
    private static final long MOST_LOG_BYTES = 150L << 20;
    private static final int SECTOR = 512;
    private static final int MANY_LOOSE = 4;

    private final Path recorder;
    private final Path work;
    private final Random random;

    /** How many cuts went how. {@code acked} is of all cuts together, as are the others. */
    record Result(
            String synchronous,
            int cuts,
            int unclean,
            int corrupt,
            long acked,
            long missing,
            int cutsMissing,
            int holes,
            long writes,
            long flushes,
            long dropped,
            long torn) {
        String row() {
            return String.format(
                    Locale.ROOT,
                    "%-6s %5d %9d %9d %8d %8d %8d %13d %8d %6d %6d",
                    synchronous,
                    cuts,
                    writes,
                    flushes,
                    dropped,
                    torn,
                    unclean,
                    acked,
                    corrupt,
                    missing,
                    holes);
        }

        static String head() {
            return "sync    cuts    writes   flushes  dropped     torn  unclean  acknowledged  corrupt   lost  holes";
        }
    }

    private record Op(boolean flush, long offset, int length, long at) {}

    private record Ack(long logBytes, long seq) {}

    PowerCut(Path recorder, Path work, long seed) {
        this.recorder = recorder;
        this.work = work;
        random = new Random(seed);
    }

    /** RECORDER WORK CUTS SEED: prints the table; status 1 if the journal lost anything or its peer lost nothing. */
    public static void main(String[] args) throws Exception {
        int cuts = Integer.parseInt(args[2]);
        PowerCut cut = new PowerCut(Path.of(args[0]), Path.of(args[1]), Long.parseLong(args[3]));
        System.out.println(Result.head());
        Result full = cut.run("FULL", cuts, 10);
        System.out.println(full.row());
        Result normal = cut.run("NORMAL", cuts, 10);
        System.out.println(normal.row());
        boolean kept = full.corrupt() == 0 && full.missing() == 0 && full.holes() == 0;
        boolean proves = normal.missing() > 0;
        System.out.println(
                kept ? "FULL, the journal: nothing acknowledged was lost." : "FULL, the journal: LOST DATA.");
        System.out.println(
                proves
                        ? "NORMAL, its peer: lost in " + normal.cutsMissing() + " of " + normal.cuts()
                                + " cuts, so the cuts can show a loss."
                        : "NORMAL, its peer, lost nothing: these cuts prove nothing.");
        System.exit(kept && proves ? 0 : 1);
    }

    /** Writes for a while, then cuts. */
    Result run(String synchronous, int cuts, int seconds) throws Exception {
        NativeLibrary.use(work); // Not from a disk that is to be unmounted.
        Path base = work.resolve("base.img");
        Path image = work.resolve("disk.img");
        Path log = work.resolve("log");
        try (RandomAccessFile file = new RandomAccessFile(base.toFile(), "rw")) {
            file.setLength(0);
            file.setLength(IMAGE_BYTES);
        }
        command("mkfs.ext4", "-q", "-F", base.toString());
        Files.copy(base, image, StandardCopyOption.REPLACE_EXISTING);
        List<Ack> acks = record(synchronous, seconds, image, log);
        return cut(synchronous, cuts, base, log, acks);
    }

    private List<Ack> record(String synchronous, int seconds, Path image, Path log) throws Exception {
        Path shown = Files.createDirectories(work.resolve("shown"));
        Path mounted = Files.createDirectories(work.resolve("mounted"));
        Process disk = new ProcessBuilder(recorder.toString(), image.toString(), shown.toString(), log.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Ack> acks = new ArrayList<>();
        try (BufferedReader said = reader(disk)) {
            if (!"ready".equals(said.readLine())) {
                throw new IOException("the recording disk did not start");
            }
            command("mount", "-o", "loop", shown.resolve("disk").toString(), mounted.toString());
            try {
                writeInto(mounted.resolve("state"), synchronous, seconds, log, acks);
            } finally {
                command("umount", mounted.toString());
                command("umount", shown.toString());
            }
        }
        disk.waitFor(10, TimeUnit.SECONDS);
        return acks;
    }

    private void writeInto(Path state, String synchronous, int seconds, Path log, List<Ack> acks) throws Exception {
        Process writer = WriterProcess.start(state, work, synchronous, LIMIT_MB, false);
        long endNs = System.nanoTime() + seconds * 1_000_000_000L;
        try (BufferedReader said = reader(writer)) {
            while (System.nanoTime() < endNs && Files.size(log) < MOST_LOG_BYTES) { // Ends by the clock.
                String line = said.readLine();
                if (line == null) {
                    throw new IOException("the writer ended");
                }
                acks.add(new Ack(Files.size(log), Long.parseLong(line.substring(line.lastIndexOf(' ') + 1))));
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private Result cut(String synchronous, int cuts, Path base, Path log, List<Ack> acks) throws Exception {
        List<Op> ops = ops(log);
        List<Integer> open = new ArrayList<>();
        List<Integer> busy = new ArrayList<>();
        int loose = 0;
        long firstAck = acks.getFirst().logBytes();
        long lastAck = acks.getLast().logBytes();
        for (int i = 1; i < ops.size(); i++) {
            long end = ops.get(i).at() + ops.get(i).length();
            loose = ops.get(i).flush() ? 0 : loose + 1;
            if (loose > 0 && end >= firstAck && end <= lastAck) {
                (loose >= MANY_LOOSE ? busy : open).add(i);
            }
        }
        // Half of them where much is on its way: there the log is being folded into the file.
        Collections.shuffle(open, random);
        Collections.shuffle(busy, random);
        List<Integer> points = new ArrayList<>(busy.subList(0, Math.min(cuts / 2, busy.size())));
        points.addAll(open.subList(0, Math.min(cuts - points.size(), open.size())));
        Collections.sort(points);
        long[] sums = new long[8];
        int done = 0;
        Path medium = work.resolve("medium.img");
        Files.copy(base, medium, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel bytes = FileChannel.open(log, StandardOpenOption.READ)) {
            for (int point : points) {
                int flush = point;
                while (flush >= 0 && !ops.get(flush).flush()) {
                    flush--;
                }
                try (FileChannel to = FileChannel.open(medium, StandardOpenOption.WRITE)) {
                    for (; done < flush; done++) {
                        apply(bytes, to, ops.get(done), null);
                    }
                }
                Path state = work.resolve("cut.img");
                Files.copy(medium, state, StandardCopyOption.REPLACE_EXISTING);
                scatter(bytes, state, ops.subList(flush + 1, point + 1), sums);
                look(state, ackedAt(acks, ops.get(point).at() + ops.get(point).length()), acks, sums);
            }
        }
        long flushes = ops.stream().filter(Op::flush).count();
        return new Result(
                synchronous,
                points.size(),
                (int) sums[2],
                (int) sums[3],
                sums[4],
                sums[5],
                (int) sums[6],
                (int) sums[7],
                ops.size() - flushes,
                flushes,
                sums[0],
                sums[1]);
    }

    /** What was written after the last flush gets onto the medium, or not, or torn, in any order. */
    private void scatter(FileChannel bytes, Path state, List<Op> loose, long[] sums) throws IOException {
        List<Op> order = new ArrayList<>(loose);
        int way = random.nextInt(4);
        if (way != 0) {
            Collections.shuffle(order, random);
        }
        try (FileChannel to = FileChannel.open(state, StandardOpenOption.WRITE)) {
            for (Op op : order) {
                // One cut in four keeps everything but the last write, which is torn; the others roll dice for each.
                boolean last = op.at() == loose.getLast().at();
                int fate = way == 0 ? (last ? 2 : 1) : random.nextInt(3);
                if (fate == 0) {
                    sums[0]++;
                } else {
                    sums[1] += fate == 2 ? 1 : 0;
                    apply(bytes, to, op, fate == 2 ? random : null);
                }
            }
        }
    }

    private static void apply(FileChannel bytes, FileChannel to, Op op, @Nullable Random torn) throws IOException {
        if (op.flush()) {
            return;
        }
        ByteBuffer data = ByteBuffer.allocate(op.length());
        bytes.read(data, op.at());
        for (int i = 0; i < op.length(); i += SECTOR) {
            int end = torn == null ? op.length() : Math.min(op.length(), i + SECTOR);
            if (torn == null || torn.nextBoolean()) {
                to.write(data.limit(end).position(i), op.offset() + i);
            }
            if (torn == null) {
                return;
            }
        }
    }

    private static long ackedAt(List<Ack> acks, long logBytes) {
        long seq = 0;
        for (Ack ack : acks) {
            if (ack.logBytes() <= logBytes) {
                seq = ack.seq();
            }
        }
        return seq;
    }

    private void look(Path state, long ackedSeq, List<Ack> acks, long[] sums) throws Exception {
        Path mounted = work.resolve("mounted");
        command("mount", "-o", "loop", state.toString(), mounted.toString());
        long first = 0;
        long next = 0;
        try (JournalReader reader = SqliteJournal.openReadOnly(mounted.resolve("state/journal.db"))) {
            if (!reader.check().isEmpty()) {
                System.err.println(reader.check());
                sums[3]++;
            }
            List<JournalReader.Kept> some = reader.after(0, 1000);
            first = some.isEmpty() ? 0 : some.getFirst().seq();
            next = first;
            while (!some.isEmpty()) { // Ends with the records.
                for (JournalReader.Kept kept : some) {
                    sums[7] += kept.seq() == next ? 0 : 1;
                    sums[3] += WriterProcess.whole(kept.body()) ? 0 : 1;
                    next = kept.seq() + 1;
                }
                some = reader.after(next - 1, 1000);
            }
        } catch (dev.entrain.journal.JournalException e) {
            System.err.println(e.getMessage());
            sums[3]++;
        } finally {
            command("umount", mounted.toString());
        }
        // Numbers begin behind the one before the first that was given out.
        long given = acks.getFirst().seq() == 0 ? 0 : ackedSeq;
        sums[4] += Math.max(0, given - (first == 0 ? given : first - 1));
        long missing = first == 0 ? 1 : Math.max(0, given - (next - 1));
        sums[5] += missing;
        sums[6] += missing > 0 ? 1 : 0;
        sums[2] += new ProcessBuilder("e2fsck", "-fn", state.toString())
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0
                ? 0
                : 1;
    }

    private static List<Op> ops(Path log) throws IOException {
        List<Op> ops = new ArrayList<>();
        byte[] head = new byte[16];
        long at = 0;
        long size = Files.size(log);
        try (DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(log)))) {
            while (at + head.length <= size) { // Ends with the file.
                in.readFully(head);
                ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.nativeOrder());
                int length = fields.getInt(12);
                at += head.length;
                ops.add(new Op(fields.getInt(0) == 'F', fields.getLong(4), length, at));
                in.skipNBytes(length);
                at += length;
            }
        }
        return ops;
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void command(String... words) throws Exception {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(Arrays.toString(words) + ": " + said.strip());
        }
    }
}
