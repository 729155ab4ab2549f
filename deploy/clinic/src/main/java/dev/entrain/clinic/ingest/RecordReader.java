package dev.entrain.clinic.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.store.NewRecord;
import dev.entrain.clinic.store.NewRecord.ClockFact;
import dev.entrain.clinic.store.NewRecord.Ended;
import dev.entrain.clinic.store.NewRecord.Facts;
import dev.entrain.clinic.store.NewRecord.Plan;
import dev.entrain.clinic.store.NewRecord.Started;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads single records; each is good or a {@link BadField}. Kinds and fields of later minor versions are kept as they come. */
final class RecordReader {
    /** The last words of topics that carry records. */
    static final Set<String> WORDS = Set.of("ev", "session", "clock", "timing");

    private static final Pattern KIND = Pattern.compile("[a-z_]{1,32}");
    private static final Pattern SESSION = Pattern.compile("[a-z0-9-]{1,64}");
    private static final List<String> FRAME = List.of("v", "boot", "after_seq");
    private static final List<String> COLUMNS = List.of("seq", "kind", "session", "t_ns");
    /** What PostgreSQL's timestamps hold with room to spare, and a unit's clock never tells. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /**
     * 31 years before or after the start of a boot, ns. The tables take differences of times of one boot, and one that is too
     * large for them would end every list of sessions.
     */
    private static final long FARTHEST_NS = 999_999_999_999_999_999L;

    private final ObjectMapper json;

    RecordReader(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Reads a record.
     *
     * @param word the topic's last word
     * @param item the record, taken apart here
     */
    NewRecord read(String word, ObjectNode item) throws BadField {
        long seq = Fields.whole(item, "seq", 1);
        String kind = word.equals("ev") ? Fields.text(item, "kind") : word;
        if (kind == null || !KIND.matcher(kind).matches()) {
            throw new BadField("record " + seq + ": kind is not 1 to 32 of a-z and _");
        }
        String session = Fields.text(item, "session");
        if (session != null && !SESSION.matcher(session).matches()) {
            throw new BadField("record " + seq + ": session is not 1 to 64 of a-z, 0-9 and -");
        }
        Long timeNs = time(item, "t_ns");
        Facts facts = facts(word, item, timeNs, session);
        ObjectNode body = item.deepCopy();
        body.remove(COLUMNS);
        if (!word.equals("ev")) {
            body.remove(FRAME);
        }
        return new NewRecord(seq, kind, session, timeNs, text(body, seq), facts);
    }

    static @Nullable Long time(ObjectNode item, String name) throws BadField {
        Long timeNs = Fields.wholeIfThere(item, name);
        if (timeNs != null && (timeNs > FARTHEST_NS || timeNs < -FARTHEST_NS)) {
            throw new BadField(name + " is more than 31 years from the start of the boot");
        }
        return timeNs;
    }

    private String text(ObjectNode body, long seq) throws BadField {
        String text;
        try {
            text = json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new BadField("record " + seq + ": can't be written: " + e.getOriginalMessage());
        }
        if (text.contains("\\u0000")) {
            throw new BadField("record " + seq + ": has a character of code 0, which a table does not take");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new BadField("record " + seq + ": has half a character");
            }
        }
        return text;
    }

    private static @Nullable Facts facts(String word, ObjectNode item, @Nullable Long timeNs, @Nullable String session)
            throws BadField {
        return switch (word) {
            case "clock" -> clock(item, timeNs);
            case "session" -> session(item, session);
            default -> null;
        };
    }

    private static Facts clock(ObjectNode item, @Nullable Long timeNs) throws BadField {
        String utc = Fields.text(item, "utc");
        Double errorS = Fields.numberIfThere(item, "error_s");
        if (timeNs == null || utc == null || errorS == null || errorS < 0) {
            throw new BadField("a clock record needs t_ns, utc and error_s from 0");
        }
        try {
            Instant at = Instant.parse(utc);
            if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
                throw new BadField("utc is out of range");
            }
            return new ClockFact(timeNs, at, errorS);
        } catch (DateTimeException e) {
            throw new BadField("utc is no time like 2026-11-23T10:00:00.123Z");
        }
    }

    private static Facts session(ObjectNode item, @Nullable String session) throws BadField {
        if (session == null) {
            throw new BadField("a session record needs session");
        }
        Plan plan = new Plan(
                clean(Fields.text(item, "programme")),
                clean(Fields.text(item, "condition")),
                Fields.truthIfThere(item, "simulated"),
                Fields.numberIfThere(item, "sessions_per_week"),
                Fields.numberIfThere(item, "planned_cued_s"));
        String state = Fields.text(item, "state");
        if ("started".equals(state)) {
            return new Started(plan);
        }
        if ("ended".equals(state)) {
            Long startedNs = time(item, "started_ns");
            return new Ended(
                    plan,
                    startedNs,
                    clean(Fields.text(item, "end")),
                    Fields.numberIfThere(item, "walked_s"),
                    Fields.numberIfThere(item, "cued_s"),
                    SongReader.songs(item, startedNs));
        }
        throw new BadField("state is neither started nor ended");
    }

    private static @Nullable String clean(@Nullable String text) {
        return text == null ? null : text.replace('\0', ' ');
    }
}
