package dev.entrain.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that the clinic's own program signed; its tests read the same file. */
class SignedVectorsTest {
    private static final Path FILE = Path.of("..", "deploy", "telemetry", "vectors", "signed.json");

    @TempDir
    Path folder;

    @Test
    void shouldTakeWhatTheClinicsProgramSigned() throws Exception {
        JsonNode vectors = new ObjectMapper().readTree(Files.readString(FILE));
        Unit unit = new Unit(folder);
        // The file the configuration names, with the other key.
        Files.writeString(
                folder.resolve("clinic.pem"), vectors.path("public_key").asText());
        unit.restart().begin();
        for (String leaf : new String[] {"rx", "cfg"}) {
            byte[] payload = vectors.path(leaf).asText().getBytes(StandardCharsets.UTF_8);
            Mailbox.valid(leaf, payload);
            unit.order(leaf, payload);
            assertThat(unit.mail.refused(leaf)).isEmpty();
            assertThat(unit.mail.state(leaf)).isEqualTo("waiting");
        }
        assertThat(unit.apply().config().cue().tempoSpm()).isEqualTo(96);
        byte[] command = vectors.path("cmd").asText().getBytes(StandardCharsets.UTF_8);
        Mailbox.valid("cmd", command);
        unit.command(command, 30);
        assertThat(unit.mail.answer().path("result").asText()).isEqualTo("done");
    }
}
