package dev.entrain.clinic.cli;

import dev.entrain.clinic.Unit;
import dev.entrain.clinic.order.OrderSigner;
import dev.entrain.clinic.order.UnitTalk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom to ask, by which broker, signed with what. */
final class SigningOptions {
    /** A broker that answers at all answers by then. */
    private static final Duration HELLO = Duration.ofSeconds(8);

    @Option(names = "--config", paramLabel = "FILE", description = "clinic.toml; only [broker] is used.")
    private @Nullable Path config;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Option(names = "--unit", required = true, paramLabel = "NAME", description = "The unit's name on the broker.")
    private String unit = "";

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The private key to sign with; entrain-clinic keygen makes one.")
    private Path key = Path.of("");

    @Option(names = "--wait", paramLabel = "S", description = "How long to wait for the unit's word, s; default: 20.")
    private int waitS = 20;

    Unit unit() throws Refused {
        try {
            return new Unit(unit);
        } catch (IllegalArgumentException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    OrderSigner signer() throws Refused {
        try {
            return OrderSigner.read(key);
        } catch (NoSuchFileException e) {
            throw new Refused(key + " is not there; entrain-clinic keygen makes a key.");
        } catch (IOException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    Duration limit() throws Refused {
        if (waitS < 1 || waitS > 600) {
            throw new Refused("--wait must be 1 to 600 s");
        }
        return Duration.ofSeconds(waitS);
    }

    /** Returns a talk with the unit, which the broker knows. */
    UnitTalk talk() throws Refused {
        UnitTalk talk = new UnitTalk(broker.broker(ClinicFile.read(config)), unit());
        if (talk.present(HELLO)) {
            return talk;
        }
        talk.close();
        throw new Refused(
                "The broker was not reached, or no unit '" + unit + "' was ever connected to it. Check --broker,"
                        + " the files of TLS, and the unit's name in its configuration ([telemetry] unit).");
    }

    /** Returns whether the unit is connected, as far as the broker knows. */
    static boolean online(UnitTalk talk) {
        var status = talk.await("status", message -> true, Duration.ofSeconds(1));
        return status != null && status.path("state").asText().equals("online");
    }
}
