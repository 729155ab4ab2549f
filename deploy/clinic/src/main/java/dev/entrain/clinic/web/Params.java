package dev.entrain.clinic.web;

import dev.entrain.clinic.Unit;
import io.javalin.http.Context;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What comes in a request's address, checked. */
final class Params {
    private static final Pattern SESSION = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Params() {}

    static Unit unit(Context context) {
        return unit(context.pathParam("unit"));
    }

    static Unit unit(String name) {
        try {
            return new Unit(name);
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest("This is no unit's name.", "Units' names are 1 to 64 of a-z, 0-9 and -.");
        }
    }

    static String session(String name) {
        if (!SESSION.matcher(name).matches()) {
            throw ApiError.badRequest("This is no session's name.", "Choose a session from the list.");
        }
        return name;
    }

    static String code(String code) {
        if (!CODE.matcher(code).matches()) {
            throw ApiError.badRequest(
                    "This is no patient's code.",
                    "A code is 1 to 64 of the characters a-z, A-Z, 0-9, '.', '_' and '-'; no name.");
        }
        return code;
    }

    /** Returns a parameter of the query, null where it is missing or empty. */
    static @Nullable String optional(Context context, String name) {
        String value = context.queryParam(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Returns a whole number of the query. */
    static int number(Context context, String name, int otherwise, int least, int most) {
        String value = optional(context, name);
        if (value == null) {
            return otherwise;
        }
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw ApiError.badRequest(
                "'" + name + "' has to be a whole number from " + least + " to " + most + ".", "Correct the address.");
    }
}
