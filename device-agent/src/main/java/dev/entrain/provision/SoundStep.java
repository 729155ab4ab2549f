package dev.entrain.provision;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.alsa.AlsaOpener;
import dev.entrain.calibration.CalibrationStore;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chooses the sound card, has a tone heard on it, and measures how loud and how late it is. */
final class SoundStep implements Step {
    /** Soft on any headphones: 80 dB SPL on those as loud as 120 at full scale. */
    private static final double SOFT_DBFS = -40;

    private static final double LOUDER_DB = 8;
    private static final double LOUDEST_DBFS = -16;

    @Override
    public String name() {
        return "sound";
    }

    @Override
    public String title() {
        return "Sound";
    }

    @Override
    public String run(Bench bench) throws StepException, QuitException, IOException {
        new Service(bench.tools()).makeWay(bench.console());
        new CalibrationStore(bench.stateDir()).checkWritable();
        String device = device(bench);
        bench.draft().put("audio.output", "alsa");
        bench.draft().put("audio.device", device);
        String heard = hear(bench, device);
        language(bench);
        if (bench.draft().all().keySet().stream().noneMatch(key -> key.startsWith("sensor."))) {
            return device + ", " + heard + "; level and latency not calibrated: no sensor is set up yet";
        }
        level(bench);
        latency(bench, device);
        OutputCalibration known = new CalibrationStore(bench.stateDir()).read(device);
        return device + ", " + heard + ", " + level(known) + ", " + latency(known);
    }

    private static String device(Bench bench) throws StepException, QuitException {
        Console console = bench.console();
        List<SoundCards.Card> cards = SoundCards.of(bench.host());
        if (console.unattended()) {
            String named = console.ask("sound.device", "", "auto");
            if (!named.equals("auto")) {
                return named;
            }
            if (cards.isEmpty()) {
                throw new StepException(
                        "There is no sound card that plays.",
                        "Plug in the USB sound adapter. On a Pi's own jack: dtparam=audio=on in /boot/firmware/config.txt.");
            }
            return cards.getFirst().device();
        }
        List<String> options = new ArrayList<>();
        cards.forEach(card -> options.add(card.device() + "  (" + card.what() + ")"));
        options.add("another name, as `aplay -L` lists them");
        if (cards.isEmpty()) {
            console.say("There is no sound card that plays. Plug in the USB sound adapter and try this step again, or"
                    + " name an ALSA device.");
        }
        int chosen = console.choose("sound.device", "Where do the headphones hang?", options, 0);
        if (chosen < cards.size()) {
            return cards.get(chosen).device();
        }
        for (int i = 0; i < Console.MOST_TRIES; i++) {
            String named = console.ask("sound.device", "Name of the ALSA device", "default");
            if (!named.isBlank()) {
                return named.strip();
            }
        }
        throw new StepException("No sound card was named.", "See `aplay -L`, then try this step again.");
    }

    private static String hear(Bench bench, String device) throws StepException, QuitException {
        Console console = bench.console();
        if (!console.unattended()) {
            console.say("You will hear a soft tone three times: left, right, both.");
            console.say("Hold the headphones near your ears. Do not wear them yet.");
        }
        double levelDbfs = SOFT_DBFS;
        for (int attempt = 0; attempt < Console.MOST_TRIES; attempt++) {
            if (!console.unattended()) {
                console.ask("", "Press Enter to hear it", "");
            }
            play(device, levelDbfs);
            if (console.unattended()) {
                return "played, nobody listened";
            }
            int answer = console.choose(
                    "",
                    "What did you hear?",
                    List.of(
                            "left, right, both: all three",
                            "nothing, or too soft: play it louder",
                            "nothing, although it was played louder",
                            "one side only",
                            "left and right exchanged",
                            "play it again"),
                    -1);
            switch (answer) {
                case 0 -> {
                    return "heard on both ears";
                }
                case 1 -> levelDbfs = Math.min(LOUDEST_DBFS, levelDbfs + LOUDER_DB);
                case 2 ->
                    throw new StepException(
                            "'" + device + "' plays, and nothing is heard.",
                            "Are the headphones in this card's socket? Turn its volume up and unmute it: alsamixer (M"
                                    + " unmutes). Or choose another card.");
                case 3 ->
                    throw new StepException(
                            "Only one side is heard.",
                            "Push the plug all the way in. Try other headphones. A mono adapter will not do.");
                case 4 -> console.say("Turn the headphones round: beats sound on both ears, so it does no harm.");
                default -> console.say("Again.");
            }
        }
        throw new StepException("The tone was not agreed on.", "Try other headphones or another card.");
    }

    private static void play(String device, double levelDbfs) throws StepException {
        try {
            long beganNs = NanoClock.SYSTEM.nowNs();
            TestTone.play(new AlsaOpener(device, NanoClock.SYSTEM), levelDbfs, () -> false);
            if (NanoClock.SYSTEM.nowNs() - beganNs < TestTone.LEAST_NS) {
                throw new StepException(
                        "'" + device + "' takes sound faster than anybody could hear it: it is no sound card.",
                        "Choose a card that `aplay -l` lists: try this step again.");
            }
        } catch (AudioException e) {
            throw new StepException(
                    e.getMessage() == null ? "The card plays nothing." : e.getMessage(),
                    "Or choose another card: try this step again.");
        }
    }

