package dev.entrain.check;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Programs of the system that are asked something. */
@FunctionalInterface
public interface Programs {
    /** Most of an answer that is kept, bytes. */
    int MOST_BYTES = 512 << 10;

    /**
     * What one said.
     *
     * @param status exit status
     * @param text its standard output
     */
    record Answer(int status, String text) {}

    /**
     * Runs one and waits for its end.
     *
     * @param limit longest wait; it is ended then
     * @param command program and arguments
     * @return null if there is no such program or it did not end in time
     */
    @Nullable
    Answer ask(Duration limit, List<String> command);

    /** Returns those of this machine. */
    static Programs here() {
        return Programs::run;
    }

    private static @Nullable Answer run(Duration limit, List<String> command) {
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            builder.environment().put("LC_ALL", "C");
            process = builder.start();
        } catch (IOException e) {
            return null;
        }
        // Ends the reading below too: a program that is gone writes no more.
        Thread guard = Thread.ofPlatform()
                .daemon()
                .name("guard of " + command.getFirst())
                .start(() -> {
                    try {
                        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                            process.destroyForcibly();
                        }
                    } catch (InterruptedException e) {
                        process.destroyForcibly();
                    }
                });
        try {
            String text = new String(process.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            process.getInputStream().close();
            guard.join(limit);
            return process.isAlive() ? null : new Answer(process.exitValue(), text);
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            process.destroyForcibly();
        }
    }
}
