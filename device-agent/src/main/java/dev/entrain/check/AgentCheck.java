package dev.entrain.check;

import dev.entrain.agent.RunningAgent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the agent runs. */
public final class AgentCheck implements Check {
    private final @Nullable RunningAgent agent;
    private final String unreadable;
    private final ServiceState service;

    /**
     * Makes one.
     *
     * @param agent that runs; null if none does
     * @param unreadable why its status can't be read; empty if it can, or there is none
     * @param service what systemd says
     */
    public AgentCheck(@Nullable RunningAgent agent, String unreadable, ServiceState service) {
        this.agent = agent;
        this.unreadable = unreadable;
        this.service = service;
    }

    @Override
    public String area() {
        return "agent";
    }

    @Override
    public List<Finding> look() {
        return List.of(running());
    }

    private Finding running() {
        if (agent != null) {
            return Finding.ok(
                    area(),
                    "running",
                    "for " + Figures.duration(agent.runningS()) + (agent.inSession() ? "; a session goes on" : ""));
        }
        if (!unreadable.isEmpty()) {
            return Words.fail(area(), "running", unreadable, "run this as root");
        }
        return switch (service.active()) {
            case "failed" ->
                Finding.fail(
                        area(),
                        "running",
                        "its service failed",
                        "See why: journalctl -u " + ServiceState.NAME + " -n 50; the checks below may tell");
            case "active" ->
                Finding.fail(
                        area(),
                        "running",
                        "its service is active, but it has told nothing for 5 s",
                        "systemctl restart " + ServiceState.NAME
                                + "; if it comes back, send the bundle to the developers");
            case "activating" ->
                Finding.warn(
                        area(), "running", "it is starting, or starts again and again", "Wait 10 s and run this again");
            default ->
                Finding.warn(
                        area(),
                        "running",
                        "no; sensors and sound were tried by this check itself",
                        service.installed()
                                ? "When all is well: systemctl start " + ServiceState.NAME
                                : "When all is well start the agent: entrain run --config FILE");
        };
    }
}
