package dev.entrain.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.outcome.SessionData;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Reads a session's facts back from its records. All numbers are rounded to six decimals here (times to 1 us from the
 * session's start), as exported files hold them. Bounded: each list holds at most {@value #MOST} entries, more than 4 h at
 * 120 a minute; later ones are left out. A record that can't be read is left out and told. Not thread-safe.
 */
public final class SessionFacts implements RecordLog.Reader {
    /** Most entries of each list. */
    static final int MOST = 30_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Shows the records of a session: a {@link SessionLog}, or a copy of one. */
    @FunctionalInterface
    public interface Source {
        /** Shows every record of a session, in order. */
        void records(String sessionId, RecordLog.Reader reader) throws IOException;
    }

    private final KeptHeader header;
    private final List<SessionData.Step> steps = new ArrayList<>();
    private final List<SessionData.Cue> cues = new ArrayList<>();
    private final List<SessionData.Stride> strides = new ArrayList<>();
    private final List<SessionData.Freeze> freezes = new ArrayList<>();
    private final List<SessionData.BlockSpan> blocks = new ArrayList<>();
    private final List<SessionData.Event> events = new ArrayList<>();
    private final List<SessionData.Song> songs = new ArrayList<>();
    private double baselineSpm = Double.NaN;
    private SessionData.@Nullable BlockSpan open;
    private double lastS;
    private int unread;

    private SessionFacts(KeptHeader header) {
        this.header = header;
    }

    /**
     * Reads a session.
     *
     * @throws SessionException if the journal's header of it is damaged
     * @throws IOException if the journal can't be read
     */
    public static SessionData read(KeptSession kept, Source source) throws IOException {
        SessionFacts facts = new SessionFacts(KeptHeader.read(kept));
        source.records(kept.id(), facts);
        if (facts.unread > 0) {
            Logger.warn(
                    "session {} in the journal: {} records can't be read and are left out", kept.id(), facts.unread);
        }
        return facts.data();
    }

    @Override
    public void onRecord(String bootId, long seq, RecordKind kind, @Nullable String session, byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            Long originNs = header.origins().get(bootId);
            if (originNs != null) {
                take(kind, root, originNs);
            } else if (kind == RecordKind.EVENT) {
                event(root, lastS); // Told in a boot the session was not in: it was found there, and ended.
            }
        } catch (IOException | IllegalArgumentException e) {
            unread++;
        }
    }

    private void take(RecordKind kind, JsonNode root, long originNs) {
        double timeS = seconds(root, "t_ns", originNs);
        switch (kind) {
            case STEP -> {
                if (steps.size() < MOST) {
                    steps.add(new SessionData.Step(timeS, foot(root), number(root, "confidence")));
                    lastS = Math.max(lastS, timeS);
                }
            }
            case CUE -> {
                if (cues.size() < MOST) {
                    cues.add(new SessionData.Cue(
                            root.path("cue_id").asLong(), timeS, number(root, "period_s"), foot(root)));
                }
            }
            case STRIDE -> {
                if (strides.size() < MOST) {
                    strides.add(stride(root, timeS, originNs));
                }
            }
            case FREEZE -> {
                if (freezes.size() < MOST) {
                    freezes.add(new SessionData.Freeze(
                            timeS,
                            seconds(root, "decided_ns", originNs),
                            root.has("end_ns") ? seconds(root, "end_ns", originNs) : Double.NaN));
                }
            }
            case EVENT -> event(root, timeS);
            case SONG -> {
                if (songs.size() < MOST) {
                    songs.add(new SessionData.Song(timeS, seconds(root, "end_ns", originNs), SongFields.read(root)));
                }
            }
            default -> {}
        }
    }

    private static SessionData.Stride stride(JsonNode root, double endS, long originNs) {
        return new SessionData.Stride(
                foot(root),
                seconds(root, "start_ns", originNs),
                endS,
                number(root, "stride_duration_s"),
                number(root, "stance_fraction"),
                six(root.path("double_support_pct").asDouble(Double.NaN) / 100),
                number(root, "stride_length_m"),
                number(root, "speed_mps"));
    }

    private void event(JsonNode root, double timeS) {
        SessionEvent.Kind kind = word(root, "what", SessionEvent.Kind.class);
        if (kind == null) {
            throw new IllegalArgumentException("an event that says nothing");
        }
        Block.Kind block = word(root, "block", Block.Kind.class);
        int index = root.path("block_index").asInt(-1);
        double levelPct = number(root, "level_pct");
        double toldSpm = number(root, "baseline_spm");
        baselineSpm = Double.isNaN(toldSpm) ? baselineSpm : toldSpm;
        switch (kind) {
            case STARTED, BLOCK_STARTED -> {
                interrupted();
                if (kind == SessionEvent.Kind.BLOCK_STARTED && block != null) {
                    open = new SessionData.BlockSpan(index, block, timeS, Double.NaN, levelPct);
                }
            }
            case BLOCK_ENDED, ENDED -> close(timeS, levelPct);
            default -> {}
        }
        if (events.size() < MOST) {
            events.add(new SessionData.Event(
                    timeS,
                    kind,
                    index,
                    number(root, "target_spm"),
                    levelPct,
                    word(root, "rule", SafetyRule.class),
                    word(root, "end", SessionEvent.End.class)));
        }
        lastS = Math.max(lastS, timeS);
    }

    /** A block that nobody ended lasted until the last thing known: how long the unit was away belongs to no block. */
    private void interrupted() {
        SessionData.BlockSpan block = open;
        if (block != null) {
            close(Math.max(block.startS(), lastS), block.levelPct());
        }
    }

    private void close(double endS, double levelPct) {
        SessionData.BlockSpan block = open;
        if (block != null && blocks.size() < MOST) {
            blocks.add(new SessionData.BlockSpan(block.index(), block.kind(), block.startS(), endS, levelPct));
        }
        open = null;
    }

    private SessionData data() {
        interrupted();
        // Contacts found again in the first strides of a walk are told late, so records need not be in order of time.
        steps.sort(Comparator.comparingDouble(SessionData.Step::timeS));
        cues.sort(Comparator.comparingDouble(SessionData.Cue::onsetS));
        strides.sort(Comparator.comparingDouble(SessionData.Stride::endS));
        songs.sort(Comparator.comparingDouble(SessionData.Song::fromS));
        return new SessionData(
                header.id(),
                header.plan().programme(),
                header.plan().condition(),
                header.startedUtc(),
                baselineSpm,
                header.simulated(),
                blocks,
                steps,
                cues,
                strides,
                freezes,
                events,
                songs);
    }

    private static Foot foot(JsonNode root) {
        return switch (root.path("foot").asText()) {
            case "L" -> Foot.LEFT;
            case "R" -> Foot.RIGHT;
            default -> throw new IllegalArgumentException("no foot");
        };
    }

    private static <E extends Enum<E>> @Nullable E word(JsonNode root, String name, Class<E> type) {
        String text = root.path(name).asText("");
        for (E value : type.getEnumConstants()) {
            if (SessionRows.word(value).equals(text)) {
                return value;
            }
        }
        return null;
    }

    private static double seconds(JsonNode root, String name, long originNs) {
        JsonNode time = root.path(name);
        if (!time.isIntegralNumber()) {
            throw new IllegalArgumentException("no " + name);
        }
        return Math.floorDiv(time.asLong() - originNs + 500, 1000) / 1e6;
    }

    private static double number(JsonNode root, String name) {
        return six(root.path(name).asDouble(Double.NaN));
    }

    private static double six(double value) {
        return Double.isFinite(value) ? Math.round(value * 1e6) / 1e6 : Double.NaN;
    }
}
