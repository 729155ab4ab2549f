package dev.entrain.provision;

import dev.entrain.check.Finding;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;

/** A file of answers instead of a technician; tells in lines for a log. */
public final class Unattended implements Console {
    private final Answers answers;
    private final Consumer<String> out;
    private final DoublePredicate ended;
    private String bar = "";

    /**
     * Makes one.
     *
     * @param out takes lines
     * @param ended waits so many seconds, and says whether the end was asked for meanwhile
     */
    public Unattended(Answers answers, Consumer<String> out, DoublePredicate ended) {
        this.answers = answers;
        this.out = out;
        this.ended = ended;
    }

    @Override
    public boolean unattended() {
        return true;
    }

    @Override
    public void step(int n, int of, String title) {
        out.accept("");
        out.accept("Step " + n + " of " + of + ": " + title);
    }

    @Override
    public void say(String line) {
        for (String each : line.split("\n", -1)) {
            FindingText.said(each).forEach(out);
        }
    }

    @Override
    public void finding(Finding finding) {
        FindingText.lines(finding).forEach(out);
    }

    @Override
    public String ask(String key, String question, String otherwise) {
        String answer = answers.get(key);
        return answer == null ? otherwise : answer;
    }

    @Override
    public boolean confirm(String key, String question, boolean otherwise) throws StepException {
        String answer = answers.get(key);
        if (answer == null) {
            return otherwise;
        }
        if (!answer.equals("true") && !answer.equals("false")) {
            throw new StepException(
                    answers.file() + ": " + key + " = " + answer + ": true or false is expected.",
                    "Correct this line.");
        }
        return answer.equals("true");
    }

    @Override
    public int choose(String key, String question, List<String> options, int otherwise) throws StepException {
        List<String> words =
                options.stream().map(option -> option.split("  ", 2)[0]).toList();
        String answer = answers.get(key);
        int chosen = answer == null ? otherwise : words.indexOf(answer);
        if (chosen < 0) {
            throw new StepException(
                    answers.file() + ": " + key + (answer == null ? " is missing" : " = \"" + answer + "\"")
                            + ": one of " + String.join(", ", words) + " is expected.",
                    "Correct or add this line.");
        }
        return chosen;
    }

    @Override
    public String paste(String question, String last) {
        throw new IllegalStateException("nobody is there to paste anything");
    }

    @Override
    public void progress(String what, double share) {
        // A log wants a line for each thing waited for, not a bar.
        String begun = what.split("[:]", 2)[0];
        if (!begun.equals(bar)) {
            out.accept("  " + begun + " ...");
        }
        bar = share >= 1 ? "" : begun;
    }

    @Override
    public void pause(double seconds) throws QuitException {
        if (ended.test(seconds)) {
            throw new QuitException();
        }
    }

    @Override
    public AfterFailure failed(StepException failure) {
        FindingText.failure(failure).forEach(out);
        return AfterFailure.QUIT;
    }
}
