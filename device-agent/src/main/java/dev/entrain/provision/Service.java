package dev.entrain.provision;

import dev.entrain.check.Programs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent as a service of systemd, where there is one. */
final class Service {
    static final String UNIT = "entrain-agent";

    private final HostTools tools;

    Service(HostTools tools) {
        this.tools = tools;
    }

    /** Returns whether the agent runs as a service. */
    boolean running() {
        return well("is-active", "--quiet", UNIT);
    }

    /** Returns whether this machine has such a service for the unit that is provisioned. */
    boolean known() {
        return tools.installed() && well("cat", UNIT);
    }

    boolean start() {
        return well("start", UNIT);
    }

    boolean stop() {
        return well("stop", UNIT);
    }

    boolean enable() {
        // A start that failed before there was a configuration counts as none.
        tools.run(List.of("systemctl", "reset-failed", UNIT));
        return well("enable", "--now", UNIT);
    }

    boolean disable() {
        return well("disable", "--now", UNIT);
    }

    private boolean well(String... arguments) {
        Programs.@Nullable Answer said = tools.run(command(arguments));
        return said != null && said.status() == 0;
    }

    private static List<String> command(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "systemctl";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return List.of(all);
    }

    /**
     * Has the agent stopped where it runs, because it has sensors and sound card for itself.
     *
     * @throws StepException if it goes on
     */
    void makeWay(Console console) throws StepException, QuitException {
        if (!running()) {
            return;
        }
        if (console.unattended()
                || console.confirm("", "The agent runs and has the sensors and the card. Stop it for now?", true)) {
            if (stop()) {
                console.say("The agent is stopped. It is started again at the end.");
                return;
            }
        }
        throw new StepException(
                "The agent runs and has the sensors and the sound card for itself.",
                "Stop it: systemctl stop " + UNIT + " ; then try this step again.");
    }
}
