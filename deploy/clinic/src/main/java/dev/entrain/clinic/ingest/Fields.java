package dev.entrain.clinic.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fields of a message, each with the type and range it must have. */
final class Fields {
    private static final Pattern BOOT = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private Fields() {}

    static String boot(JsonNode of) throws BadField {
        String boot = text(of, "boot");
        if (boot == null || !BOOT.matcher(boot).matches()) {
            throw new BadField("boot is not 1 to 64 of A-Z, a-z, 0-9 and -");
        }
        return boot;
    }

    static long whole(JsonNode of, String name, long least) throws BadField {
        Long value = wholeIfThere(of, name);
        if (value == null || value < least || value == Long.MAX_VALUE) {
            throw new BadField(name + " is no whole number from " + least);
        }
        return value;
    }

    static @Nullable Long wholeIfThere(JsonNode of, String name) throws BadField {
        JsonNode value = of.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new BadField(name + " is no whole number");
        }
        return value.longValue();
    }

    static @Nullable Double numberIfThere(JsonNode of, String name) throws BadField {
        JsonNode value = of.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new BadField(name + " is no number");
        }
        return value.doubleValue();
    }

    static @Nullable Boolean truthIfThere(JsonNode of, String name) throws BadField {
        JsonNode value = of.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isBoolean()) {
            throw new BadField(name + " is neither true nor false");
        }
        return value.booleanValue();
    }

    static @Nullable String text(JsonNode of, String name) throws BadField {
        JsonNode value = of.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new BadField(name + " is no text");
        }
        return value.textValue();
    }
}
