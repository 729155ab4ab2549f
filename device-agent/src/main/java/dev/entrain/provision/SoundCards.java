package dev.entrain.provision;

import dev.entrain.check.SystemFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sound cards that can play, as the kernel lists them. */
final class SoundCards {
    /** Such as {@code  1 [Headphones     ]: bcm2835_headpho - bcm2835 Headphones}. */
    private static final Pattern LINE = Pattern.compile(" *(\\d+) \\[(\\S+) *\\]: \\S.* - (.*)");

    private SoundCards() {}

    /**
     * One card.
     *
     * @param device its name for ALSA that stays, {@code hw:CARD=...}
     * @param what it calls itself
     */
    record Card(String device, String what) {
        /** Screens play too, but nobody wears one. */
        private boolean screen() {
            return (device + what).toLowerCase(Locale.ROOT).contains("hdmi");
        }
    }

    /** Returns the cards, those of screens last. */
    static List<Card> of(SystemFiles host) {
        List<Card> cards = new ArrayList<>();
        for (String told : host.lines("proc/asound/cards")) {
            Matcher line = LINE.matcher(told);
            if (line.matches()
                    && !host.list("proc/asound/card" + line.group(1), "pcm*p").isEmpty()) {
                cards.add(new Card("hw:CARD=" + line.group(2), line.group(3).strip()));
            }
        }
        cards.sort(Comparator.comparing(Card::screen));
        return cards;
    }
}
