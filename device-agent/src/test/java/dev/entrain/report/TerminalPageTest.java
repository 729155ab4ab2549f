package dev.entrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.SessionSummary;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalPageTest {
    private static final SessionReport REPORT = Sessions.report(3);

    @ParameterizedTest
    @ValueSource(ints = {80, 97, 120, 400})
    void shouldFitTheTerminal(int width) {
        for (boolean unicode : new boolean[] {true, false}) {
            String both = TerminalPage.text(REPORT, width, unicode, false)
                    + TerminalPage.text(Sessions.music(), width, unicode, false);
            assertThat(both.lines())
                    .allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                            .as(line)
                            .isLessThanOrEqualTo(width));
        }
    }

    @Test
    void shouldSayTheSameWithoutColours() {
        String plain = TerminalPage.text(REPORT, 100, true, false);

        assertThat(plain).doesNotContain("\u001b");
        assertThat(TerminalPage.text(REPORT, 100, true, true).replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(plain);
    }

    @Test
    void shouldLeaveNoColourOnAtTheEndOfALine() {
        assertThat(TerminalPage.text(REPORT, 80, true, true).lines())
                .allSatisfy(line -> assertThat(line.lastIndexOf("\u001b[0m") >= line.lastIndexOf("\u001b[38"))
                        .as(line)
                        .isTrue());
    }

    @Test
    void shouldNeedOnlyAsciiWhenAskedTo() {
        SessionData data = Sessions.named("Łódź–歩く");
        SessionSummary summary = SessionSummaries.of(data);
        String page = TerminalPage.text(
                SessionReport.of(data, summary, List.of(summary), null, "", ZoneOffset.UTC), 80, false, false);

        assertThat(page.chars()).allMatch(letter -> letter < 0x7f);
        assertThat(page).contains("!", "#", "F", "*", "=", "?");
    }

    @Test
    void shouldTellTheSongsAfterTheFigures() {
        assertThat(TerminalPage.text(REPORT, 100, true, false)).doesNotContain("\nMusic\n");
        assertThat(TerminalPage.text(Sessions.music(), 100, true, false).replaceAll("\\s+", " "))
                .contains(" Music <b>Kettle</b> & march, the … (liked): from min 1.2, walked min 3.0, steps ")
                .contains("Song fedcba98", "stretched −2.5\u00a0%", "no proof");
    }

    @Test
    void shouldShowEveryFigureAndMark() {
        String page = TerminalPage.text(REPORT, 120, true, false);

        for (MetricName name : MetricName.values()) {
            assertThat(page).contains(ReportWords.name(name));
        }
        assertThat(page).contains("▲", "█", "+6", "progress", "insufficient", "Research software");
    }

    @Test
    void shouldShowASessionInWhichNothingHappened() {
        SessionData data = Sessions.empty();
        SessionSummary summary = SessionSummaries.of(data);
        String page = TerminalPage.text(
                SessionReport.of(data, summary, List.of(summary), null, "", ZoneOffset.UTC), 80, true, false);

        assertThat(page).doesNotContain("NaN", "null");
        assertThat(page.replace('\n', ' ')).contains("No baseline cadence");
    }
}
