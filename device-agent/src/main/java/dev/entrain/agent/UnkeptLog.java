package dev.entrain.agent;

import dev.entrain.journal.RecordKind;
import dev.entrain.journal.RecordLog;
import org.jspecify.annotations.Nullable;

/** Keeps nothing: stands where the journal comes. */
final class UnkeptLog implements RecordLog {
    @Override
    public long append(RecordKind kind, @Nullable String session, long timeNs, byte[] body) {
        return 0;
    }

    @Override
    public boolean commit() {
        return true;
    }

    @Override
    public int unacknowledged(long afterSeq, int max, Reader reader) {
        return 0;
    }

    @Override
    public boolean acknowledge(String bootId, long upToSeq) {
        return false;
    }

    @Override
    public long lastSeq() {
        return 0;
    }

    @Override
    public long waiting() {
        return 0;
    }
}
