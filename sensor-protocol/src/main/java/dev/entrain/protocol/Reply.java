package dev.entrain.protocol;

/**
 * Acknowledgement or refusal of a host command.
 *
 * @param token the command's token, echoed
 * @param commandCode message type of the command, 0x80 to 0xff; {@link Command#nameOf} names it
 * @param result done, or why not
 */
public record Reply(int token, int commandCode, CommandResult result) {
    /** Whether the insole did as told. */
    public boolean done() {
        return result == CommandResult.DONE;
    }
}
