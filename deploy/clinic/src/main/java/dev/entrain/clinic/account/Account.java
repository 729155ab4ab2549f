package dev.entrain.clinic.account;

import java.time.Instant;

/**
 * Somebody who may log in.
 *
 * @param name 1 to 64 of {@code a-z 0-9 . _ @ -}
 * @param disabled whether log-ins are refused
 */
public record Account(String name, Role role, boolean disabled, Instant created) {}
