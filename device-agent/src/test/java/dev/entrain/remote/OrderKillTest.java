package dev.entrain.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that keeps one order after another and says so is killed at random moments. */
class OrderKillTest {
    private static final int KILLS = 5;
    private static final int MOST_LINES = 300;

    @TempDir
    Path dir;

    /** Body of the process: accepts revisions as fast as the disk takes them and tells each one that is kept. */
    public static void main(String[] args) throws IOException {
        OrderShelf shelf = new OrderShelf(Path.of(args[0]));
        Kept kept = shelf.kept(OrderKind.RX);
        for (long rev = kept.floorRev() + 1; rev < Long.MAX_VALUE; rev++) { // Ends by being killed.
            String body = "x".repeat((int) (rev % 5000));
            kept = kept.accept(new Order(rev, Order.sha256(body), body));
            shelf.keep(OrderKind.RX, kept);
            shelf.keepCommand("boot", rev);
            System.out.println(rev);
        }
    }

    @Test
    @Timeout(90)
    void shouldHaveEveryOrderWholeThatItSaidItKeptWheneverItIsKilled() throws Exception {
        SplittableRandom random = new SplittableRandom(6);
        long said = 0;
        for (int i = 0; i < KILLS; i++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            OrderKillTest.class.getName(),
                            dir.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
                int until = 1 + random.nextInt(MOST_LINES);
                for (int line = 0; line < until; line++) {
                    said = Long.parseLong(lines.readLine());
                }
                process.destroyForcibly();
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            OrderShelf shelf = new OrderShelf(dir);
            Order order = Objects.requireNonNull(shelf.kept(OrderKind.RX).wanted());
            assertThat(order.rev()).isGreaterThanOrEqualTo(said);
            assertThat(Order.sha256(order.body())).isEqualTo(order.sha256());
            assertThat(shelf.newestCommand("boot")).isGreaterThanOrEqualTo(said);
            assertThat(dir.resolve("orders/rx.json.bad")).doesNotExist();
        }
    }
}
