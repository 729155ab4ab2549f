package dev.entrain.provision;

import dev.entrain.check.Programs;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Other programs of this machine. Each call ends within its bound. Thread-safe. */
public interface HostTools {
    /** Longest a calibration may take, s. */
    long CALIBRATION_S = 900;

    /**
     * Whether it is the installed unit that is provisioned. Only then are the machine's service and udev's rules touched: who
     * tries another configuration elsewhere changes nothing of the unit.
     */
    boolean installed();

    /** Runs a program for at most 30 s; null if there is none of that name, or it did not end. */
    Programs.@Nullable Answer run(List<String> command);

    /**
     * Runs another command of ours at the same terminal, such as {@code calibrate output}, for at most {@value #CALIBRATION_S} s.
     *
     * @return whether it did what it should
     */
    boolean entrain(List<String> arguments) throws IOException;
}
