package dev.entrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.SessionSummary;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    @Test
    void shouldTrendSessionsForOneConditionAndTellAdherenceInWords() {
        SessionData data = Sessions.data(3);
        SessionData stroke = Sessions.data(2);
        SessionData other = new SessionData(
                stroke.id(),
                stroke.programme(),
                "parkinson",
                stroke.startedUtc(),
                stroke.baselineSpm(),
                false,
                stroke.blocks(),
                stroke.steps(),
                stroke.cues(),
                stroke.strides(),
                stroke.freezes(),
                stroke.events(),
                stroke.songs());
        SessionSummary summary = SessionSummaries.of(data);
        List<SessionSummary> all = List.of(SessionSummaries.of(Sessions.data(1)), SessionSummaries.of(other), summary);
        SessionReport report = SessionReport.of(data, summary, all, Sessions.PROGRAMME, "", ZoneOffset.UTC);

        assertThat(report.trend().sessions()).extracting(SessionSummary::id).containsExactly("s-1001", "s-1003");
        assertThat(ReportWords.trendNote(report))
                .startsWith("2 sessions up to this one for stroke;")
                .containsPattern("5 October \\d+\u00a0%")
                .contains("another condition are left out", "the prescription is today's");
    }

    private static final SessionReport REPORT = Sessions.report(6);
    private static final String PAGE = HtmlReport.text(REPORT);

    @Test
    void shouldFetchNothingAndRunNothing() {
        String own = PAGE.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");

        assertThat(own)
                .doesNotContain("http", "<script", "<link", "<img", "@import", "src=", "javascript")
                .doesNotContainPattern(" on[a-z]+=");
    }

    @Test
    void shouldBeTheSameForTheSameSession() {
        assertThat(HtmlReport.text(Sessions.report(6))).isEqualTo(PAGE);
    }

    @Test
    void shouldSayWhatItIsAndWhatHappened() {
        assertThat(PAGE)
                .contains(ReportWords.NOTICE, "s-1005", "Rhythm after stroke", "The session was completed.")
                .contains("Button: stop, once, at 12.7\u00a0min")
                .contains("6 sessions up to this one");
    }

    @Test
    void shouldNeverShowAGuessOrANumberThatIsNone() {
        SessionData empty = Sessions.empty();
        SessionSummary summary = SessionSummaries.of(empty);
        String page = HtmlReport.text(SessionReport.of(empty, summary, List.of(summary), null, "", ZoneOffset.UTC));

        assertThat(page).doesNotContain("NaN", "Infinity", "null");
        assertThat(page).contains("No baseline cadence was found", "no trend yet", "never said how the session ended");
    }

    @Test
    void shouldBearAFreezeWhoseEndIsNotKnown() {
        SessionReport report = Sessions.frozenToTheEnd();

        assertThat(HtmlReport.text(report)).doesNotContain("NaN");
        assertThat(TerminalPage.text(report, 80, false, false)).doesNotContain("NaN");
    }

    @Test
    void shouldShowHostileNamesAsText() {
        SessionData data = Sessions.named("<script>alert('x')</script>&\"");
        SessionSummary summary = SessionSummaries.of(data);
        String page = HtmlReport.text(SessionReport.of(data, summary, List.of(summary), null, "u&<i>", ZoneOffset.UTC));

        assertThat(page).doesNotContain("<script", "u&<i>").contains("&lt;script&gt;", "u&amp;&lt;i&gt;");
    }

    @Test
    void shouldTellTheFiguresOfEachSongOnlyIfMusicPlayed() {
        SessionReport report = Sessions.music();
        String page = HtmlReport.text(report);

        assertThat(PAGE).doesNotContain("<h2>Music</h2>");
        assertThat(page)
                .contains("<h2>Music</h2>", "&lt;b&gt;Kettle&lt;/b&gt; &amp; march", "<td>Song fedcba98 (liked)</td>")
                .doesNotContain("<b>Kettle", "version of 1921")
                .contains("not by lot");
        SessionSummary.Part part = report.summary().songs().getFirst();
        assertThat(page)
                .contains(
                        "<td>" + report.data().stepsIn(report.data().songs().getFirst()) + "</td>",
                        "<td>" + part.metric(MetricName.LOCKED_FRACTION).text() + " ("
                                + part.metric(MetricName.LOCKED_FRACTION).n() + ")</td>",
                        "<td>insufficient (0)</td>",
                        "<td>−2.5\u00a0%</td>");
    }

    @Test
    void shouldKeepEveryLabelInsideItsDrawing() {
        List<MatchResult> drawings = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"(.*?)</svg>", Pattern.DOTALL)
                .matcher(PAGE)
                .results()
                .toList();
        Pattern label = Pattern.compile("<text class=\"([^\"]*)\" x=\"([-0-9.]+)\" y=\"([-0-9.]+)\">([^<]*)<");

        assertThat(drawings).hasSize(12);
        for (MatchResult drawing : drawings) {
            double width = Double.parseDouble(drawing.group(1));
            double height = Double.parseDouble(drawing.group(2));
            label.matcher(drawing.group(3)).results().forEach(text -> {
                // 0.56 of its size is a wide letter on the average; digits and small letters of any sans are less.
                double size =
                        text.group(1).contains("tiny") ? 10.5 : text.group(1).contains("small") ? 12 : 13;
                double length = 0.56 * size * text.group(4).length();
                double x = Double.parseDouble(text.group(2));
                double left = text.group(1).contains("end")
                        ? x - length
                        : text.group(1).contains("mid") ? x - length / 2 : x;
                assertThat(left).as(text.group()).isGreaterThan(-1);
                assertThat(left + length).as(text.group()).isLessThan(width + 1);
                assertThat(Double.parseDouble(text.group(3))).as(text.group()).isBetween(size - 3, height - 1);
            });
        }
    }

    @Test
    void shouldTellThatCuesSlowedAPatient() {
        SessionReport slowed = Sessions.slowed();

        assertThat(ReportWords.story(slowed)).contains("slower than without");
        assertThat(ReportWords.table(slowed).getFirst().difference()).startsWith("−");
    }
}
