package dev.entrain.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.sqlite.NativeLibrary;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal, written by a process of its own. */
class CrashTest {
    private static final int KILLS = 20;
    private static final Pattern ACK = Pattern.compile("ack (\\d+) (\\d+)");
    private static final int MOST_SEQ = 1 << 30;

    @TempDir
    private Path state;

    @TempDir
    private Path temporary;

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Notes what a line says is durable. */
    private static void note(String line, BitSet acked, int base) {
        Matcher words = ACK.matcher(line);
        assertThat(words.matches()).as(line).isTrue();
        int from = Math.toIntExact(Long.parseLong(words.group(1)) - base);
        acked.set(from, Math.toIntExact(Long.parseLong(words.group(2)) - base) + 1);
    }

    @Test
    void shouldKeepEverythingCommittedThroughKills() throws Exception {
        Random random = new Random(3);
        BitSet acked = new BitSet();
        int base = Math.toIntExact(System.nanoTime() / 1_000_000 % MOST_SEQ);
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = WriterProcess.start(state, temporary, "FULL", 64, false);
            try (BufferedReader said = reader(writer)) {
                for (int n = 1 + random.nextInt(80); n > 0; n--) {
                    note(String.valueOf(said.readLine()), acked, base);
                }
                writer.toHandle().destroyForcibly(); // Its last words are still to be read.
                for (String line = said.readLine(); line != null; line = said.readLine()) { // Ends: it is dead.
                    if (ACK.matcher(line).matches()) {
                        note(line, acked, base);
                    }
                }
                writer.waitFor();
            }
        }
        BitSet there = new BitSet();
        try (JournalReader reader = SqliteJournal.openReadOnly(state.resolve(SqliteJournal.FILE))) {
            assertThat(reader.check()).isEmpty();
            List<JournalReader.Kept> some = reader.after(0, 1000);
            while (!some.isEmpty()) { // Ends with the records.
                for (JournalReader.Kept kept : some) {
                    there.set(Math.toIntExact(kept.seq() - base));
                    assertThat(WriterProcess.whole(kept.body())).isTrue();
                }
                some = reader.after(some.getLast().seq(), 1000);
            }
        }
        assertThat(acked.cardinality()).isGreaterThan(KILLS);
        acked.andNot(there);
        assertThat(acked.cardinality()).isZero();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.map(file -> file.getFileName().toString()).filter(name -> name.contains("sqlite")))
                    .isEmpty();
        }
        try (Stream<Path> files = Files.list(state)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .isSubsetOf(
                            "journal.db",
                            "journal.db-wal",
                            "journal.room",
                            SequenceMark.FILE,
                            SequenceMark.FILE + ".new",
                            NativeLibrary.FOLDER);
        }
    }

    @Test
    void shouldBeCopiedWholeWhileAnotherProcessWritesHard() throws Exception {
        Path to = Files.createDirectory(temporary.resolve("copy"));
        Process writer = WriterProcess.start(state, temporary, "FULL", 16, true);
        List<Long> seen = new ArrayList<>();
        try (BufferedReader said = reader(writer)) {
            for (int copies = 0; copies < 12; copies++) {
                long durable = 0;
                for (int n = 0; n < 400; n++) {
                    String line = String.valueOf(said.readLine());
                    durable = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
                }
                try (JournalReader reader = SqliteJournal.openReadOnly(JournalSnapshot.copy(state, to))) {
                    assertThat(reader.check()).isEmpty();
                    assertThat(reader.lastSeq()).isGreaterThanOrEqualTo(durable);
                    seen.add(reader.lastSeq());
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertThat(seen).isSorted().doesNotHaveDuplicates().hasSize(12);
    }
}
