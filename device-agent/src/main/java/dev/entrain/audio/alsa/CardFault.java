package dev.entrain.audio.alsa;

import java.nio.file.Path;
import java.util.List;

/** Says what a technician does about a negative result of libasound. */
final class CardFault {
    private final Alsa alsa;
    private final String device;

    /** Says it of one device. */
    CardFault(Alsa alsa, String device) {
        this.alsa = alsa;
        this.device = device;
    }

    /**
     * Returns one line: what, where and the next step.
     *
     * @param result what libasound returned
     * @param what what the card did not do, such as {@code does not start}
     */
    String describe(int result, String what) {
        return switch (-result) {
            case Alsa.ENOENT ->
                "There is no sound card '" + device + "'. Plug one in, see 'aplay -L' for the names this host knows,"
                        + " and set audio.device to one of them.";
            case Alsa.ENODEV ->
                "Sound card '" + device + "' is not there. Plug it in; it plays again by itself. If it is plugged in,"
                        + " see 'aplay -L': its number may have changed, its name (hw:CARD=...) has not.";
            case Alsa.EBUSY -> "Sound card '" + device + "' is in use by another program. " + whomToEnd();
            case Alsa.EACCES ->
                "Sound card '" + device + "' may not be used by this user. Add the user to the group audio and log in"
                        + " again.";
            default ->
                "Sound card '" + device + "' " + what + " (" + alsa.describe(result)
                        + "). Set audio.device to another device; 'aplay -L' lists them.";
        };
    }

    private static String whomToEnd() {
        List<String> users = new CardUsers(Path.of("/proc")).find();
        String otherwise = " or set audio.device to a device that shares the card.";
        return users.isEmpty()
                ? "'fuser -v /dev/snd/*' lists who. End that program," + otherwise
                : "End " + String.join(" or ", users) + "," + otherwise;
    }
}
