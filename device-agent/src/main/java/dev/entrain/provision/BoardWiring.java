package dev.entrain.provision;

import java.io.IOException;

/** What is wired to a Raspberry Pi besides sensors: button, light, fuel gauge. */
final class BoardWiring {
    /** Key of the draft that says that somebody was asked. */
    static final String ASKED = "provision.board";

    private static final String BUTTON = "17";
    private static final String LIGHT = "27";
    private static final String BUS = "/dev/i2c-1";
    private static final String NONE = "none";

    /** Asks for each; on another computer only a file of answers says anything. */
    void ask(Bench bench) throws StepException, QuitException, IOException {
        Console console = bench.console();
        boolean pi = bench.host().text("/proc/device-tree/model").startsWith("Raspberry Pi");
        if (!pi && !console.unattended()) {
            return;
        }
        Draft draft = bench.draft();
        boolean before = draft.get(ASKED) != null;
        String button = one(console, draft, "board.button", "Is the button wired (GPIO 17, pin 11)?", BUTTON, before);
        String light = one(console, draft, "board.light", "Is the light wired (GPIO 27, pin 13)?", LIGHT, before);
        String gauge =
                one(console, draft, "board.battery_i2c", "Is a battery gauge (MAX17048) wired to I2C?", BUS, before);
        String percent = console.unattended() ? console.ask("board.shutdown_pct", "", "") : "";
        draft.removeAll("board.");
        keep(draft, "board.button", button);
        keep(draft, "board.light", light);
        keep(draft, "board.battery_i2c", gauge);
        if (!percent.isEmpty()) {
            draft.put("board.shutdown_pct", percent);
        }
        draft.put(ASKED, "yes");
    }

    /** At a terminal: as the wiring drawing has it, or not wired. In a file: where it is, or none. */
    private static String one(Console console, Draft draft, String key, String question, String wired, boolean before)
            throws StepException, QuitException {
        String kept = draft.get(key, before ? NONE : "");
        if (console.unattended()) {
            return console.ask(key, "", kept.isEmpty() ? NONE : kept);
        }
        boolean otherwise = !kept.equals(NONE) && !key.equals("board.battery_i2c");
        return console.confirm(key, question, otherwise) ? kept.isEmpty() || kept.equals(NONE) ? wired : kept : NONE;
    }

    private static void keep(Draft draft, String key, String value) {
        if (!value.equals(NONE)) {
            draft.put(key, value);
        }
    }
}
