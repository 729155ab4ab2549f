package dev.entrain.clinic.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.clinic.order.OrderSigner;
import dev.entrain.clinic.order.UnitTalk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Publishes a prescription or settings, and tells what the unit made of it. */
final class OrderRun {
    /** What a unit reads at most; see deploy/telemetry. */
    private static final long MOST_FILE_BYTES = 24 * 1024;

    private static final Duration SHOWN = Duration.ofSeconds(1);

    private final String leaf;
    private final String what;
    private final SigningOptions options;
    private final PrintWriter out;

    OrderRun(String leaf, String what, SigningOptions options, PrintWriter out) {
        this.leaf = leaf;
        this.what = what;
        this.options = options;
        this.out = out;
    }

    /**
     * Publishes.
     *
     * @param file with the text; null to withdraw
     * @param revision a whole number, or auto
     * @return 0 if the unit has it or will find it, 1 if the unit refused it
     */
    int run(@Nullable Path file, String revision, InstantSource clock) throws Refused {
        OrderSigner signer = options.signer();
        String text = file == null ? "" : text(file);
        Duration limit = options.limit();
        try (UnitTalk talk = options.talk()) {
            JsonNode reported = talk.await("reported", message -> true, SHOWN);
            long rev = revision(revision, reported, clock);
            byte[] payload = file == null ? new byte[0] : signed(signer, rev, text);
            if (!talk.send(leaf, payload, true, 0)) {
                throw new Refused("The broker did not take the " + what
                        + " within 5 s; nothing is known to have changed."
                        + " Check that this certificate may publish to gait/v1/+/down/" + leaf + ", then try again.");
            }
            if (file == null) {
                say("The " + what + " of unit " + options.unit().name() + " is withdrawn: between walks the unit's own"
                        + " configuration holds again.");
                return 0;
            }
            return tell(talk, rev, limit);
        }
    }

    private int tell(UnitTalk talk, long rev, Duration limit) throws Refused {
        if (!SigningOptions.online(talk)) {
            say("Revision " + rev + " is at the broker. The unit is not connected now; it takes it when it is.");
            return 0;
        }
        JsonNode answer = talk.await(
                "reported",
                message -> message.path(leaf).path("rev").asLong() == rev
                        || message.path(leaf).path("refused").path("rev").asLong() == rev,
                limit);
        if (answer == null) {
            throw new Refused("Revision " + rev + " is at the broker, but the unit said nothing within "
                    + limit.toSeconds() + " s. Look at its page; if it is connected, look after the unit.");
        }
        JsonNode refused = answer.path(leaf).path("refused");
        if (refused.path("rev").asLong() == rev) {
            say("The unit REFUSED revision " + rev + ": "
                    + refused.path("reason").asText() + " ("
                    + refused.path("code").asText() + "). What held before holds. Correct it and send it again.");
            return 1;
        }
        say("The unit has revision " + rev + ": "
                + (answer.path(leaf).path("state").asText().equals("applied")
                        ? "it runs with it."
                        : "it waits until nobody walks."));
        return 0;
    }

    private byte[] signed(OrderSigner signer, long rev, String text) throws Refused {
        return leaf.equals("rx")
                ? signer.prescription(options.unit(), rev, text)
                : signer.settings(options.unit(), rev, text);
    }

    /** By the clock, so that it grows whoever prescribes where; and in any case past what the unit has. */
    private long revision(String asked, @Nullable JsonNode reported, InstantSource clock) throws Refused {
        if (asked.equals("auto")) {
            JsonNode order = reported == null ? null : reported.path(leaf);
            long known = order == null
                    ? 0
                    : Math.max(
                            order.path("rev").asLong(),
                            order.path("refused").path("rev").asLong());
            return Math.max(clock.instant().getEpochSecond(), known + 1);
        }
        try {
            long rev = Long.parseLong(asked);
            if (rev >= 1 && rev <= OrderSigner.MOST_WHOLE) {
                return rev;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new Refused("--rev " + asked + " is no revision: a whole number from 1 on, or auto");
    }

    private static String text(Path file) throws Refused {
        try {
            if (Files.size(file) > MOST_FILE_BYTES) {
                throw new Refused(file + " is larger than " + MOST_FILE_BYTES + " bytes; no unit reads that.");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new Refused(file + " is no text; save it as UTF-8.");
        } catch (IOException e) {
            throw new Refused(file + " can't be read: " + e.getMessage());
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
