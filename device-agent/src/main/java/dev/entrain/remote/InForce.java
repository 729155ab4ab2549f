package dev.entrain.remote;

import dev.entrain.config.AgentConfig;
import dev.entrain.config.Prescription;
import org.jspecify.annotations.Nullable;

/**
 * What a unit runs with: its own file, and over it what the clinic ordered.
 *
 * @param config merged; its hash covers both
 * @param prescription the programme to give, the clinic's before the file's; null for a plain walk
 * @param rxRev revision of the clinic's prescription; 0 where the file's holds
 */
public record InForce(AgentConfig config, @Nullable Prescription prescription, long rxRev) {}
