package dev.entrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.outcome.Metric;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionData.BlockSpan;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvExportTest {
    private static final SessionData DATA = Sessions.steady(3);
    private static final SessionSummary SUMMARY = SessionSummaries.of(DATA);

    @Test
    void shouldGiveEachFigureItsOwnRowWithItsUnitAndN() {
        List<String> rows = CsvExport.metrics(List.of(SUMMARY)).lines().toList();

        assertThat(rows).hasSize(1 + SUMMARY.parts().size() * MetricName.values().length);
        Metric cadence = SUMMARY.part(Scope.CUED).metric(MetricName.CADENCE);
        assertThat(rows).contains("s-1003,false,cued,,cadence_spm," + cadence.text() + ",{steps}/min," + cadence.n());
        assertThat(rows).anyMatch(row -> row.startsWith("s-1003,false,block,2:progress,cadence_spm,"));
        assertThat(rows).allMatch(row -> row.split(",", -1).length == 8);
        assertThat(rows).noneMatch(row -> row.contains("NaN") || row.contains("insufficient"));
    }

    @Test
    void shouldGiveEachSongItsRowsByItsPlaceAmongTheSongs() {
        List<String> rows =
                CsvExport.metrics(List.of(Sessions.music().summary())).lines().toList();

        assertThat(rows).anyMatch(row -> row.startsWith("s-1003,false,song,0:song,locked_fraction,"));
        assertThat(rows).anyMatch(row -> row.startsWith("s-1003,false,song,2:song,asynchrony_ms,,ms,"));
    }

    @Test
    void shouldMarkEachFigureOfASimulatedSession() {
        List<String> rows = CsvExport.metrics(List.of(SessionSummaries.of(Sessions.simulated())))
                .lines()
                .toList();

        assertThat(rows.getFirst()).startsWith("session,simulated,part,");
        assertThat(rows.subList(1, rows.size())).isNotEmpty().allMatch(row -> row.startsWith("s-simulated,true,"));
    }

    @Test
    void shouldLetAReaderFindTheAsynchronyAgainInThePairs() {
        double sum = 0;
        int n = 0;
        for (String row : CsvExport.pairs(DATA).lines().skip(1).toList()) {
            String[] fields = row.split(",", -1);
            double stepS = Double.parseDouble(fields[0]);
            if (inside(stepS)) {
                assertThat(Double.parseDouble(fields[5]))
                        .isCloseTo(1000 * (stepS - Double.parseDouble(fields[3])), within(0.0011));
                sum += stepS - Double.parseDouble(fields[3]);
                n++;
            }
        }
        Metric metric = SUMMARY.part(Scope.CUED).metric(MetricName.ASYNCHRONY);

        assertThat(n).isEqualTo(metric.n());
        assertThat(new Metric(MetricName.ASYNCHRONY, 1000 * sum / n, n)).isEqualTo(metric);
    }

    private static boolean inside(double timeS) {
        for (BlockSpan block : DATA.blocks()) {
            if (block.kind().cued() && timeS >= block.startS() && timeS < block.endS()) {
                return true;
            }
        }
        return false;
    }

    @Test
    void shouldQuoteWhatWouldBreakATable() {
        String csv = CsvExport.sessions(List.of(SessionSummaries.of(Sessions.named("a,\"b\"\nc"))));

        assertThat(csv).contains(",\"a,\"\"b\"\"\nc\",");
    }
}
