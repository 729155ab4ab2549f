package dev.entrain.clinic.cli;

import dev.entrain.clinic.order.KeyFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key to sign with. */
@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a key to sign prescriptions, settings and commands with (Ed25519).",
            "Whoever has the private half can prescribe for every unit that knows the public one: keep it offline."
        })
final class KeygenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where both halves are written.")
    private Path out = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "Of the files; default: clinic.")
    private String name = "clinic";

    @Override
    public Integer call() throws Refused {
        if (!name.matches("[A-Za-z0-9_-]{1,40}")) {
            throw new Refused("'" + name + "' is no name for files: 1 to 40 of A-Z, a-z, 0-9, _ and -");
        }
        try {
            KeyFiles.Pair pair = KeyFiles.make(out, name);
            PrintWriter to = spec.commandLine().getOut();
            to.println(pair.privateKey() + "  private: signs; keep it offline, and a copy in a safe");
            to.println(pair.publicKey() + "  public: goes to the units, [clinic] public_key or command_key");
            to.flush();
            return 0;
        } catch (FileAlreadyExistsException e) {
            throw new Refused(e.getMessage() + " is there already; units trust it perhaps. Give another --name.");
        } catch (IOException | UnsupportedOperationException e) {
            throw new Refused("The key can't be written to " + out + ": " + e.getMessage());
        }
    }
}
