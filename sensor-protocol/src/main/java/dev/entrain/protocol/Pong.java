package dev.entrain.protocol;

/**
 * Answer to a time-sync ping.
 *
 * @param token the host's token, echoed
 * @param receivedTicks device counter when the ping's last byte came in
 * @param sentTicks device counter when the pong's first byte went out
 * @param arrivalNs CLOCK_MONOTONIC when the pong's last byte was read
 */
public record Pong(int token, long receivedTicks, long sentTicks, long arrivalNs) {}
