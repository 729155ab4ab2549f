package dev.entrain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** PROTOCOL.md says what the code does. */
class ProtocolPageTest {
    private static final String PAGE = GoldenVector.text(Path.of("PROTOCOL.md"));

    @Test
    void shouldShowExamplesThatAreGoldenVectors() {
        List<MatchResult> examples = matches("```([a-z][a-z0-9-]*)\n([0-9a-f \n]+)```");
        assertThat(examples).hasSize(4);
        for (MatchResult example : examples) {
            GoldenVector vector = GoldenVector.all().stream()
                    .filter(v -> v.name().equals(example.group(1)))
                    .findFirst()
                    .orElseThrow();
            assertThat(example.group(2).strip().replace('\n', ' '))
                    .as(vector.name())
                    .isEqualTo(vector.hex());
        }
    }

    @Test
    void shouldExplainTheRawBytesOfTheSamplesExample() {
        String table = PAGE.substring(PAGE.indexOf("| raw bytes |"), PAGE.indexOf("```samples-one"));
        StringBuilder hex = new StringBuilder();
        Pattern.compile("`([0-9a-f]{2}(?: [0-9a-f]{2})*)`")
                .matcher(table)
                .results()
                .forEach(m -> hex.append(m.group(1).replace(" ", "")));
        byte[] raw = HexFormat.of().parseHex(hex);
        byte[] wire = new byte[raw.length + 2];
        assertThat(Cobs.encode(raw, 0, raw.length, wire, 0)).isEqualTo(wire.length - 1);
        assertThat(PAGE.replace('\n', ' ')).contains(HexFormat.ofDelimiter(" ").formatHex(wire));
    }

    @Test
    void shouldShowRightStuffing() {
        List<MatchResult> examples = matches(" {4}raw +([0-9a-f ]+?) +encoded +([0-9a-f ]+?) +then 00");
        assertThat(examples).hasSize(3);
        HexFormat hex = HexFormat.ofDelimiter(" ");
        for (MatchResult example : examples) {
            byte[] raw = hex.parseHex(example.group(1));
            byte[] encoded = new byte[raw.length + 1];
            Cobs.encode(raw, 0, raw.length, encoded, 0);
            assertThat(hex.formatHex(encoded)).isEqualTo(example.group(2));
            byte[] back = new byte[raw.length];
            assertThat(Cobs.decode(encoded, 0, encoded.length, back, 0)).isEqualTo(raw.length);
            assertThat(back).isEqualTo(raw);
        }
    }

    @Test
    void shouldNameEveryFaultResultAndCommand() {
        List<String> lines = new ArrayList<>();
        for (DeviceFault fault : DeviceFault.values()) {
            lines.add("| " + fault.ordinal() + " | " + fault.name() + " | ");
        }
        for (CommandResult result : CommandResult.values()) {
            lines.add("| " + result.code() + " | " + result.name() + " | ");
        }
        for (Command command : Command.values()) {
            lines.add("| 0x" + Integer.toHexString(command.code()) + " | " + command.name() + " | ");
        }
        assertThat(PAGE).contains(lines);
    }

    @Test
    void shouldCountTheBytesOfTheBandwidthTable() {
        List<MatchResult> rows = matches(
                "\\| (\\d+) \\| (\\d+) \\| (none|16 × u8|16 × u16) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|");
        assertThat(rows).hasSize(7);
        for (MatchResult row : rows) {
            int[] n = Arrays.stream(new int[] {1, 2, 4, 5, 6, 7})
                    .map(group -> Integer.parseInt(row.group(group)))
                    .toArray();
            int cells = row.group(3).equals("none") ? 0 : 16;
            DeviceProfile profile = new DeviceProfile(
                    1,
                    Side.LEFT,
                    n[0] * 1000L,
                    1,
                    1,
                    1_000_000,
                    32,
                    cells,
                    row.group(3).endsWith("16") ? 16 : 8,
                    "");
            SampleBatch batch = new SampleBatch(profile);
            batch.begin(0, 0, profile.intervalParts());
            for (int k = 0; k < n[1]; k++) {
                batch.add(0, 0, 0, 0, 0, 0);
            }
            int bytes = new DeviceEncoder().samples(batch, new byte[WireFormat.MAX_FRAME_BYTES], 0);
            assertThat(n[0]).isEqualTo(n[1] * n[2]);
            assertThat(bytes).isEqualTo(n[3]);
            assertThat(n[4]).isEqualTo(n[2] * n[3]);
            assertThat(n[4] * 10).isLessThan((int) (0.8 * n[5]));
        }
    }

    private static List<MatchResult> matches(String pattern) {
        return Pattern.compile(pattern).matcher(PAGE).results().toList();
    }
}
