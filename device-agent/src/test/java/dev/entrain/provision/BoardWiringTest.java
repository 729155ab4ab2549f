package dev.entrain.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.check.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardWiringTest {
    private final Draft draft = new Draft();

    @Test
    void shouldTakeButtonAndLightForGrantedAndNoMusicButtonOrGauge() throws Exception {
        Technician says = new Technician(Map.of());
        BoardWiring.ask(says, draft);
        assertThat(says.offered)
                .containsExactly(
                        Map.entry("board.button", true),
                        Map.entry("board.light", true),
                        Map.entry("board.music_button", false),
                        Map.entry("board.battery_i2c", false));
        assertThat(draft.all())
                .containsEntry("board.button", "17")
                .containsEntry("board.light", "27")
                .doesNotContainKeys("board.music_button", "board.battery_i2c");
    }

    @Test
    void shouldOfferAgainWhatWasAnsweredBefore() throws Exception {
        BoardWiring.ask(
                new Technician(Map.of("board.button", false, "board.music_button", true, "board.battery_i2c", true)),
                draft);
        assertThat(draft.all())
                .doesNotContainKey("board.button")
                .containsEntry("board.music_button", "22")
                .containsEntry("board.battery_i2c", "/dev/i2c-1");

        Technician again = new Technician(Map.of());
        BoardWiring.ask(again, draft);
        assertThat(again.offered)
                .containsExactly(
                        Map.entry("board.button", false),
                        Map.entry("board.light", true),
                        Map.entry("board.music_button", true),
                        Map.entry("board.battery_i2c", true));
        assertThat(draft.all())
                .containsEntry("board.music_button", "22")
                .containsEntry("board.battery_i2c", "/dev/i2c-1");
    }

    /** Answers as given, else with what is offered. */
    private static final class Technician implements Console {
        final Map<String, Boolean> offered = new LinkedHashMap<>();
        private final Map<String, Boolean> answers;

        Technician(Map<String, Boolean> answers) {
            this.answers = answers;
        }

        @Override
        public boolean confirm(String key, String question, boolean otherwise) {
            offered.put(key, otherwise);
            return answers.getOrDefault(key, otherwise);
        }

        @Override
        public boolean unattended() {
            return false;
        }

        @Override
        public void step(int n, int of, String title) {
            throw new UnsupportedOperationException(title);
        }

        @Override
        public void say(String line) {
            throw new UnsupportedOperationException(line);
        }

        @Override
        public void finding(Finding finding) {
            throw new UnsupportedOperationException(finding.toString());
        }

        @Override
        public String ask(String key, String question, String otherwise) {
            throw new UnsupportedOperationException(question);
        }

        @Override
        public int choose(String key, String question, List<String> options, int otherwise) {
            throw new UnsupportedOperationException(question);
        }

        @Override
        public String paste(String question, String last) {
            throw new UnsupportedOperationException(question);
        }

        @Override
        public void progress(String what, double share) {
            throw new UnsupportedOperationException(what);
        }

        @Override
        public void pause(double seconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AfterFailure failed(StepException failure) {
            throw new UnsupportedOperationException(failure);
        }
    }
}
