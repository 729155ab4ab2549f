package dev.entrain.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNotifierTest {
    private static final long PID = 7;

    @TempDir
    private Path dir = Path.of("");

    private String name(String kind) {
        return kind.equals("abstract")
                ? "@entrain-test-" + ProcessHandle.current().pid()
                : dir.resolve("notify").toString();
    }

    private static ServiceNotifier notifier(Map<String, String> environment) {
        return Objects.requireNonNull(ServiceNotifier.of(environment, PID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "abstract"})
    void shouldTellTheManagerOnItsSocket(String kind) throws IOException, InterruptedException {
        try (NotifySocket manager = new NotifySocket(name(kind));
                ServiceNotifier notifier = notifier(Map.of("NOTIFY_SOCKET", name(kind)))) {
            notifier.ready();
            notifier.alive();
            notifier.status("sound: waits for Käbel\nhere");
            notifier.status("sound: waits for Käbel\nhere");
            notifier.allow(2_500_000_000L);
            notifier.stopping();

            assertThat(manager.next()).isEqualTo("READY=1");
            assertThat(manager.next()).isEqualTo("WATCHDOG=1");
            assertThat(manager.next()).isEqualTo("STATUS=sound: waits for Käbel here");
            assertThat(manager.next()).isEqualTo("WATCHDOG_USEC=2500000");
            assertThat(manager.next()).isEqualTo("STOPPING=1");
        }
    }

    @Test
    void shouldBeNobodyWithoutAManager() {
        assertThat(ServiceNotifier.of(Map.of(), PID)).isNull();
        assertThat(ServiceNotifier.of(Map.of("NOTIFY_SOCKET", ""), PID)).isNull();
        assertThat(ServiceNotifier.of(Map.of("NOTIFY_SOCKET", "vsock:2:1"), PID))
                .isNull();
        assertThat(ServiceNotifier.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(108)), PID))
                .isNull();
    }

    @Test
    void shouldGoOnWhenTheManagerIsGone() {
        try (ServiceNotifier notifier = notifier(Map.of("NOTIFY_SOCKET", name("path")))) {
            notifier.ready();
        }
    }

    @Test
    void shouldTakeAWatchdogThatIsMeantForThisProcess() {
        Map<String, String> anybody = Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "10000000");
        Map<String, String> this7 = Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "10000000", "WATCHDOG_PID", "7");
        Map<String, String> other = Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "10000000", "WATCHDOG_PID", "8");
        Map<String, String> words = Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "soon");
        try (ServiceNotifier a = notifier(anybody);
                ServiceNotifier b = notifier(this7);
                ServiceNotifier c = notifier(other);
                ServiceNotifier d = notifier(words)) {
            assertThat(a.watchdogNs()).isEqualTo(10_000_000_000L);
            assertThat(b.watchdogNs()).isEqualTo(10_000_000_000L);
            assertThat(c.watchdogNs()).isZero();
            assertThat(d.watchdogNs()).isZero();
        }
    }
}
