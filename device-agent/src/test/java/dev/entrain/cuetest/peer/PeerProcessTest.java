package dev.entrain.cuetest.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerProcessTest {
    private static final long PERIOD_NS = 500_000_000;

    @TempDir
    private Path folder;

    @Test
    void shouldMeasureWhatTheChildPlannedAgainstWhatTheEarHeard() throws IOException {
        PeerResult result = run("echo conditions calm, buffer 7; echo first 1000000000 3");

        HeardTiming timing = Objects.requireNonNull(result.timing(), result.missing());
        assertThat(result.conditions()).isEqualTo("calm, buffer 7");
        assertThat(timing.planned()).isEqualTo(3);
        assertThat(timing.heard()).isEqualTo(3);
        assertThat(timing.medianNs()).isEqualTo(1_000);
        assertThat(timing.maxNs()).isZero();
    }

    @Test
    void shouldNameReasonAndRemedyOfAPeerThatIsNotThere() throws IOException {
        PeerResult result = run("echo Java Sound finds no device; exit 1");

        assertThat(result.timing()).isNull();
        assertThat(result.missing()).contains("Java Sound finds no device").contains("openjdk-25-jre");
    }

    @Test
    void shouldPlayJavaSoundThroughTheRealLibasound() throws IOException, InterruptedException {
        Path output = folder.resolve("build.txt");
        Process build = new ProcessBuilder(
                        "bash", "-c", "cd .. && . deploy/lib.sh && build_card \"$0\" 37.5", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(build.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(build.exitValue()).as(Files.readString(output)).isZero();
        List<String> self = List.of(
                "env",
                "ALSA_CONFIG_PATH=" + folder.resolve("asound.conf"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.entrain.cli.Main");
        Files.writeString(
                folder.resolve("asound.conf"),
                "pcm.!default { type plug slave.pcm \"card\" }\n",
                StandardOpenOption.APPEND);
        PeerProcess peers = new PeerProcess(new CardEar(folder, 48_001.8), self, "default", folder, NanoClock.SYSTEM);

        PeerResult result = peers.run(Peer.JAVA_LINE_1024, true, 3, PERIOD_NS, false, PeerProcessTest::nap);

        HeardTiming timing = Objects.requireNonNull(result.timing(), result.missing());
        assertThat(timing.planned()).isEqualTo(4);
        assertThat(timing.heard()).isPositive();
        assertThat(result.conditions()).contains("normal priority").contains("frames");
    }

    private PeerResult run(String script) throws IOException {
        Ear ear = new Ear() {
            @Override
            public Map<String, String> listen(String participant) {
                return Map.of();
            }

            @Override
            public double[] heardNs(String participant) {
                return new double[] {1_000_001_000, 1_500_001_000, 2_000_001_000};
            }

            @Override
            public String describe() {
                return "by heart";
            }
        };
        PeerProcess peers = new PeerProcess(ear, List.of("sh", "-c", script), "default", folder, NanoClock.SYSTEM);
        return peers.run(Peer.JAVA_CLIP, false, 1, PERIOD_NS, false, PeerProcessTest::nap);
    }

    private static boolean nap() {
        LockSupport.parkNanos(5_000_000);
        return false;
    }
}
