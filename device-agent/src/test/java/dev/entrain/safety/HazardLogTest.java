package dev.entrain.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.session.SafetyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HazardLogTest {
    private static final String HEADING = String.join(",", HazardLog.COLUMNS) + "\n";
    private static final String TEST = "cue.CuePlannerTest#shouldFallSilentWhenNoStepComes";
    private static final String RULES = Arrays.stream(SafetyRule.values())
            .map(rule -> "H%02d.1,h,c,h,c,%s,%s%n".formatted(10 + rule.ordinal(), rule, TEST))
            .collect(Collectors.joining());

    @Test
    void shouldProveEveryControlAndHaveEverySafetyRule() throws IOException {
        assertThat(HazardLog.faults(Files.readString(HazardLog.FILE))).isEmpty();
    }

    @Test
    void shouldHaveNothingAgainstASoundLog() throws IOException {
        assertThat(HazardLog.faults(HEADING + RULES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "H01.1,h,c,h,c,,|no test",
                "H01.1,h,c,,c,,cue.CuePlannerTest#shouldFallSilentWhenNoStepComes|no harm",
                "H01.1,h,c,h,c,,shouldFallSilent|\"shouldFallSilent\" is no test; write room.Class#method",
                "H01.1,h,c,h,c,,cue.NoSuchTest#shouldFallSilentWhenNoStepComes|there is no class dev.entrain.cue.NoSuchTest",
                "H01.1,h,c,h,c,,cue.CuePlannerTest#shouldFly|cue.CuePlannerTest has no method shouldFly",
                "H01.1,h,c,h,c,,safety.HazardLogTest#noTest|noTest of safety.HazardLogTest is no @Test",
                "H01.1,h,c,h,c,,cue.CuePlannerTest#shouldFallSilentWhenNoStepComes; cue.NoTest#b|there is no class dev.entrain.cue.NoTest",
                "H01.1,h,c,h,c,,deploy/handbook/programmes.md#Nowhere|deploy/handbook/programmes.md has no section \"Nowhere\"",
                "H01.1,h,c,h,c,,deploy/handbook/none.md#Safety rules|there is no file deploy/handbook/none.md",
                "H01.1,h,c,h,c,,deploy/handbook/programmes.md|names no section",
                "H01.1,h,c,h,c,NO_SUCH,cue.CuePlannerTest#shouldFallSilentWhenNoStepComes|there is no SafetyRule NO_SUCH",
                "H1,h,c,h,c,,cue.CuePlannerTest#shouldFallSilentWhenNoStepComes|\"H1\" is no new id",
                "H10.1,h,c,h,c,,cue.CuePlannerTest#shouldFallSilentWhenNoStepComes|\"H10.1\" is no new id",
                "H01.1,h,c,h,c|5 cells where 7 are needed",
            })
    void shouldFindWhatIsPlanted(String row, String told) throws IOException {
        List<String> faults = HazardLog.faults(HEADING + RULES + row + "\n");
        assertThat(faults).singleElement().asString().startsWith("line ").contains(told);
    }

    @Test
    void shouldMissEachRuleThatNoTestedControlHas() throws IOException {
        for (SafetyRule rule : SafetyRule.values()) {
            String without = RULES.lines()
                    .filter(line -> !line.contains("," + rule + ","))
                    .collect(Collectors.joining("\n"));
            assertThat(HazardLog.faults(HEADING + without))
                    .containsExactly("no control with a test has the rule " + rule);
            String byPeople =
                    RULES.replace("," + rule + "," + TEST, "," + rule + ",deploy/handbook/programmes.md#Safety rules");
            assertThat(HazardLog.faults(HEADING + byPeople))
                    .containsExactly("no control with a test has the rule " + rule);
        }
    }

    @Test
    void shouldRefuseOtherColumns() throws IOException {
        assertThat(HazardLog.faults("id,hazard\n" + RULES))
                .containsExactly("line 1: the columns are id,hazard,cause,harm,control,rule,test");
        assertThat(HazardLog.faults("")).hasSize(1);
    }

    @Test
    void shouldReadQuotedCells() {
        assertThat(CsvTable.read("a,\"b, \"\"c\"\"\n d\",\n\ne,f,g"))
                .containsExactly(
                        new CsvTable.Row(1, List.of("a", "b, \"c\"\n d", "")),
                        new CsvTable.Row(4, List.of("e", "f", "g")));
    }

    /** Something a log may not name as a proof. */
    static void noTest() {}
}
