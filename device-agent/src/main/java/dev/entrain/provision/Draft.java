package dev.entrain.provision;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was chosen so far, by the dotted key it has in the configuration ({@code audio.device}) or, for what the configuration
 * does not hold, a key that begins with {@code provision.}. Kept between runs. Not thread-safe.
 */
final class Draft {
    private final Map<String, String> values = new TreeMap<>();

    @Nullable
    String get(String key) {
        return values.get(key);
    }

    String get(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    void put(String key, String value) {
        values.put(key, value);
    }

    /** Forgets every key that begins so. */
    void removeAll(String prefix) {
        values.keySet().removeIf(key -> key.startsWith(prefix));
    }

    Map<String, String> all() {
        return Collections.unmodifiableMap(values);
    }
}
