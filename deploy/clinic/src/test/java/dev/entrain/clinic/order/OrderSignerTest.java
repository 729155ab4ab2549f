package dev.entrain.clinic.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.entrain.clinic.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderSignerTest {
    private static final Path CONTRACT = Path.of("..", "telemetry");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Unit UNIT = new Unit("u-7f3a");
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";

    @TempDir
    Path dir;

    /** Checks a signature by the words of the contract. */
    private static boolean verifies(String pem, String signed, String signature) throws Exception {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
        check.update(signed.getBytes(StandardCharsets.UTF_8));
        return check.verify(Base64.getDecoder().decode(signature));
    }

    private static JsonNode valid(String schema, byte[] payload) throws IOException {
        JsonNode node = JSON.readTree(payload);
        String text = Files.readString(CONTRACT.resolve("schema").resolve(schema + ".schema.json"));
        String strict =
                text.replaceFirst("\"type\": \"object\",", "\"type\": \"object\", \"additionalProperties\": false,");
        assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                        .getSchema(strict)
                        .validate(node))
                .isEmpty();
        return node;
    }

    private static void shouldBeSigned(String pem, String leaf, JsonNode message) throws Exception {
        String text = leaf.equals("cmd")
                ? message.path("boot").asText() + "\n" + message.path("id").asLong() + "\n"
                        + message.path("command").asText()
                : message.path("rev").asLong() + "\n" + message.path("sha256").asText();
        assertThat(verifies(
                        pem,
                        "entrain-" + leaf + "\n" + UNIT.name() + "\n" + text,
                        message.path("sig").asText()))
                .isTrue();
    }

    @Test
    void shouldSignAsTheContractSays() throws Exception {
        KeyFiles.Pair pair = KeyFiles.make(dir, "clinic");
        OrderSigner signer = OrderSigner.read(pair.privateKey());
        String pem = Files.readString(pair.publicKey());
        shouldBeSigned(pem, "rx", valid("rx", signer.prescription(UNIT, 7, "title = \"Größe\"\n")));
        shouldBeSigned(pem, "cfg", valid("cfg", signer.settings(UNIT, OrderSigner.MOST_WHOLE, "[cue]\n")));
        shouldBeSigned(pem, "cmd", valid("cmd", signer.command(UNIT, BOOT, 1_700_000_000_000L, "stop")));
    }

    @Test
    void shouldAgreeWithTheMessagesThatUnitsAreTestedWith() throws Exception {
        JsonNode vectors = JSON.readTree(Files.readString(CONTRACT.resolve("vectors/signed.json")));
        for (String leaf : new String[] {"rx", "cfg", "cmd"}) {
            byte[] payload = vectors.path(leaf).asText().getBytes(StandardCharsets.UTF_8);
            shouldBeSigned(vectors.path("public_key").asText(), leaf, valid(leaf, payload));
        }
    }

    @Test
    void shouldKeepThePrivateHalfForItsOwnerAndOverwriteNone() throws Exception {
        KeyFiles.Pair pair = KeyFiles.make(dir.resolve("keys"), "clinic");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pair.privateKey())))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> KeyFiles.make(dir.resolve("keys"), "clinic"))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void shouldTellWhichFileIsNoKeyAndNeverWhatIsInIt() throws Exception {
        Path file = Files.writeString(
                dir.resolve("x.key"), "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> OrderSigner.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("x.key")
                .hasMessageContaining("keygen")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void shouldRefuseARevisionNoUnitTakes() throws Exception {
        OrderSigner signer = OrderSigner.read(KeyFiles.make(dir, "clinic").privateKey());
        assertThatThrownBy(() -> signer.prescription(UNIT, 0, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> signer.command(UNIT, BOOT, OrderSigner.MOST_WHOLE + 1, "stop"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
