package dev.entrain.clinic;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls of the clinic's side; README.md says why. */
class ClinicArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.entrain.clinic");

    /** Room, and the rooms it may import besides itself, Unit and libraries. */
    private static final Map<String, List<String>> ROOMS = Map.of(
            "store", List.of(),
            "metrics", List.of(),
            "ingest", List.of("store", "metrics"),
            "load", List.of("store"));

    @TestFactory
    Stream<DynamicTest> shouldImportOnlyWhatEachRoomMay() {
        return ROOMS.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(room.getKey(), () -> {
                    List<String> allowed = new ArrayList<>(List.of("dev.entrain.clinic"));
                    allowed.add("dev.entrain.clinic." + room.getKey() + "..");
                    room.getValue().forEach(name -> allowed.add("dev.entrain.clinic." + name + ".."));
                    check(noClasses()
                            .that()
                            .resideInAPackage("dev.entrain.clinic." + room.getKey() + "..")
                            .should()
                            .dependOnClassesThat(resideInAnyPackage("dev.entrain..")
                                    .and(resideOutsideOfPackages(allowed.toArray(String[]::new)))));
                }));
    }

    @Test
    void shouldKeepEachLibraryInItsRoom() {
        check(only("org.eclipse.paho..", "dev.entrain.clinic.ingest.."));
        check(only("com.zaxxer..", "dev.entrain.clinic.store.."));
        check(only("org.flywaydb..", "dev.entrain.clinic.store.."));
        check(only("picocli..", "dev.entrain.clinic.cli.."));
        check(only("io.prometheus..", "dev.entrain.clinic.metrics..", "dev.entrain.clinic.ingest.."));
    }

    @Test
    void shouldLetNobodyButTheCommandLineImportTheLoad() {
        check(classes()
                .that()
                .resideInAPackage("dev.entrain.clinic.load..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage("dev.entrain.clinic.load..", "dev.entrain.clinic.cli.."));
    }

    private static ArchRule only(String library, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static void check(ArchRule rule) {
        EvaluationResult result = rule.evaluate(CLASSES);
        assertThat(result.getFailureReport().getDetails())
                .as(rule.getDescription())
                .isEmpty();
    }
}
