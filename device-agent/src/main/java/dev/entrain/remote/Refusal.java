package dev.entrain.remote;

/**
 * Why something the clinic sent was not done.
 *
 * @param code a word for programs, [a-z_]+
 * @param reason a sentence for people: what was found, what was expected, what to do
 */
public record Refusal(String code, String reason) {}
