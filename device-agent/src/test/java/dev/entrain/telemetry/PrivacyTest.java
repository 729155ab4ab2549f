package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What goes to the broker says nothing of who the patient is. */
class PrivacyTest {
    private static final Path CONTRACT = Path.of("..", "deploy", "telemetry");

    /** Words that would be a part of a field's name if it told who or where somebody is. */
    private static final Set<String> TELLING = Set.of(
            "name",
            "firstname",
            "lastname",
            "surname",
            "initials",
            "patient",
            "person",
            "subject",
            "birthday",
            "born",
            "dob",
            "age",
            "sex",
            "gender",
            "height",
            "weight",
            "address",
            "street",
            "city",
            "zip",
            "postcode",
            "country",
            "phone",
            "mail",
            "email",
            "insurance",
            "diagnosis",
            "disease",
            "photo",
            "latitude",
            "longitude",
            "lat",
            "lon",
            "gps",
            "location",
            "place",
            "ip",
            "mac",
            "ssid",
            "wifi",
            "imei",
            "host",
            "hostname");

    @Test
    void shouldHaveNoFieldThatTellsWhoSomebodyIs() throws IOException {
        Set<String> fields = new TreeSet<>();
        List<Path> documents;
        try (Stream<Path> files = Files.walk(CONTRACT)) {
            documents = files.filter(file -> file.toString().endsWith(".json")).toList();
        }
        for (Path document : documents) {
            collect(new ObjectMapper().readTree(Files.readString(document)), fields);
        }
        assertThat(fields).as("the fields were found").contains("boot", "seq", "cadence_spm", "session");
        assertThat(fields)
                .allSatisfy(field -> assertThat(field.split("_")).as(field).doesNotContainAnyElementsOf(TELLING));
    }

    @Test
    void shouldNameOnlyTheUnitInTopics() {
        Topics topics = new Topics("u-1");
        assertThat(List.of(topics.birth(), topics.status(), topics.state()))
                .allMatch(topic -> topic.matches("gait/v1/u-1/up/[a-z]+"));
    }

    private static void collect(JsonNode node, Set<String> fields) {
        JsonNode properties = node.path("properties");
        properties.fieldNames().forEachRemaining(fields::add);
        node.forEach(child -> collect(child, fields));
    }
}
