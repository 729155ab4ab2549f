package dev.entrain.clinic.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.clinic.order.OrderSigner;
import dev.entrain.clinic.order.UnitTalk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain-clinic command}. */
@Command(
        name = "command",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a unit for something now: identify (it says which unit it is), start (the session, as the button does),",
            "stop (silence), send_logs (the newest lines of its log). Exit status 0: done; 1: refused or no answer."
        })
final class AskCommand implements Callable<Integer> {
    private static final List<String> COMMANDS = List.of("identify", "start", "stop", "send_logs");
    private static final int LIFE_S = 30;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SigningOptions options = new SigningOptions();

    @Parameters(paramLabel = "COMMAND", description = "identify, start, stop or send_logs.")
    private String command = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where the log goes; default: standard output.")
    private @Nullable Path out;

    @Override
    public Integer call() throws Refused, IOException {
        if (!COMMANDS.contains(command)) {
            throw new Refused("There is no command '" + command + "'; there are " + String.join(", ", COMMANDS));
        }
        OrderSigner signer = options.signer();
        Duration limit = options.limit();
        try (UnitTalk talk = options.talk()) {
            if (!SigningOptions.online(talk)) {
                throw new Refused("The unit is not connected; a command does not wait for it. Try again when it is.");
            }
            String boot =
                    Objects.requireNonNull(talk.newest("birth")).path("boot").asText();
            long id = InstantSource.system().millis();
            if (!talk.send("cmd", signer.command(options.unit(), boot, id, command), false, LIFE_S)) {
                throw new Refused(
                        "The broker did not take the command within 5 s; it may still come through. Check that"
                                + " this certificate may publish to gait/v1/+/down/cmd.");
            }
            JsonNode answer = talk.await("answer", message -> message.path("id").asLong() == id, limit);
            if (answer == null) {
                throw new Refused("The unit did not answer within " + limit.toSeconds() + " s. Is it still connected?");
            }
            return tell(answer, talk, id);
        }
    }

    private int tell(JsonNode answer, UnitTalk talk, long id) throws IOException {
        PrintWriter to = spec.commandLine().getOut();
        String result = answer.path("result").asText();
        boolean done = result.equals("done");
        if (done && command.equals("send_logs")) {
            StringBuilder log = new StringBuilder();
            for (JsonNode part : talk.all("log")) {
                if (part.path("id").asLong() == id) {
                    log.append(part.path("text").asText());
                }
            }
            if (out == null) {
                to.print(log);
            } else {
                Files.writeString(out, log);
            }
        }
        to.println(
                done
                        ? "The unit: done."
                        : "The unit: " + result + ", " + answer.path("reason").asText() + " ("
                                + answer.path("code").asText() + ").");
        to.flush();
        return done ? 0 : 1;
    }
}
