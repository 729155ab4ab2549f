package dev.entrain.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether the card's mixer lets sound through: a card that plays with its volume at zero is silent and tells nobody. */
public final class MixerCheck implements Check {
    private static final String AREA = "sound";
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Pattern CARD = Pattern.compile("hw:(?:CARD=)?([A-Za-z0-9_]+)|CARD=([A-Za-z0-9_]+)");
    private static final Pattern CONTROL = Pattern.compile("Simple mixer control '([^']*)',(\\d+)");
    private static final Pattern VOLUME = Pattern.compile("Playback [^\\[]*\\[(\\d+)%]");

    /** What everything that is heard goes through, on the cards there are. */
    private static final Pattern IN_THE_WAY =
            Pattern.compile("(master|pcm|headphones?|headset|digital|analogue)( .*)?");

    private final String device;
    private final Programs programs;

    /**
     * Makes one.
     *
     * @param device as {@code audio.device}
     * @param programs amixer among them (package alsa-utils)
     */
    public MixerCheck(String device, Programs programs) {
        this.device = device;
        this.programs = programs;
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        Programs.@Nullable Answer answer = programs.ask(LIMIT, List.of("amixer", "-D", card(), "scontents"));
        if (answer == null) {
            return List.of(Finding.skipped(AREA, "mixer", "amixer is not installed (package alsa-utils)"));
        }
        if (answer.status() != 0 || !answer.text().contains("Simple mixer control")) {
            return List.of(Finding.skipped(AREA, "mixer", "'" + device + "' has no mixer"));
        }
        List<String> shut = new ArrayList<>();
        for (String control : answer.text().split("(?=Simple mixer control )", -1)) {
            look(control, shut);
        }
        return List.of(
                shut.isEmpty()
                        ? Finding.ok(AREA, "mixer", "open")
                        : Finding.fail(
                                AREA,
                                "mixer",
                                "silent: " + String.join(", ", shut),
                                "alsamixer -D " + card()
                                        + ": M unmutes, the arrow turns up; then `alsactl store` and calibrate the headphones"
                                        + " anew"));
    }

    private static void look(String control, List<String> shut) {
        Matcher name = CONTROL.matcher(control);
        if (!name.find()
                || !IN_THE_WAY.matcher(name.group(1).toLowerCase(Locale.ROOT)).matches()) {
            return;
        }
        boolean muted = false;
        boolean open = false;
        boolean controlled = false;
        for (String line : control.lines().toList()) {
            Matcher volume = VOLUME.matcher(line);
            boolean channel = volume.find();
            controlled |= channel;
            muted |= channel && line.contains("[off]");
            open |= channel && Integer.parseInt(volume.group(1)) > 0;
        }
        if (muted) {
            shut.add(name.group(1) + " is muted");
        } else if (controlled && !open) {
            shut.add(name.group(1) + " is at 0 %");
        }
    }

    private String card() {
        Matcher named = CARD.matcher(device);
        if (!named.find()) {
            return device;
        }
        return "hw:" + (named.group(1) == null ? named.group(2) : named.group(1));
    }
}
