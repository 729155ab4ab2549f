package dev.entrain.clinic.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.Titles;
import dev.entrain.clinic.Unit;
import dev.entrain.clinic.store.UnitNews;
import dev.entrain.clinic.store.UnitNews.Answer;
import dev.entrain.clinic.store.UnitNews.Kind;
import dev.entrain.clinic.store.UnitNews.LogPart;
import dev.entrain.clinic.store.UnitNews.Newest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what units say of themselves beside their records. */
final class NewsReader {
    private static final int MOST_PARTS = 16;

    @Nullable
    UnitNews read(Unit unit, String word, ObjectNode message, byte[] payload) throws BadField {
        String body = new String(payload, StandardCharsets.UTF_8);
        if (body.contains("\\u0000")) {
            throw new BadField("has a character of code 0, which a table does not take");
        }
        String boot = Fields.boot(message);
        return switch (word) {
            case "birth" -> new Newest(unit, Kind.BIRTH, boot, 0, body);
            case "status" -> status(unit, boot, message, body);
            case "reported" -> new Newest(unit, Kind.REPORTED, boot, 0, body);
            case "state" -> new Newest(unit, Kind.STATE, boot, 0, body);
            case "answer" -> new Answer(unit, boot, Fields.wholeIfThere(message, "id"), body);
            case "log" -> log(unit, boot, message);
            default -> null;
        };
    }

    private static UnitNews status(Unit unit, String boot, ObjectNode message, String body) throws BadField {
        if (Fields.text(message, "state") == null) {
            throw new BadField("state is missing");
        }
        return new Newest(unit, Kind.STATUS, boot, Fields.whole(message, "conn", 0), body);
    }

    private static UnitNews log(Unit unit, String boot, ObjectNode message) throws BadField {
        long part = Fields.whole(message, "part", 0);
        long parts = Fields.whole(message, "parts", 1);
        String text = Fields.text(message, "text");
        if (text == null || parts > MOST_PARTS || part > parts) {
            throw new BadField("a part of a log needs text, and at most " + MOST_PARTS + " parts");
        }
        return new LogPart(
                unit, boot, Fields.whole(message, "id", 0), (int) part, (int) parts, Titles.withoutInLog(text));
    }
}
