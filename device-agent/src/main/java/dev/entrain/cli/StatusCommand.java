package dev.entrain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.agent.RunningAgent;
import dev.entrain.agent.StatusFile;
import dev.entrain.journal.BootId;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how the running agent does. Disturbs nothing; entrain doctor looks at everything.",
            "Exit status 0 = an agent runs and no session goes on (with --idle; else: an agent runs), 1 = a session goes on"
                    + " (--idle only), 2 = no agent runs."
        })
final class StatusCommand implements Callable<Integer> {
    private static final int BUSY = 1;
    private static final int NOT_RUNNING = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints the status as the agent wrote it.")
    private boolean json;

    @Option(names = "--idle", description = "Asks whether a session goes on; prints one line.")
    private boolean idle;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Where the agent writes it. Default: where systemd lets it.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        Path from = file == null ? StatusFile.ofOthers(System.getenv()) : file;
        RunningAgent agent = RunningAgent.find(from, BootId.read(BootId.KERNEL_FILE), NanoClock.SYSTEM.nowNs());
        PrintWriter out = spec.commandLine().getOut();
        if (agent == null) {
            out.println("No agent runs, or none that writes " + from + ". Start it: systemctl start entrain-agent");
            out.flush();
            return NOT_RUNNING;
        }
        if (json) {
            out.println(agent.status().toPrettyString());
        } else if (idle) {
            out.println(agent.inSession() ? "A session goes on." : "No session goes on.");
        } else {
            tell(out, agent);
        }
        out.flush();
        return idle && agent.inSession() ? BUSY : 0;
    }

    private static void tell(PrintWriter out, RunningAgent agent) {
        JsonNode all = agent.status();
        out.printf(
                Locale.ROOT,
                "agent     %s, unit %s, for %d min (process %d)%n",
                all.path("agent").path("version").asText(),
                all.path("agent").path("unit").asText(),
                agent.runningS() / 60,
                all.path("agent").path("pid").asLong());
        out.println("session   " + (agent.inSession() ? "goes on" : "none"));
        for (JsonNode sensor : all.path("sensors")) {
            out.printf(
                    Locale.ROOT,
                    "sensor    %s %s: %s, %.1f Hz, %.1f %% lost%n",
                    sensor.path("foot").asText(),
                    sensor.path("connection").asText(),
                    sensor.path("state").asText(),
                    sensor.path("rate_hz").asDouble(),
                    sensor.path("loss_pct").asDouble());
        }
        out.println("sound     " + all.path("audio").path("state").asText() + ": "
                + all.path("audio").path("text").asText());
        JsonNode broker = all.path("broker");
        out.println("clinic    " + (broker.path("connected").asBoolean() ? "connected" : "not connected") + ", "
                + all.path("journal").path("waiting").asLong() + " records wait");
    }
}
