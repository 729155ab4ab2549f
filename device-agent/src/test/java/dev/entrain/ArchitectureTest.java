package dev.entrain;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls between rooms. What a room may import is written here once; ARCHITECTURE.md says why. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.entrain");

    /** Room, and the rooms it may import besides itself and the JDK. */
    private static final Map<String, List<String>> ROOMS = Map.ofEntries(
            Map.entry("protocol", List.of()),
            Map.entry("time", List.of()),
            Map.entry("ring", List.of()),
            Map.entry("sample", List.of()),
            Map.entry("realtime", List.of()),
            Map.entry("health", List.of("time")),
            Map.entry("bus", List.of("time")),
            Map.entry("device", List.of("protocol", "bus", "health", "time")),
            Map.entry("sensor", List.of("protocol", "bus", "sample", "ring", "time", "health")),
            Map.entry("gait", List.of("sample", "time")),
            Map.entry("noise", List.of()),
            Map.entry("cue", List.of("gait", "noise", "sample", "time")),
            Map.entry("audio", List.of("cue", "music", "sample", "time", "ring", "health")),
            Map.entry("entrainment", List.of("gait", "cue", "sample", "time")),
            Map.entry("session", List.of("entrainment", "gait", "cue", "sample", "time")),
            Map.entry(
                    "pipeline",
                    List.of("sensor", "gait", "cue", "entrainment", "session", "sample", "ring", "health", "time")),
            Map.entry("outcome", List.of("entrainment", "session", "gait", "cue", "sample")),
            Map.entry("sqlite", List.of()),
            Map.entry("journal", List.of("sqlite", "gait", "cue", "session", "outcome", "sample", "health", "time")),
            Map.entry("identity", List.of()),
            Map.entry("telemetry", List.of("identity", "journal", "cue", "sample", "ring", "health", "time")),
            Map.entry(
                    "remote",
                    List.of("config", "session", "cue", "audio", "telemetry", "journal", "sample", "health", "time")),
            Map.entry("spectrum", List.of()),
            Map.entry("cuetest", List.of("audio", "cue", "sample", "ring", "health", "realtime", "spectrum", "time")),
            Map.entry(
                    "musictest",
                    List.of(
                            "closedloop",
                            "pipeline",
                            "session",
                            "outcome",
                            "entrainment",
                            "sim",
                            "audio",
                            "music",
                            "gait",
                            "cue",
                            "sample",
                            "ring",
                            "health",
                            "time")),
            Map.entry("soak", List.of("health")),
            Map.entry("calibration", List.of("audio")),
            Map.entry("exposure", List.of("audio", "time")),
            Map.entry(
                    "config",
                    List.of(
                            "protocol",
                            "sensor",
                            "cue",
                            "session",
                            "audio",
                            "device",
                            "telemetry",
                            "journal",
                            "identity",
                            "sample")),
            Map.entry(
                    "check",
                    List.of(
                            "agent",
                            "config",
                            "session",
                            "pipeline",
                            "sensor",
                            "protocol",
                            "audio",
                            "calibration",
                            "device",
                            "bus",
                            "identity",
                            "journal",
                            "telemetry",
                            "music",
                            "realtime",
                            "sample",
                            "ring",
                            "health",
                            "time")),
            Map.entry("replay", List.of("pipeline", "session", "gait", "cue", "audio", "sensor", "sample", "health")),
            Map.entry(
                    "provision",
                    List.of(
                            "agent",
                            "audio",
                            "bus",
                            "calibration",
                            "check",
                            "config",
                            "device",
                            "health",
                            "identity",
                            "journal",
                            "outcome",
                            "pipeline",
                            "protocol",
                            "realtime",
                            "remote",
                            "ring",
                            "sample",
                            "sensor",
                            "telemetry",
                            "time")),
            Map.entry("plot", List.of()),
            Map.entry("music", List.of("noise", "spectrum", "sqlite", "plot", "time")),
            Map.entry("report", List.of("outcome", "session", "plot", "sample")),
            Map.entry(
                    "validation",
                    List.of("plot", "replay", "gait", "cue", "audio", "music", "noise", "sensor", "sample")),
            Map.entry("importing", List.of("sensor", "sample")),
            Map.entry(
                    "closedloop",
                    List.of("sim", "pipeline", "session", "outcome", "entrainment", "gait", "cue", "sample")),
            Map.entry("sim", List.of("protocol", "bus", "sensor", "gait", "noise", "sample", "time")));

    /** Rooms on the path from sample to cue: no logging, no text formatting, no streams, no reflection. */
    private static final String[] HOT = {
        "dev.entrain.time..",
        "dev.entrain.ring..",
        "dev.entrain.sample..",
        "dev.entrain.noise..",
        "dev.entrain.gait..",
        "dev.entrain.cue..",
        "dev.entrain.session..",
        "dev.entrain.pipeline.."
    };

    @Test
    void shouldSeeEveryRoomItGuards() {
        for (String room : ROOMS.keySet()) {
            assertThat(CLASSES.that(resideInAnyPackage("dev.entrain." + room + "..")))
                    .as(room)
                    .isNotEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldImportOnlyWhatEachRoomMay() {
        return ROOMS.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(room.getKey(), () -> {
                    List<String> allowed = new ArrayList<>(room.getValue());
                    allowed.add(room.getKey());
                    String[] packages = allowed.stream()
                            .map(name -> "dev.entrain." + name + "..")
                            .toArray(String[]::new);
                    check(noClasses()
                            .that()
                            .resideInAPackage("dev.entrain." + room.getKey() + "..")
                            .should()
                            .dependOnClassesThat(
                                    resideInAnyPackage("dev.entrain..").and(resideOutsideOfPackages(packages))));
                }));
    }

    @Test
    void shouldLetOnlyTheTrackerSeeTheInnerGaitRooms() {
        String[] inner = {
            "dev.entrain.gait.alignment..",
            "dev.entrain.gait.contact..",
            "dev.entrain.gait.balance..",
            "dev.entrain.gait.freeze..",
            "dev.entrain.gait.predict..",
            "dev.entrain.gait.stride.."
        };
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.entrain.gait..")
                .or()
                .resideInAPackage("dev.entrain.gait")
                .should()
                .dependOnClassesThat(resideInAnyPackage(inner)));
        for (String room : inner) {
            check(noClasses()
                    .that()
                    .resideInAPackage(room)
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("dev.entrain.gait.*..").and(resideOutsideOfPackages(room))));
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepLibrariesInsideTheirAdapters() {
        return Stream.of(
                library("com.fazecast..", "dev.entrain.sensor.serial.."),
                library("com.pi4j..", "dev.entrain.bus.pi4j.."),
                library("org.eclipse.paho..", "dev.entrain.telemetry.mqtt.."),
                library("java.sql..", "dev.entrain.journal.sqlite..", "dev.entrain.music.library.."),
                library("org.sqlite..", "dev.entrain.sqlite.."),
                library(
                        "java.lang.foreign..",
                        "dev.entrain.audio.alsa..",
                        "dev.entrain.audio.music.soundtouch..",
                        "dev.entrain.music.decode..",
                        "dev.entrain.music.loudness..",
                        "dev.entrain.realtime..",
                        "dev.entrain.sim.pty.."),
                library("picocli..", "dev.entrain.cli.."),
                library(
                        "com.fasterxml.jackson..",
                        "dev.entrain.telemetry..",
                        "dev.entrain.remote..",
                        "dev.entrain.agent..",
                        "dev.entrain.check..",
                        "dev.entrain.cli..",
                        "dev.entrain.config..",
                        "dev.entrain.journal..",
                        "dev.entrain.importing..",
                        "dev.entrain.cuetest..",
                        "dev.entrain.soak..",
                        "dev.entrain.calibration..",
                        "dev.entrain.exposure..",
                        "dev.entrain.provision..",
                        "dev.entrain.report..",
                        "dev.entrain.sim..",
                        "dev.entrain.validation.."),
                library("org.apache.pdfbox..", "dev.entrain.report.pdf.."),
                library("javax.sound..", "dev.entrain.cuetest.peer.."));
    }

    @TestFactory
    Stream<DynamicTest> shouldReadClocksOnlyInTheRoomTime() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("dev.entrain.time..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class);
        return Stream.of(DynamicTest.dynamicTest("clocks", () -> check(rule)));
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheHotRoomsPlain() {
        return Stream.of("org.tinylog..", "java.util.stream..", "java.util.logging..", "java.text..", "java.io..")
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> check(noClasses()
                                .that()
                                .resideInAnyPackage(HOT)
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(name)))));
    }

    @TestFactory
    Stream<DynamicTest> shouldNotFormatTextInTheHotRooms() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(HOT)
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "format", Locale.class, String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(Double.class, "valueOf", double.class)
                .orShould()
                .callMethod(Long.class, "valueOf", long.class)
                .orShould()
                .callMethod(Integer.class, "valueOf", int.class);
        return Stream.of(DynamicTest.dynamicTest("format and boxing", () -> check(rule)));
    }

    @TestFactory
    Stream<DynamicTest> shouldLetNothingDependOnTheOutermostRooms() {
        String[] outer = {
            "dev.entrain.cli..",
            "dev.entrain.sim..",
            "dev.entrain.closedloop..",
            "dev.entrain.musictest..",
            "dev.entrain.replay..",
            "dev.entrain.validation..",
            "dev.entrain.importing.."
        };
        return Stream.of(DynamicTest.dynamicTest(
                "outermost",
                () -> check(noClasses()
                        .that()
                        .resideOutsideOfPackages(outer)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(outer)))));
    }

    @TestFactory
    Stream<DynamicTest> shouldDeclareEveryPackageNullMarked() {
        return Stream.of(DynamicTest.dynamicTest(
                "null-marked",
                () -> check(classes().that(alwaysTrue()).should(new ArchCondition<>("be in a @NullMarked package") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                            events.add(SimpleConditionEvent.violated(
                                    item, item.getPackageName() + " has no @NullMarked package-info"));
                        }
                    }
                }))));
    }

    private static DynamicTest library(String library, String... adapters) {
        return DynamicTest.dynamicTest(
                library,
                () -> check(noClasses()
                        .that()
                        .resideOutsideOfPackages(adapters)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(library))
                        .because(library + " belongs into " + Arrays.toString(adapters))));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
