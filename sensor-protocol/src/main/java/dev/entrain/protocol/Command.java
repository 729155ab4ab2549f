package dev.entrain.protocol;

/** What a host may ask of an insole. */
public enum Command {
    /** Say who you are; answered by HELLO. */
    HELLO_REQUEST(0x81),
    /** Send samples; answered by REPLY. */
    START(0x82),
    /** Send no more samples; answered by REPLY. */
    STOP(0x83),
    /** Sample at this rate; answered by REPLY, then HELLO with the rate that holds. */
    SET_RATE(0x84),
    /** Blink, buzz or whatever helps to tell the insoles apart; answered by REPLY. */
    IDENTIFY(0x85),
    /** Tell the time; answered by PONG. */
    PING(0x86);

    private final int code;

    Command(int code) {
        this.code = code;
    }

    /** Returns the message type on the line. */
    public int code() {
        return code;
    }

    /** Returns the name of a message type, or its number in hexadecimal if this version has no such command. */
    public static String nameOf(int code) {
        for (Command command : values()) {
            if (command.code == code) {
                return command.name();
            }
        }
        return "0x" + Integer.toHexString(code);
    }
}
