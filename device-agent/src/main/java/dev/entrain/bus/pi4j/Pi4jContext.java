package dev.entrain.bus.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * What Pi4J keeps for one process, made when it is first needed: no search for plug-ins, no injection, no hook at the end
 * of the process. Thread-safe.
 */
public final class Pi4jContext implements AutoCloseable {
    private @Nullable Context context;

    /**
     * Returns the one context, with the providers of GPIO lines.
     *
     * @throws IOException a sentence for a technician: this machine has no use for Pi4J's native libraries
     */
    synchronized Context get() throws IOException {
        Context made = context;
        if (made == null) {
            ArmNatives.check("GPIO lines");
            try {
                made = Pi4J.newContextBuilder()
                        .noAutoDetect()
                        .noAutoInject()
                        .disableShutdownHook()
                        .add(GpioDDigitalInputProvider.newInstance(), GpioDDigitalOutputProvider.newInstance())
                        .build();
            } catch (Pi4JException | IllegalStateException | LinkageError e) {
                throw new IOException("Pi4J can't be used on this system: " + e.getMessage(), e);
            }
            context = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        Context made = context;
        context = null;
        if (made != null) {
            try {
                made.shutdown();
            } catch (Pi4JException e) {
                Logger.warn("GPIO lines were not given back in order: {}", e.getMessage());
            }
        }
    }
}