    private static void language(Bench bench) throws QuitException, StepException {
        List<String> words = List.of("en  English", "de  Deutsch", "es  Español");
        String kept = bench.draft().get("audio.language", "en");
        int before = Math.max(0, List.of("en", "de", "es").indexOf(kept));
        int chosen = bench.console().choose("sound.language", "In which language does the unit speak?", words, before);
        bench.draft().put("audio.language", words.get(chosen).substring(0, 2));
    }

    private static void level(Bench bench) throws StepException, QuitException, IOException {
        Console console = bench.console();
        List<String> options = new ArrayList<>();
        if (console.unattended()) {
            String reading = console.ask("sound.reading_dba", "", "");
            String sensitivity = console.ask("sound.sensitivity_db_per_v", "", "");
            if (!reading.isEmpty()) {
                options.addAll(List.of("--reading", reading, "--tone-dbfs", console.ask("sound.tone_dbfs", "", "-40")));
            } else if (!sensitivity.isEmpty()) {
                options.addAll(List.of(
                        "--sensitivity", sensitivity, "--full-scale-v", console.ask("sound.full_scale_v", "", "")));
            } else {
                console.say("Level: not calibrated (no sound.reading_dba, no sound.sensitivity_db_per_v).");
                return;
            }
        } else {
            int how = console.choose(
                    "",
                    "How loud are these headphones? Calibrate them",
                    List.of(
                            "with a sound level meter (best)",
                            "from the datasheets of headphones and card",
                            "not now: the level is then set by ear, in dB below full scale"),
                    2);
            if (how == 2) {
                return;
            }
            if (how == 1) {
                options.addAll(List.of(
                        "--sensitivity",
                        number(console, "Sensitivity of the headphones, dB SPL at 1 V", 60, 150),
                        "--full-scale-v",
                        number(console, "Voltage of the card at full scale, V r.m.s.", 0.01, 10)));
            }
        }
        calibrate(bench, "headphones", options);
    }

    private static void latency(Bench bench, String device) throws StepException, QuitException, IOException {
        Console console = bench.console();
        List<String> options = new ArrayList<>();
        if (console.unattended()) {
            String capture = console.ask("sound.capture", "", "");
            if (capture.isEmpty()) {
                console.say("Latency: not measured (no sound.capture). Wired cards have about 1 ms.");
                return;
            }
            options.addAll(List.of("--capture", capture));
        } else {
            int how = console.choose(
                    "",
                    "How late is the sound? (Wired headphones: about 1 ms.) Measure it",
                    List.of(
                            "not: these headphones are wired",
                            "with a cable or a microphone into a sound input",
                            "by ear: tap along (needed for Bluetooth without a microphone)"),
                    0);
            if (how == 0) {
                return;
            }
            String other = console.ask(
                    "",
                    how == 1
                            ? "Name of the input, as `arecord -L` lists it"
                            : "Name of a wired output to compare with," + " empty for none",
                    "");
            if (!other.isEmpty()) {
                options.addAll(List.of(how == 1 ? "--capture" : "--reference", other));
            }
        }
        calibrate(bench, "output", options);
    }

    private static void calibrate(Bench bench, String what, List<String> options)
            throws StepException, QuitException, IOException {
        boolean kept = bench.withDraft((file, config) -> {
            List<String> command = new ArrayList<>(List.of("calibrate", what, "--config", file.toString()));
            command.addAll(options);
            return bench.tools().entrain(command);
        });
        if (!kept) {
            throw new StepException(
                    "Nothing was calibrated; the lines above say why.",
                    "Try this step again, and choose another way or none.");
        }
    }

    private static String number(Console console, String question, double low, double high)
            throws QuitException, StepException {
        for (int i = 0; i < Console.MOST_TRIES; i++) {
            String answer = console.ask("", question, "").replace(',', '.');
            try {
                double value = Double.parseDouble(answer);
                if (value >= low && value <= high) {
                    return answer;
                }
            } catch (NumberFormatException e) {
                // Asked again below, like a number out of range.
            }
            console.say(String.format(Locale.ROOT, "A number from %s to %s, please.", low, high));
        }
        throw new StepException("No number was given.", "Look it up in the datasheet, then try this step again.");
    }

    private static String level(OutputCalibration known) {
        return Double.isNaN(known.fullScaleDbSpl())
                ? "level not calibrated"
                : String.format(Locale.ROOT, "full scale %.1f dB SPL", known.fullScaleDbSpl());
    }

    private static String latency(OutputCalibration known) {
        return Double.isNaN(known.offsetMs())
                ? "latency not measured"
                : String.format(Locale.ROOT, "latency %.1f ms", known.offsetMs());
    }
}
