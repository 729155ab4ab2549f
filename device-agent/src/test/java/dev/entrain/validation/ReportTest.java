package dev.entrain.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.sim.walk.WalkFolder;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportTest {
    private static final Pattern LINK = Pattern.compile("src=\"([^\"]+)\"");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    static Path dir;

    @BeforeAll
    static void report() throws IOException {
        walk("model", "demo", 40);
        walk("frozen & still", "parkinson-freezing", 30);
        Report report = new Report(dir.resolve("out"), 2);
        List<String> told = new ArrayList<>();
        new Validation(dir.resolve("set"), dir.resolve("results"), true, new Findings(told::add)).run(report::add);
        report.finish();
        assertThat(told).isEmpty();
    }

    private static void walk(String dataset, String scenario, double seconds) throws IOException {
        Path folder = dir.resolve("set").resolve(dataset).resolve("walk");
        WalkFolder.write(folder, dataset, "walk", WalkScenario.named(scenario), new WalkOptions(seconds, 3));
    }

    private static Document svg(String name) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(dir.resolve("out").resolve(name).toFile());
    }

    @Test
    void shouldLinkOnlyFilesThatExist() throws IOException {
        String index = Files.readString(dir.resolve("out/index.html"));
        Matcher link = LINK.matcher(index);
        int links = 0;
        for (; link.find(); links++) {
            assertThat(dir.resolve("out").resolve(URLDecoder.decode(link.group(1), StandardCharsets.UTF_8)))
                    .exists();
        }
        assertThat(links).isEqualTo(6);
        assertThat(index).contains("not a medical device", "<h2 id=\"frozen &amp; still\">", "1 recording, 0.5 min\n");
    }

    @Test
    void shouldDrawBothFeetWithUnitsAndLegend() throws Exception {
        String text = svg("model/worst-1.svg").getDocumentElement().getTextContent();
        assertThat(text)
                .contains("left", "right", "deg/s", "m/s\u00b2", "80 % interval, s", "time in the recording, s")
                .contains("initial contact (IC)", "reference", "model / walk");
    }

    @Test
    void shouldDrawFreezes() throws Exception {
        assertThat(svg("frozen & still/worst-1.svg").getDocumentElement().getTextContent())
                .contains("missed freeze", "freezing, ref.");
    }

    @Test
    void shouldDrawErrorsAtAGlance() throws Exception {
        Document overview = svg("model/overview.svg");
        assertThat(overview.getElementsByTagName("rect").getLength()).isGreaterThan(30);
        assertThat(overview.getDocumentElement().getTextContent())
                .contains("IC errors", "FC errors", "predicted less true", "share of contacts", "stride length errors");
    }

    @Test
    void shouldWriteNoNumberThatIsNone() throws IOException {
        for (String name : new String[] {"model/worst-1.svg", "model/overview.svg", "frozen & still/worst-2.svg"}) {
            assertThat(Files.readString(dir.resolve("out").resolve(name)))
                    .doesNotContain("\"NaN", "NaN,", ",NaN", "Infinity");
        }
    }
}
