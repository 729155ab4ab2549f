package dev.entrain.provision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Other programs of this machine. Each call ends within its bound. Thread-safe. */
public interface HostTools {
    /** Longest a calibration may take, s. */
    long CALIBRATION_S = 900;

    /**
     * What a program said.
     *
     * @param status 0 = well
     */
    record Said(int status, String text) {}

    /** Runs a program for at most 30 s; null if there is none of that name, or it did not end. */
    @Nullable
    Said run(List<String> command);

    /**
     * Runs another command of ours at the same terminal, such as {@code calibrate output}, for at most {@value #CALIBRATION_S} s.
     *
     * @return whether it did what it should
     */
    boolean entrain(List<String> arguments) throws IOException;

    /** Runs a program as {@link #run} says. */
    static @Nullable Said runProgram(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return null;
            }
            // Ours say a few lines: they fit into the pipe.
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.exitValue(), said.strip());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
