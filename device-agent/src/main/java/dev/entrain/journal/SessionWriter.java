package dev.entrain.journal;

import dev.entrain.outcome.SessionData;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SessionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session while it goes on, in the format of {@link SessionFolder}. Rows wait in memory until {@link #flush};
 * contacts wait {@value #HOLD_MS} ms before they become rows, because a second look can move them for 500 ms, and beats
 * until they have sounded, because a silence takes them back. A full disk loses nothing until too much waits. Not
 * thread-safe.
 */
public final class SessionWriter implements AutoCloseable {
    /** Contacts and beats may change for this long, ms. */
    static final int HOLD_MS = 600;

    private static final long HOLD_NS = HOLD_MS * 1_000_000L;

    /** Contacts or beats held at once; many more than a walker makes in {@link #HOLD_MS}. */
    private static final int MOST_HELD = 256;

    private final Path folder;
    private final long originNs;
    private final Map<SessionTable, AppendedFile> files = new EnumMap<>(SessionTable.class);
    private final List<HeldStep> steps = new ArrayList<>();
    private final List<HeldCue> cues = new ArrayList<>();
    private SessionHeader header;
    private @Nullable String programme;
    private @Nullable String headerText;
    private @Nullable String stateText;
    private SessionEvent.@Nullable End end;
    private SessionData.@Nullable BlockSpan block;
    private boolean freezing;
    private long freezeNs;
    private long freezeDecidedNs;
    private boolean silenced;
    private long silenceNs;
    private long lost;

    private record HeldStep(Foot foot, long timeNs, double confidence) {}

    private record HeldCue(long id, long onsetNs, long periodNs, Foot foot) {}

    private SessionWriter(Path folder, SessionHeader header, long originNs) {
        this.folder = folder;
        this.header = header;
        this.originNs = originNs;
    }

    /**
     * Begins a new session; nothing is touched before {@link #flush}.
     *
     * @param folder to be made
     * @param header what is known of it
     * @param programmeToml the programme as run
     * @param originNs the session's second zero, ns
     */
    public static SessionWriter begin(Path folder, SessionHeader header, String programmeToml, long originNs)
            throws IOException {
        SessionWriter writer = new SessionWriter(folder, header, originNs);
        writer.programme = programmeToml;
        writer.headerText = HeaderFile.text(header);
        for (SessionTable table : SessionTable.values()) {
            writer.files.put(table, new AppendedFile(folder.resolve(table.file()), table.header()));
        }
        return writer;
    }

    /**
     * Goes on with a session that a restart interrupted; what a power cut left unfinished is cut off.
     *
     * @param originNs the session's second zero, ns; it may lie before the machine's start
     * @throws IOException if the folder can't be read
     */
    public static SessionWriter goOn(Path folder, long originNs) throws IOException {
        SessionHeader header = HeaderFile.read(folder);
        SessionData.BlockSpan interrupted = SessionFolder.interruptedBlock(folder);
        SessionWriter writer = new SessionWriter(folder, header, originNs);
        for (SessionTable table : SessionTable.values()) {
            writer.files.put(table, AppendedFile.goOn(folder.resolve(table.file()), table.header()));
        }
        writer.news(header.in(null));
        if (interrupted != null) {
            // How long the unit was away belongs to no block.
            writer.row(SessionTable.BLOCKS, SessionRows.text(interrupted));
        }
        return writer;
    }

    /** Returns the session's folder. */
    public Path folder() {
        return folder;
    }

    /** Returns how many rows were dropped because the disk did not take them for too long. */
    public long lost() {
        return lost;
    }

    /** Returns whether the session has ended; {@link #flush} and {@link #close} it then. */
    public boolean ended() {
        return end != null;
    }

    /**
     * Takes one fact.
     *
     * @param record valid until the method returns
     * @param now for the state a restart needs
     * @throws IOException never because of the disk
     */
    public void take(SessionRecord record, Moment now) throws IOException {
        switch (record.kind) {
            case STEP -> {
                if (steps.size() >= MOST_HELD) {
                    write(steps.removeFirst());
                }
                steps.add(new HeldStep(record.foot, record.timeNs, record.confidence));
            }
            case REVISED -> revise(record);
            case CUE -> cue(record);
            case SILENCE -> {
                silenced = true;
                silenceNs = record.timeNs;
                cues.removeIf(cue -> cue.onsetNs - silenceNs > 0);
            }
            case STRIDE ->
                row(
                        SessionTable.STRIDES,
                        SessionRows.text(new SessionData.Stride(
                                record.foot,
                                seconds(record.formerNs),
                                seconds(record.timeNs),
                                record.durationS,
                                record.stanceFraction,
                                record.doubleSupportFraction,
                                record.lengthM,
                                record.speedMps)));
            case FREEZE_ON -> {
                freezing = true;
                freezeNs = record.timeNs;
                freezeDecidedNs = record.decidedNs;
            }
            case FREEZE_OFF -> thaw(record.timeNs);
            case EVENT -> event(record.event);
            case STATE -> stateText = StateFile.text(Objects.requireNonNull(record.state), now);
        }
    }

    private void revise(SessionRecord record) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            HeldStep step = steps.get(i);
            if (step.foot == record.foot && step.timeNs == record.formerNs) {
                steps.set(i, new HeldStep(step.foot, record.timeNs, step.confidence));
                return;
            }
        }
    }

    private void cue(SessionRecord record) {
        // A beat decided before the silence and due after it was taken back, whichever of the two is told first.
        if (silenced && record.timeNs - silenceNs > 0 && record.decidedNs - silenceNs <= 0) {
            return;
        }
        if (cues.size() >= MOST_HELD) {
            write(cues.removeFirst());
        }
        cues.add(new HeldCue(record.cueId, record.timeNs, record.periodNs, record.foot));
    }

    private void thaw(long timeNs) {
        if (freezing) {
            freeze(seconds(timeNs));
        }
    }

    private void freeze(double endS) {
        freezing = false;
        row(
                SessionTable.FREEZES,
                SessionRows.text(new SessionData.Freeze(seconds(freezeNs), seconds(freezeDecidedNs), endS)));
    }

    private void event(SessionEvent event) throws IOException {
        double timeS = seconds(event.timeNs);
        row(
                SessionTable.EVENTS,
                SessionRows.text(new SessionData.Event(
                        timeS, event.kind, event.blockIndex, event.targetSpm, event.levelPct, event.rule, event.end)));
        if (!Double.isNaN(event.baselineSpm) && event.baselineSpm != header.baselineSpm()) {
            news(header.withBaseline(event.baselineSpm));
        }
        Block.Kind kind = event.block;
        if (event.kind == SessionEvent.Kind.BLOCK_STARTED && kind != null) {
            block = new SessionData.BlockSpan(event.blockIndex, kind, timeS, Double.NaN, event.levelPct);
            news(header.in(block));
        } else if (event.kind == SessionEvent.Kind.BLOCK_ENDED) {
            endBlock(timeS, event.levelPct);
        } else if (event.kind == SessionEvent.Kind.ENDED) {
            endBlock(timeS, event.levelPct);
            thaw(event.timeNs);
            end = event.end == null ? SessionEvent.End.ABANDONED : event.end;
            news(header.ended(end));
            stateText = null;
        }
    }

    private void news(SessionHeader told) throws IOException {
        header = told;
        headerText = HeaderFile.text(told);
    }

    private void endBlock(double timeS, double levelPct) throws IOException {
        SessionData.BlockSpan open = block;
        if (open != null) {
            block = null;
            news(header.in(null));
            row(
                    SessionTable.BLOCKS,
                    SessionRows.text(
                            new SessionData.BlockSpan(open.index(), open.kind(), open.startS(), timeS, levelPct)));
        }
    }

    /**
     * Turns contacts and beats that are certain by now into rows.
     *
     * @param nowNs of the host
     */
    public void settle(long nowNs) {
        // Removed from the front in order of arrival: each of them is held for the same time or a little longer.
        while (!steps.isEmpty() && nowNs - steps.getFirst().timeNs > HOLD_NS) {
            write(steps.removeFirst());
        }
        while (!cues.isEmpty() && nowNs - cues.getFirst().onsetNs > HOLD_NS) {
            write(cues.removeFirst());
        }
    }

    /**
     * Writes what waits, down to the disk.
     *
     * @throws IOException if that is not possible now; nothing is lost by it, and the next call tries again
     */
    public void flush() throws IOException {
        Files.createDirectories(folder);
        for (AppendedFile file : files.values()) {
            file.flush();
        }
        if (programme != null) {
            WholeFile.replace(folder.resolve(SessionFiles.PROGRAMME), programme);
            programme = null;
        }
        // After the tables, because a folder is a session only with it.
        if (headerText != null) {
            WholeFile.replace(folder.resolve(HeaderFile.NAME), headerText);
            headerText = null;
        }
        if (stateText != null) {
            WholeFile.replace(folder.resolve(StateFile.NAME), stateText);
            stateText = null;
        }
        if (end != null) {
            StateFile.remove(folder);
        }
    }

    /** Turns everything held into rows, writes it and lets the files go; a freeze that goes on has no end that is known. */
    @Override
    public void close() throws IOException {
        steps.forEach(this::write);
        steps.clear();
        cues.forEach(this::write);
        cues.clear();
        if (freezing) {
            freeze(Double.NaN);
        }
        try {
            flush();
        } finally {
            for (AppendedFile file : files.values()) {
                file.close();
            }
        }
    }

    private void write(HeldStep step) {
        row(
                SessionTable.STEPS,
                SessionRows.text(new SessionData.Step(seconds(step.timeNs), step.foot, step.confidence)));
    }

    private void write(HeldCue cue) {
        row(
                SessionTable.CUES,
                SessionRows.text(new SessionData.Cue(cue.id, seconds(cue.onsetNs), cue.periodNs * 1e-9, cue.foot)));
    }

    private void row(SessionTable table, String text) {
        if (!Objects.requireNonNull(files.get(table)).line(text)) {
            lost++;
        }
    }

    /** Returns a time of the session, s, on the grid of 1 us that files have. */
    private double seconds(long timeNs) {
        return Math.floorDiv(timeNs - originNs + 500, 1000) / 1e6;
    }
}
