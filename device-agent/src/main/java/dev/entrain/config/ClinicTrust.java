package dev.entrain.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files of the keys whose word counts on a unit: Ed25519 public keys in PEM.
 *
 * @param publicKey for prescriptions, settings and commands; null: nothing the clinic sends is done
 * @param commandKey for commands alone; null for none
 */
public record ClinicTrust(
        @Nullable Path publicKey, @Nullable Path commandKey) {
    /** Trusts nobody. */
    public static final ClinicTrust NOBODY = new ClinicTrust(null, null);
}
