package dev.entrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.config.ConfigException;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.journal.SessionFiles;
import dev.entrain.outcome.SessionData;
import dev.entrain.report.Sessions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SessionCommandsTest {
    @TempDir
    private Path state = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void keepSomeSessions() throws IOException, ConfigException {
        for (int i = 0; i < 3; i++) {
            keep(Sessions.data(i));
        }
        keep(Sessions.simulated());
    }

    private Path keep(SessionData data) throws IOException, ConfigException {
        Path folder = folder(data);
        SessionFiles.write(folder, data, ProgrammeFile.presetText("stroke"));
        return folder;
    }

    private Path folder(SessionData data) {
        return state.resolve("sessions").resolve(SessionFiles.folderName(data.startedUtc(), data.id()));
    }

    private int run(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    private String path() {
        return state.toString();
    }

    @Test
    void shouldListSessionsOldestFirstAndMarkSimulatedOnes() {
        assertThat(run("session", "list", "--state", path())).isZero();
        assertThat(out.toString().lines().toList()).hasSize(5);
        assertThat(out.toString()).containsSubsequence("s-1000", "s-1001", "completed", "s-1002", "(simulated)");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(110));
    }

    @Test
    void shouldListForPrograms() throws IOException {
        assertThat(run("session", "list", "--json", "--state", path())).isZero();
        JsonNode list = new ObjectMapper().readTree(out.toString());
        assertThat(list).hasSize(4);
        assertThat(list.get(0).get("session").asText()).isEqualTo("s-1000");
        assertThat(list.get(0).get("locked_fraction").isNumber()).isTrue();
    }

    @Test
    void shouldShowTheLastSessionInTheTerminal() {
        assertThat(run("session", "show", "last", "--state", path(), "--ascii")).isZero();
        assertThat(out.toString()).contains("SIMULATED", "Cadence, steps/min").doesNotContain("\u001b");
    }

    @Test
    void shouldWriteReportsToFile() throws IOException {
        Path html = state.resolve("report.html");
        Path pdf = state.resolve("report.pdf");
        assertThat(run("session", "show", "s-1002", "--state", path(), "--html", "" + html, "--pdf", "" + pdf))
                .isZero();
        assertThat(html).content().contains("3 sessions up to this one");
        assertThat(Files.readAllBytes(pdf)).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldTellWhichSessionsThereAreWhenOneIsNot() {
        assertThat(run("session", "show", "nobody", "--state", path())).isOne();
        assertThat(err.toString()).contains("no session nobody", "s-1000", "s-1002", "last");
        assertThat(run("session", "show", "s-", "--state", path())).isOne();
        assertThat(err.toString()).contains("4 sessions begin with s-");
    }

    @Test
    void shouldTellWhatToDoWhereNoSessionsAre() {
        assertThat(run("session", "list", "--state", path() + "/none")).isOne();
        assertThat(err.toString()).contains("no such folder", "--state");
    }

    @Test
    void shouldNameFileAndLineOfADamagedSessionAndListTheOthers() throws IOException {
        Path steps = folder(Sessions.data(1)).resolve("steps.csv");
        Files.writeString(steps, "12,left foot\n", StandardOpenOption.APPEND);
        int line = Files.readAllLines(steps).size();

        assertThat(run("session", "list", "--state", path())).isOne();
        assertThat(out.toString()).contains("s-1000", "s-1002").doesNotContain("s-1001");
        assertThat(err.toString()).contains(steps + ":" + line, "1 of 4 sessions left out");
        assertThat(run("session", "show", "s-1001", "--state", path())).isOne();
        assertThat(err.toString()).contains(steps + ":" + line);
    }

    @Test
    void shouldExportTablesWithTheFactsBeside() throws IOException {
        Path csv = state.resolve("csv");
        assertThat(run("session", "export", "all", "--state", path(), "--csv", csv.toString()))
                .isZero();
        assertThat(csv.resolve("metrics.csv"))
                .content()
                .startsWith("session,simulated,part,block,metric,value,unit,n\n");
        assertThat(csv.resolve("s-1001/pairs.csv")).content().startsWith("step_s,foot,cue,onset_s,");
        assertThat(csv.resolve("s-1001/steps.csv"))
                .hasSameBinaryContentAs(folder(Sessions.data(1)).resolve("steps.csv"));
    }

    @Test
    void shouldRefuseToExportIntoTheSessionsThemselves() {
        String sessions = state.resolve("sessions").toString();
        assertThat(run("session", "export", "all", "--state", path(), "--csv", sessions))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("session", "export", "all", "--state", sessions, "--csv", sessions + "/../sessions/new"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("where the sessions themselves are kept", "elsewhere");
        assertThat(state.resolve("sessions")).isDirectoryNotContaining("glob:**.csv");
    }

    @Test
    void shouldLeaveOutASecondFolderOfTheSameSessionAndSaySo() throws IOException, ConfigException {
        Path copy = state.resolve("sessions").resolve("z-copy");
        SessionFiles.write(copy, Sessions.data(1), ProgrammeFile.presetText("stroke"));

        assertThat(run("session", "list", "--state", path())).isOne();
        assertThat(out.toString().lines().filter(line -> line.startsWith("s-1001")))
                .hasSize(1);
        assertThat(err.toString()).contains(copy + ": holds session s-1001, as", "1 of 5 sessions left out");
    }

    @Test
    void shouldNotPassAnOlderSessionOffAsTheLastOne() throws IOException, ConfigException {
        Path newest = state.resolve("sessions").resolve("20991231T000000Z-zz");
        SessionFiles.write(newest, Sessions.named("ras"), ProgrammeFile.presetText("stroke"));
        Files.delete(newest.resolve("steps.csv"));
        Files.createDirectory(newest.resolve("steps.csv"));
        Path csv = state.resolve("csv");

        assertThat(run("session", "export", "last", "--state", path(), "--csv", "" + csv))
                .isOne();
        assertThat(err.toString())
                .startsWith("Not the newest session: s-")
                .contains(newest + ": can't be read (", "check its owner and rights");
        err.getBuffer().setLength(0);
        assertThat(run("session", "show", "last", "--state", path(), "--ascii")).isZero();
        assertThat(err.toString()).startsWith("Not the newest session: s-");
    }

    @Test
    void shouldExportFhirForTheSubjectNamed() {
        Path fhir = state.resolve("bundle.json");
        assertThat(run("session", "export", "s-1002", "--state", path(), "--fhir", "" + fhir, "--subject", "P-7"))
                .isZero();
        assertThat(fhir).content().contains("\"P-7\"").doesNotContain("HTEST");
        assertThat(run("session", "export", "s-simulated", "--state", path(), "--fhir", "" + fhir, "--subject", "P-7"))
                .isZero();
        assertThat(fhir).content().contains("HTEST", "Simulated: nobody").doesNotContain("P-7");
        assertThat(run("session", "export", "last", "--state", path())).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    @Test
    void shouldReportWithoutThePrescriptionWhereItsCopyIsDamaged() throws IOException {
        Files.writeString(folder(Sessions.data(2)).resolve("programme.toml"), "nonsense = [");
        Path html = state.resolve("report.html");
        assertThat(run("session", "show", "s-1002", "--state", path(), "--html", "" + html))
                .isZero();
        assertThat(err.toString()).contains("programme.toml", "without what was prescribed");
        assertThat(html).content().contains("prescription not known");
    }

    @Test
    void shouldRespectWhatTerminalsSayOfThemselves() {
        assertThat(SessionShowCommand.wantsColour(Map.of("TERM", "xterm"))).isTrue();
        assertThat(SessionShowCommand.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(SessionShowCommand.wantsColour(Map.of("TERM", "dumb"))).isFalse();
        assertThat(SessionShowCommand.showsBraille(StandardCharsets.US_ASCII)).isFalse();
        assertThat(SessionShowCommand.showsBraille(StandardCharsets.UTF_8)).isTrue();
    }
}
