package dev.entrain.cli;

import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.identity.IdentityException;
import dev.entrain.identity.IdentityFolder;
import dev.entrain.identity.TlsContext;
import dev.entrain.identity.TlsFiles;
import dev.entrain.identity.UnitCertificate;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain identity}: who this unit is to the clinic. */
@Command(
        name = "identity",
        mixinStandardHelpOptions = true,
        description = {
            "Who this unit is to the clinic: its key, which never leaves it, and its certificate.",
            "New unit: name, key, request, then accept what the clinic's authority made of the request. Every two years: renew,"
                    + " accept. Run it as the user the agent runs as."
        },
        synopsisSubcommandLabel = "COMMAND")
final class IdentityCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "identity needs one of: " + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(
            name = "name",
            mixinStandardHelpOptions = true,
            description = "Makes up a name for a new unit that tells nothing of anybody.")
    int name() {
        return say("unit = \"" + IdentityFolder.newName() + "\"");
    }

    @Command(
            name = "key",
            mixinStandardHelpOptions = true,
            description = "Makes a key that waits for its certificate. The one in use, if any, stays in use.")
    int key(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = "The unit's configuration.")
                    Path config,
            @Option(names = "--replace", description = "Gives up a key that waits already.") boolean replace)
            throws IOException, ConfigException {
        AgentConfig read = AgentConfig.read(config);
        new IdentityFolder(read.stateDir()).makeKey(replace);
        return say("A key waits in " + read.stateDir().resolve("identity")
                + " for its certificate. Next: entrain identity request");
    }

    @Command(
            name = "request",
            mixinStandardHelpOptions = true,
            description =
                    "Writes the signing request of the key that waits, for the clinic's authority (deploy/authority"
                            + " issue --csr). It holds no secret.")
    int request(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = "The unit's configuration.")
                    Path config,
            @Option(names = "--out", paramLabel = "FILE", description = "Where to; otherwise it is printed.") @Nullable
                    Path out)
            throws IOException, ConfigException {
        return write(AgentConfig.read(config), out);
    }

    @Command(
            name = "renew",
            mixinStandardHelpOptions = true,
            description =
                    "Makes the next key and its signing request (deploy/authority issue --renew --csr). The unit goes on"
                            + " with the certificate it has until the next one is accepted.")
    int renew(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = "The unit's configuration.")
                    Path config,
            @Option(names = "--out", paramLabel = "FILE", description = "Where to; otherwise it is printed.") @Nullable
                    Path out)
            throws IOException, ConfigException {
        AgentConfig read = AgentConfig.read(config);
        IdentityFolder identity = new IdentityFolder(read.stateDir());
        if (!identity.inUse()) {
            throw new IdentityException(
                    read.stateDir().resolve("identity") + ": nothing to renew yet; begin with: entrain identity key");
        }
        if (!identity.waiting()) {
            identity.makeKey(false);
        }
        return write(read, out);
    }

    @Command(
            name = "accept",
            mixinStandardHelpOptions = true,
            description =
                    "Puts the certificate to the key that waits and both in use, after checking name, key and authority."
                            + " A running agent shows it at its next connection.")
    int accept(
            @Parameters(paramLabel = "CERTIFICATE", description = "What the clinic's authority made of the request.")
                    Path certificate,
            @Option(names = "--config", required = true, paramLabel = "FILE", description = "The unit's configuration.")
                    Path config,
            @Option(
                            names = "--ca",
                            paramLabel = "FILE",
                            description = "The clinic's authority; by default [telemetry] ca.")
                    @Nullable
                    Path ca)
            throws IOException, ConfigException {
        AgentConfig read = AgentConfig.read(config);
        TlsFiles tls = read.telemetry().tls();
        if (ca == null && tls == null) {
            throw new IdentityException(config
                    + ": names no authority; set [telemetry] ca, certificate and key, or give" + " --ca clinic-ca.pem");
        }
        UnitCertificate taken = new IdentityFolder(read.stateDir())
                .accept(
                        certificate,
                        ca == null ? Objects.requireNonNull(tls).authority() : ca,
                        read.telemetry().unit());
        say("In use from the next connection on: " + taken.name() + ", valid until " + date(taken));
        return tls == null ? say(toConfigure(read)) : 0;
    }

    @Command(
            name = "back",
            mixinStandardHelpOptions = true,
            description = "Goes back to the certificate before, as long as the broker did not take the new one.")
    int back(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = "The unit's configuration.")
                    Path config)
            throws IOException, ConfigException {
        new IdentityFolder(AgentConfig.read(config).stateDir()).back();
        return say("The certificate before is in use again, from the next connection on.");
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description =
                    "Shows the certificate and checks it with its key. Exit status 1 if the unit could not connect.")
    int show(
            @Option(names = "--config", required = true, paramLabel = "FILE", description = "The unit's configuration.")
                    Path config)
            throws IOException, ConfigException {
        AgentConfig read = AgentConfig.read(config);
        IdentityFolder identity = new IdentityFolder(read.stateDir());
        TlsFiles tls = read.telemetry().tls();
        say("unit         " + read.telemetry().unit());
        if (identity.waiting()) {
            say("waiting      a key waits for its certificate: entrain identity request");
        }
        Path file = tls == null ? identity.certificate() : tls.certificate();
        if (tls == null && !identity.inUse()) {
            return say("certificate  none" + (identity.waiting() ? "" : ": entrain identity key"));
        }
        UnitCertificate own = UnitCertificate.read(file);
        say("certificate  " + file + ", for " + own.name());
        say("valid until  " + date(own) + ", " + own.daysLeft(WallClock.SYSTEM.now()) + " days");
        say("serial       " + own.serial());
        say("SHA-256      " + own.sha256());
        if (tls == null) {
            return say(toConfigure(read));
        }
        TlsContext.of(tls, read.telemetry().unit());
        String notice = own.notice(WallClock.SYSTEM.now());
        return say("check        " + (notice == null ? "good" : notice));
    }

    private int write(AgentConfig read, @Nullable Path out) throws IOException {
        String request =
                new IdentityFolder(read.stateDir()).request(read.telemetry().unit());
        if (out == null) {
            return say(request.strip());
        }
        Files.writeString(out, request);
        return say("Take " + out + " to the clinic's authority. Then: entrain identity accept");
    }

    private static String toConfigure(AgentConfig read) {
        IdentityFolder identity = new IdentityFolder(read.stateDir());
        return "Now write into [telemetry]:\n  broker = \"ssl://HOST:PORT\"\n  ca = \"where clinic-ca.pem is\"\n"
                + "  certificate = \"" + identity.certificate() + "\"\n  key = \"" + identity.key() + "\"";
    }

    private static String date(UnitCertificate certificate) {
        return certificate.validUntil().atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private int say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
        return 0;
    }
}
