package dev.entrain.remote;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A command that the clinic signed.
 *
 * @param id grows within a boot
 */
record Command(long id, Name name) {
    static final int MOST_BYTES = 4096;

    /** Longest life of a command, s: what was meant for a moment must not happen in another. */
    static final int MOST_LIFE_S = 60;

    private static final Pattern BOOT = Pattern.compile("[0-9a-f-]{36}");
    private static final Pattern WORD = Pattern.compile("[a-z_]{1,32}");
    private static final List<String> WORDS =
            Arrays.stream(Name.values()).map(Name::word).toList();

    /** What can be asked. */
    enum Name {
        /** Say which unit it is. */
        IDENTIFY,
        /** Begin the session. */
        START,
        /** Silence. */
        STOP,
        /** Send the newest lines of the log. */
        SEND_LOGS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads a message and checks everything that does not need to know earlier ones.
     *
     * @param boot of the unit
     * @throws RefusedException with the first thing that is wrong
     */
    static Command read(Fields fields, String unit, String boot, Trust trust) throws RefusedException {
        fields.whole("v", 0);
        Order.checkUnit(fields, unit);
        String meant = fields.text("boot", BOOT, "the boot of up/birth");
        long id = fields.whole("id", 1);
        String word = fields.text("command", WORD, "one of " + String.join(", ", WORDS));
        String signature = Order.signature(fields);
        trust.checkCommand("entrain-cmd\n" + unit + "\n" + meant + "\n" + id + "\n" + word, signature);
        if (!meant.equals(boot)) {
            throw new RefusedException(
                    "wrong_boot", "it is meant for an earlier start of the unit; ask again with the boot of up/birth");
        }
        int name = WORDS.indexOf(word);
        if (name < 0) {
            throw new RefusedException(
                    "unknown_command", "there is no command " + word + "; there are " + String.join(", ", WORDS));
        }
        return new Command(id, Name.values()[name]);
    }
}
