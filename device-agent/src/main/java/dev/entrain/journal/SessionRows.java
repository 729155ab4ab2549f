package dev.entrain.journal;

import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SongFacts;
import dev.entrain.session.Block;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows of {@link SessionTable}, both ways: written and read in one place, so that they cannot drift apart. */
final class SessionRows {
    private SessionRows() {}

    static String text(SessionData.Step step) {
        return String.join(",", number(step.timeS()), String.valueOf(step.foot().letter()), number(step.confidence()));
    }

    static SessionData.Step step(RowFields row) throws SessionException {
        return new SessionData.Step(row.time(0), row.foot(1), row.number(2));
    }

    static String text(SessionData.Cue cue) {
        return String.join(
                ",",
                Long.toString(cue.id()),
                number(cue.onsetS()),
                number(cue.periodS()),
                String.valueOf(cue.foot().letter()));
    }

    static SessionData.Cue cue(RowFields row) throws SessionException {
        return new SessionData.Cue(row.whole(0), row.time(1), row.number(2), row.foot(3));
    }

    static String text(SessionData.Stride stride) {
        return String.join(
                ",",
                String.valueOf(stride.foot().letter()),
                number(stride.startS()),
                number(stride.endS()),
                number(stride.durationS()),
                number(stride.stanceFraction()),
                number(stride.doubleSupportFraction()),
                number(stride.lengthM()),
                number(stride.speedMps()));
    }

    static SessionData.Stride stride(RowFields row) throws SessionException {
        return new SessionData.Stride(
                row.foot(0),
                row.time(1),
                row.time(2),
                row.number(3),
                row.number(4),
                row.number(5),
                row.number(6),
                row.number(7));
    }

    static String text(SessionData.BlockSpan block) {
        return String.join(
                ",",
                Integer.toString(block.index()),
                word(block.kind()),
                number(block.startS()),
                number(block.endS()),
                number(block.levelPct()));
    }

    static SessionData.BlockSpan block(RowFields row) throws SessionException {
        return new SessionData.BlockSpan(
                (int) row.whole(0), row.word(1, Block.Kind.class), row.time(2), row.time(3), row.number(4));
    }

    static String text(SessionData.Freeze freeze) {
        return String.join(",", number(freeze.startS()), number(freeze.decidedS()), number(freeze.endS()));
    }

    static SessionData.Freeze freeze(RowFields row) throws SessionException {
        return new SessionData.Freeze(row.time(0), row.time(1), row.number(2));
    }

    static String text(SessionData.Event event) {
        return String.join(
                ",",
                number(event.timeS()),
                word(event.kind()),
                Integer.toString(event.blockIndex()),
                number(event.targetSpm()),
                number(event.levelPct()),
                word(event.rule()),
                word(event.end()));
    }

    static SessionData.Event event(RowFields row) throws SessionException {
        return new SessionData.Event(
                row.time(0),
                row.word(1, SessionEvent.Kind.class),
                (int) row.whole(2),
                row.number(3),
                row.number(4),
                row.empty(5) ? null : row.word(5, SafetyRule.class),
                row.empty(6) ? null : row.word(6, SessionEvent.End.class));
    }

    static String text(SessionData.Song song) {
        SongFacts facts = song.facts();
        return String.join(
                ",",
                number(song.fromS()),
                number(song.toS()),
                facts.hash(),
                quoted(facts.title()),
                Integer.toString(facts.beats()),
                Integer.toString(facts.clickedBeats()),
                Integer.toString(facts.lockedBeats()),
                number(facts.stretchMedianPct()),
                number(facts.stretchMostPct()),
                word(facts.ended()),
                Boolean.toString(facts.liked()));
    }

    static SessionData.Song song(RowFields row) throws SessionException {
        return new SessionData.Song(
                row.time(0),
                row.time(1),
                new SongFacts(
                        row.hash(2),
                        row.empty(3) ? null : row.text(3),
                        (int) row.whole(4),
                        (int) row.whole(5),
                        (int) row.whole(6),
                        row.number(7),
                        row.number(8),
                        row.word(9, SongFacts.Ended.class),
                        row.truth(10)));
    }

    /** A title is the only text of people in these tables: quoted as RFC 4180 says, without line ends. */
    private static String quoted(@Nullable String text) {
        return text == null ? "" : '"' + text.replaceAll("\\R", " ").replace("\"", "\"\"") + '"';
    }

    /** Returns the spelling of files; empty for null. */
    static String word(@Nullable Enum<?> value) {
        return value == null ? "" : value.name().toLowerCase(Locale.ROOT);
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        // Zero has one spelling, or -0.0000001 would be written -0.000000.
        return String.format(Locale.ROOT, "%.6f", Math.abs(value) < 5e-7 ? 0.0 : value);
    }
}
