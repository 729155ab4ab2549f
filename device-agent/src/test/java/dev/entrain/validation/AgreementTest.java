package dev.entrain.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the score with an independent implementation in Python (numpy 1.24, pandas 1.5), whose output over the fixture
 * is kept as expected.txt and never edited by hand. The fixture's walks come from the walking model, its results from those
 * with seeded errors added; no real recording is in it. It has every kind of line and of missing file, and both scorers
 * agree over the public recordings as well (VALIDATION.md).
 */
class AgreementTest {
    private static final Path FIXTURE = fixture();

    private final Map<String, Figures> table = new LinkedHashMap<>();
    private final Map<String, Figures> more = new LinkedHashMap<>();
    private final List<String> told = new ArrayList<>();

    static Path fixture() {
        try {
            return Path.of(Objects.requireNonNull(AgreementTest.class.getResource("/validation"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Findings score() throws IOException {
        Findings findings = new Findings(told::add);
        new Validation(FIXTURE.resolve("set"), FIXTURE.resolve("results"), false, findings).run(score -> {
            table.putAll(score.table());
            more.putAll(score.more());
        });
        return findings;
    }

    @Test
    void shouldAgreeWithTheReferenceScorerInEveryDigit() throws IOException {
        Findings findings = score();
        assertThat(ScoreText.plain(table)).isEqualTo(Files.readString(FIXTURE.resolve("expected.txt")));
        assertThat(findings.errors()).isZero();
    }

    @Test
    void shouldReachEveryKindOfLine() throws IOException {
        score();
        assertThat(table.values())
                .extracting(Figures::kind)
                .contains("contacts", "next", "phase", "steps", "freezing", "swings", "leftRight", "length");
        assertThat(more.values())
                .extracting(Figures::kind)
                .contains("interval", "decisions", "confidence", "falseFreezes");
    }

    @Test
    void shouldTellEachMissingFileOnce() throws IOException {
        score();
        assertThat(told)
                .doesNotHaveDuplicates()
                .allSatisfy(line -> assertThat(line).startsWith("warning: ").contains("validation"));
        assertThat(told)
                .anyMatch(line -> line.contains("walk-2/predictions.csv: missing"))
                .anyMatch(line -> line.contains("silent/empty/events.csv: empty"))
                .anyMatch(line -> line.contains("silent/empty/phase.csv: no column foot"))
                .anyMatch(line -> line.contains("silent/walk: no such folder"));
    }

    @Test
    void shouldStateTheFiguresBeyondThePublishedOnes() throws IOException {
        score();
        assertThat(ScoreText.plain(more).lines())
                .anyMatch(line ->
                        line.matches("contacts interval at 150 ms +n=54  inside=0\\.981  half_width_ms=38\\.0 .*"))
                .anyMatch(line -> line.matches("contacts confidence IC +n=68  stated=0\\.876 .*"))
                .anyMatch(line -> line.matches("silent decisions IC +n=0  p95_ms=None .*"))
                .anyMatch(line -> line.matches("stanford_fog false freezes +n=2 .*"));
    }

    @Test
    void shouldWriteTheSameFiguresAsJson(@TempDir Path dir) throws IOException {
        score();
        ScoreText.writeJson(dir.resolve("score.json"), table);
        JsonNode root = new ObjectMapper().readTree(dir.resolve("score.json").toFile());
        assertThat(root.fieldNames()).toIterable().containsExactlyElementsOf(table.keySet());
        assertThat(root.path("contacts IC").path("n").asInt()).isEqualTo(93);
        assertThat(root.path("silent IC").path("sd_ms").isNull()).isTrue();
        assertThat(root.path("movingreality two left/right").path("counts")).hasSize(2);
    }

    @Test
    void shouldPrintTablesThatFitATerminal() throws IOException {
        List<String> lines = new ArrayList<>();
        new Validation(FIXTURE.resolve("set"), FIXTURE.resolve("results"), false, new Findings(told::add))
                .run(score -> lines.addAll(ScoreText.table(score).lines().toList()));
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(lines).anyMatch(line -> line.matches(" +IC +93 +0\\.907 .*"));
    }

    @Test
    void shouldKeepNoRealRecordingInTheFixture() throws IOException {
        try (Stream<Path> files = Files.walk(FIXTURE)) {
            assertThat(files.filter(file -> file.endsWith("recording.csv"))).allSatisfy(file -> {
                try {
                    assertThat(Files.readString(file)).contains("subject: model");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
