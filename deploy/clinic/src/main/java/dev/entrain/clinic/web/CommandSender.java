package dev.entrain.clinic.web;

import dev.entrain.clinic.Unit;

/** Sends signed commands down to units. Thread-safe. */
public interface CommandSender {
    /** A command could not be sent; the message says why. */
    final class NotSent extends Exception {
        private static final long serialVersionUID = 1L;

        /** Says why. */
        public NotSent(String why) {
            super(why);
        }
    }

    /**
     * Signs a command and gives it to the broker.
     *
     * @param boot the boot the unit is in, as it said itself
     * @param id grows within a boot
     * @param command identify, start, stop or send_logs
     * @throws NotSent if the broker did not take it
     */
    void send(Unit unit, String boot, long id, String command) throws NotSent;
}
