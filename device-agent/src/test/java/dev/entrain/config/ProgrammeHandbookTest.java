package dev.entrain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entrain.session.Block;
import dev.entrain.session.SafetyRule;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The handbook's tables against what the reader takes. */
class ProgrammeHandbookTest {
    private static final Path HANDBOOK = Path.of("..", "deploy", "handbook", "programmes.md");

    /** A programme without mistakes but for a key that nobody knows in one of its places. */
    private static String planted(String place) {
        StringBuilder toml = new StringBuilder();
        String unknown = "zzz = 1\n";
        toml.append("format = 1\nname = 'x'\ntitle = 'X'\ncondition = 'stroke'\nsession_minutes = 30\n");
        toml.append("sessions_per_week = 4\n").append(place.equals("The file") ? unknown : "");
        toml.append("[tempo]\nstart_pct = 0\nstep_pct = 2\nceiling_pct = 10\n");
        toml.append(place.equals("[tempo]") ? unknown : "");
        toml.append("[freezing]\n").append(place.equals("[freezing]") ? unknown : "");
        boolean cue = place.equals("[block.cue]");
        String kind = cue ? "free" : place.substring(place.lastIndexOf(' ') + 1);
        boolean block =
                Arrays.stream(Block.Kind.values()).map(ConfigTable::word).anyMatch(kind::equals);
        toml.append("[[block]]\nkind = '").append(block ? kind : "rest").append("'\nminutes = 3\n");
        toml.append(block && !cue ? unknown : "");
        if (block && Block.Kind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)).cued()) {
            toml.append("[block.cue]\npolicy = 'metronome'\n").append(cue ? unknown : "");
        }
        return toml.toString();
    }

    /** The rows of each table of keys, by the heading above it. */
    private static Map<String, List<List<String>>> tables() throws Exception {
        Map<String, List<List<String>>> tables = new LinkedHashMap<>();
        String heading = "";
        for (String line : Files.readAllLines(HANDBOOK)) {
            if (line.startsWith("#")) {
                heading = line.replaceFirst("#+ ", "");
            } else if (line.startsWith("| `")) {
                tables.computeIfAbsent(heading, h -> new ArrayList<>())
                        .add(Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                                .map(String::strip)
                                .toList());
            }
        }
        return tables;
    }

    @Test
    void shouldExplainEveryKeyInItsPlaceAndNoOther() throws Exception {
        Map<String, List<List<String>>> tables = tables();
        assertThat(tables.keySet()).hasSize(4 + Block.Kind.values().length);
        for (Map.Entry<String, List<List<String>>> table : tables.entrySet()) {
            ConfigException told =
                    catchThrowableOfType(ConfigException.class, () -> ProgrammeFile.of("x", planted(table.getKey())));
            String message = Objects.requireNonNull(told.getMessage());
            assertThat(message).as(table.getKey()).contains("unknown key").contains("zzz");
            String known = message.substring(message.indexOf("known here: ") + 12, message.lastIndexOf(';'));
            assertThat(table.getValue().stream().map(row -> row.getFirst().replace("`", "")))
                    .as(table.getKey())
                    .containsExactlyInAnyOrder(known.split(", "));
        }
    }

    @Test
    void shouldGiveEveryNumbersRangeUnitDefaultAndMeaning() throws Exception {
        Map<String, ProgrammeKey> keys = new LinkedHashMap<>();
        for (Field field : ProgrammeKey.class.getDeclaredFields()) {
            if (field.getType() == ProgrammeKey.class) {
                ProgrammeKey key = (ProgrammeKey) Objects.requireNonNull(field.get(null));
                keys.put("`" + key.name() + "`", key);
            }
        }
        int rows = 0;
        for (List<List<String>> table : tables().values()) {
            for (List<String> row : table) {
                ProgrammeKey key = keys.get(row.getFirst());
                if (key != null) {
                    rows++;
                    assertThat(row.get(1))
                            .as(row.getFirst())
                            .isEqualTo(ConfigTable.plain(key.low()) + " to " + ConfigTable.plain(key.high()));
                    assertThat(row.get(2)).as(row.getFirst()).isEqualTo(key.unit());
                    if (Double.isNaN(key.otherwise())) {
                        assertThat(row.get(3)).as(row.getFirst()).containsAnyOf("must be written", "or `");
                    } else {
                        assertThat(row.get(3)).as(row.getFirst()).isEqualTo(ConfigTable.plain(key.otherwise()));
                    }
                    assertThat(row.get(4)).as(row.getFirst()).isEqualTo(key.meaning());
                }
            }
        }
        assertThat(rows).isEqualTo(keys.size() + 2 * (Block.Kind.values().length - 1));
    }

    @Test
    void shouldNameEveryPresetAndEverySafetyRule() throws Exception {
        String handbook = Files.readString(HANDBOOK);
        for (String preset : ProgrammeFile.presets()) {
            assertThat(handbook).contains("| " + preset + " | ");
        }
        for (SafetyRule rule : SafetyRule.values()) {
            assertThat(handbook).contains("| " + rule + " | ");
        }
    }
}
