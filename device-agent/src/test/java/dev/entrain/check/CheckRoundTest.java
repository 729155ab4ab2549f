package dev.entrain.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CheckRoundTest {
    private record Scripted(String area, java.util.concurrent.Callable<List<Finding>> script) implements Check {
        @Override
        public List<Finding> look() {
            try {
                return script.call();
            } catch (InterruptedException e) {
                return List.of();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void shouldTellWhatDoesNotAnswerOrFailsAndKeepTheRest() {
        CountDownLatch never = new CountDownLatch(1);
        List<Finding> findings = CheckRound.look(
                List.of(
                        new Scripted("good", () -> List.of(Finding.ok("good", "item", "fine"))),
                        new Scripted("stuck", () -> {
                            never.await();
                            return List.of();
                        }),
                        new Scripted("broken", () -> {
                            throw new IllegalStateException("a bug");
                        })),
                Duration.ofMillis(300),
                NanoClock.SYSTEM);
        assertThat(findings).extracting(Finding::area).containsExactly("good", "stuck", "broken");
        Found.expect(findings.get(1), Verdict.FAIL, "no answer in time", "run it again");
        Found.expect(findings.get(2), Verdict.FAIL, "could not be done", "--bundle");
    }

    @Test
    void shouldLookAtAllAtTheSameTime() {
        CountDownLatch together = new CountDownLatch(3);
        Scripted each = new Scripted("each", () -> {
            together.countDown();
            together.await(); // Would wait for ever, were they asked one after the other.
            return List.of(Finding.ok("each", "item", "fine"));
        });
        assertThat(CheckRound.look(List.of(each, each, each), Duration.ofSeconds(10), NanoClock.SYSTEM))
                .allMatch(finding -> finding.verdict() == Verdict.OK);
    }
}
