package dev.entrain.telemetry;

import dev.entrain.journal.RecordKind;
import dev.entrain.journal.RecordLog;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A log in memory. What is appended is committed at once. */
public final class MemoryLog implements RecordLog {
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Kept(
            String bootId, RecordKind kind, @Nullable String session, byte[] body) {}

    private final TreeMap<Long, Kept> waiting = new TreeMap<>();
    private final Map<String, Long> greatest = new TreeMap<>();
    private String bootId;
    private long lastSeq;

    /** Acknowledgements noted. */
    public int acknowledgements;

    public MemoryLog(String bootId) {
        this.bootId = bootId;
    }

    /** A new boot begins: what is appended from now on belongs to it. */
    public synchronized void boot(String newBootId) {
        bootId = newBootId;
        lastSeq += 1000;
    }

    /** Adds a step. */
    public long step(long timeNs) {
        return add(RecordKind.STEP, "{\"foot\":\"L\",\"t_ns\":" + timeNs + ",\"decided_ns\":" + timeNs + "}");
    }

    public long add(RecordKind kind, String body) {
        return append(kind, null, 1, body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized long append(RecordKind kind, @Nullable String session, long timeNs, byte[] body) {
        lastSeq++;
        waiting.put(lastSeq, new Kept(bootId, kind, session, body));
        greatest.put(bootId, lastSeq);
        return lastSeq;
    }

    @Override
    public boolean commit() {
        return true;
    }

    @Override
    public synchronized int unacknowledged(long afterSeq, int max, Reader reader) {
        int shown = 0;
        String boot = "";
        for (Map.Entry<Long, Kept> entry : waiting.tailMap(afterSeq, false).entrySet()) {
            Kept kept = entry.getValue();
            if (shown == max || (shown > 0 && !kept.bootId.equals(boot))) {
                break;
            }
            boot = kept.bootId;
            reader.onRecord(boot, entry.getKey(), kept.kind, kept.session, kept.body);
            shown++;
        }
        return shown;
    }

    @Override
    public synchronized boolean acknowledge(String ofBoot, long upToSeq) {
        Long most = greatest.get(ofBoot);
        if (most == null || upToSeq > most) {
            return false;
        }
        acknowledgements++;
        waiting.headMap(upToSeq, true).values().removeIf(kept -> kept.bootId.equals(ofBoot));
        return true;
    }

    @Override
    public synchronized long lastSeq() {
        return lastSeq;
    }

    @Override
    public synchronized long waiting() {
        return waiting.size();
    }

    /** A record gives way before the clinic has it. */
    public synchronized void forget(long seq) {
        waiting.remove(seq);
    }
}
