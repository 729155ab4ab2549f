package dev.entrain.check;

/**
 * One answer to one question.
 *
 * @param area what part of the unit, such as {@code sensor left}; findings of one area stand together
 * @param item which question, such as {@code rate}; together with the area it keeps its name from version to version
 * @param verdict how to take it
 * @param value what was found, one line for a person; empty only if there is nothing to say
 * @param nextStep what to do about it, one line; empty only where nothing is to be done
 */
public record Finding(String area, String item, Verdict verdict, String value, String nextStep) {
    /** A warning or failure without a next step would leave a technician alone. */
    public Finding {
        if (nextStep.isEmpty() && (verdict == Verdict.WARN || verdict == Verdict.FAIL)) {
            throw new IllegalArgumentException(area + ", " + item + ": " + verdict + " without a next step");
        }
    }

    /** Returns a good finding. */
    public static Finding ok(String area, String item, String value) {
        return new Finding(area, item, Verdict.OK, value, "");
    }

    /** Returns what somebody should see to. */
    public static Finding warn(String area, String item, String value, String nextStep) {
        return new Finding(area, item, Verdict.WARN, value, nextStep);
    }

    /** Returns what does not work. */
    public static Finding fail(String area, String item, String value, String nextStep) {
        return new Finding(area, item, Verdict.FAIL, value, nextStep);
    }

    /** Returns what was not looked at and why. */
    public static Finding skipped(String area, String item, String why) {
        return new Finding(area, item, Verdict.SKIPPED, why, "");
    }
}
