package dev.entrain.clinic.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.entrain.clinic.TestDatabase;
import dev.entrain.clinic.sample.SampleData;
import dev.entrain.clinic.store.Database;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class OpenApiTest {
    private final JsonNode document;
    private final Site site;
    private final Database database;

    OpenApiTest(Database database) throws Exception {
        document = new ObjectMapper().readTree(Files.readString(Path.of("openapi.json")));
        this.database = database;
        site = new Site(database, Site.noon(), null);
    }

    @Test
    void shouldDescribeEachRouteAndNoOther() {
        try (site) {
            Set<String> described = new TreeSet<>();
            document.path("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .properties()
                            .forEach(operation -> described.add(operation.getKey() + " " + path.getKey() + " "
                                    + operation.getValue().path("x-access").asText())));
            Set<String> served = new TreeSet<>(Set.of("get " + WebServer.LIVE + " logged_in"));
            site.server()
                    .routes()
                    .forEach(route -> served.add((route.method() + " " + route.path() + " " + route.access())
                            .replace(route.path(), "#")
                            .toLowerCase(Locale.ROOT)
                            .replace("#", route.path())));

            assertThat(described).isEqualTo(served);
        }
    }

    @Test
    void shouldAnswerAsTheDocumentSays() throws Exception {
        try (site) {
            String session =
                    new SampleData(database).write(3, 6, site.clock.instant()).detailed();
            Browser clinician = site.loggedIn(Site.CLINICIAN);
            clinician.send(clinician.post("/api/units/sample-1/commands", "{\"command\":\"identify\"}"));
            site.sql.update(
                    "INSERT INTO log_part (unit, boot, id, part, parts, text) VALUES ('sample-1', 'b', 1, 1, 2, 'a line')");
            for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
                JsonNode schema = path.getValue().at("/get/responses/200/content/application~1json/schema");
                if (schema.isMissingNode()) {
                    continue;
                }
                String address = path.getKey()
                        .replace("{unit}", "sample-1")
                        .replace("{code}", "SAMPLE-1")
                        .replace("{session}", session);
                JsonNode answer = clinician.json(address);

                assertThat(schema(schema).validate(answer)).as(path.getKey()).isEmpty();
                assertThat(answer.isEmpty()).as(path.getKey()).isFalse();
            }
            HttpResponse<String> missing = clinician.get("/api/units/nobody");
            assertThat(schema(document.at("/components/schemas/error")).validate(Browser.body(missing)))
                    .isEmpty();
        }
    }

    private JsonSchema schema(JsonNode schema) {
        ObjectNode whole = new ObjectMapper().createObjectNode();
        whole.set("components", document.path("components"));
        whole.setAll((ObjectNode) schema);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    }
}
