package dev.entrain.provision;

import dev.entrain.check.Programs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine without a single program. */
final class NoTools implements HostTools {
    @Override
    public boolean installed() {
        return false;
    }

    @Override
    public Programs.@Nullable Answer run(List<String> command) {
        return null;
    }

    @Override
    public boolean entrain(List<String> arguments) {
        return false;
    }
}
