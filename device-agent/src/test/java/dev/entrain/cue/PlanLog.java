package dev.entrain.cue;

import java.util.ArrayList;
import java.util.List;

/** Keeps the final beats and silences of a plan. */
final class PlanLog implements CueSink {
    record Entry(CueCommand.Kind kind, long cueId, long onsetNs, long decidedNs, long periodNs, float gain) {}

    final List<Entry> commits = new ArrayList<>();
    final List<Entry> all = new ArrayList<>();

    @Override
    public void onCue(CueCommand c) {
        Entry entry = new Entry(c.kind, c.cueId, c.onsetNs, c.decidedNs, c.periodNs, c.gain);
        all.add(entry);
        if (c.kind == CueCommand.Kind.COMMIT) {
            commits.add(entry);
        }
    }

    boolean silentAtEnd() {
        return all.isEmpty() || all.getLast().kind() == CueCommand.Kind.SILENCE;
    }

    List<Entry> silences() {
        return all.stream().filter(e -> e.kind() == CueCommand.Kind.SILENCE).toList();
    }
}
