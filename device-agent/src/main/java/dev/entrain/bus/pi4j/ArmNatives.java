package dev.entrain.bus.pi4j;

import java.io.IOException;
import java.util.Locale;

/** Says early and clearly where Pi4J's native libraries, made for arm alone, can't run. */
final class ArmNatives {
    private ArmNatives() {}

    /**
     * Checks this machine.
     *
     * @param what needs them, for the message
     * @param instead what to do on another machine, for the message
     * @throws IOException a sentence for a technician
     */
    static void check(String what, String instead) throws IOException {
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        if (!machine.equals("aarch64") && !machine.equals("arm")) {
            throw new IOException(
                    what + " need a Raspberry Pi: Pi4J's native libraries are made for arm, and this machine is "
                            + machine + "; " + instead);
        }
    }
}
