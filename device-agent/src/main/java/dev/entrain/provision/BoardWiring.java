package dev.entrain.provision;

import dev.entrain.device.BoardFacts;
import java.io.IOException;

/** What is wired to a Raspberry Pi besides sensors: button, light, music button, fuel gauge. */
final class BoardWiring {
    /** Key of the draft that says that somebody was asked. */
    static final String ASKED = "provision.board";

    private static final String BUTTON = "17";
    private static final String LIGHT = "27";
    private static final String MUSIC_BUTTON = "22";
    private static final String BUS = "/dev/i2c-1";
    private static final String NONE = "none";

    /** Asks for each; on another computer only a file of answers says anything. */
    void ask(Bench bench) throws StepException, QuitException, IOException {
        Console console = bench.console();
        boolean pi = BoardFacts.read(bench.host().root()).raspberryPi();
        if (!pi && !console.unattended()) {
            return;
        }
        ask(console, bench.draft());
    }

    static void ask(Console console, Draft draft) throws StepException, QuitException {
        boolean before = draft.get(ASKED) != null;
        String button = one(console, draft, "board.button", "Is the button wired (GPIO 17, pin 11)?", BUTTON, before);
        String light = one(console, draft, "board.light", "Is the light wired (GPIO 27, pin 13)?", LIGHT, before);
        String music = one(
                console, draft, "board.music_button", "Is a music button wired (GPIO 22, pin 15)?", MUSIC_BUTTON, true);
        String gauge =
                one(console, draft, "board.battery_i2c", "Is a battery gauge (MAX17048) wired to I2C?", BUS, true);
        String percent = console.unattended() ? console.ask("board.shutdown_pct", "", "") : "";
        draft.removeAll("board.");
        keep(draft, "board.button", button);
        keep(draft, "board.light", light);
        keep(draft, "board.music_button", music);
        keep(draft, "board.battery_i2c", gauge);
        if (!percent.isEmpty()) {
            draft.put("board.shutdown_pct", percent);
        }
        draft.put(ASKED, "yes");
    }

    /**
     * At a terminal: as the wiring drawing has it, or not wired. In a file: where it is, or none.
     *
     * @param settled whether nothing kept means that it is not wired: asked before, or a part that few units have
     */
    private static String one(Console console, Draft draft, String key, String question, String wired, boolean settled)
            throws StepException, QuitException {
        String kept = draft.get(key, settled ? NONE : "");
        if (console.unattended()) {
            return console.ask(key, "", kept.isEmpty() ? NONE : kept);
        }
        return console.confirm(key, question, !kept.equals(NONE))
                ? kept.isEmpty() || kept.equals(NONE) ? wired : kept
                : NONE;
    }

    private static void keep(Draft draft, String key, String value) {
        if (!value.equals(NONE)) {
            draft.put(key, value);
        }
    }
}
