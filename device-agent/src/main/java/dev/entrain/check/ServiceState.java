package dev.entrain.check;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What systemd says of the agent's service.
 *
 * @param installed whether there is such a service
 * @param active its state: active, activating, failed, inactive; empty where not installed
 * @param user it runs as; empty if not known
 * @param rtPriority highest real-time priority it may ask for
 * @param memlock how much memory it may lock, bytes or {@code infinity}; empty if not known
 */
public record ServiceState(boolean installed, String active, String user, int rtPriority, String memlock) {
    /** Its name. */
    public static final String NAME = "entrain-agent";

    /** No systemd, or no such service. */
    public static final ServiceState NONE = new ServiceState(false, "", "", 0, "");

    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Asks systemd; takes at most 2 s. */
    public static ServiceState ask(Programs programs) {
        Programs.@Nullable Answer answer = programs.ask(
                LIMIT, List.of("systemctl", "show", NAME, "-p", "LoadState,ActiveState,User,LimitRTPRIO,LimitMEMLOCK"));
        if (answer == null || answer.status() != 0) {
            return NONE;
        }
        Map<String, String> said = new HashMap<>();
        answer.text().lines().forEach(line -> {
            int at = line.indexOf('=');
            if (at > 0) {
                said.put(line.substring(0, at), line.substring(at + 1));
            }
        });
        return said.getOrDefault("LoadState", "").equals("loaded")
                ? new ServiceState(
                        true,
                        said.getOrDefault("ActiveState", ""),
                        said.getOrDefault("User", ""),
                        whole(said.getOrDefault("LimitRTPRIO", "0")),
                        said.getOrDefault("LimitMEMLOCK", ""))
                : NONE;
    }

    private static int whole(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : text.equals("infinity") ? Integer.MAX_VALUE : 0;
    }
}
