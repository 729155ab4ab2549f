package dev.entrain.outcome;

import dev.entrain.session.Block;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Draws the figures of a session from its facts. */
public final class SessionSummaries {
    private SessionSummaries() {}

    /** Computes every metric of every part. */
    public static SessionSummary of(SessionData data) {
        List<SessionData.BlockSpan> blocks = data.blocks();
        List<SessionSummary.Part> parts = new ArrayList<>();
        parts.add(scope(data, SessionSummary.Scope.ALL, kind -> kind != Block.Kind.REST));
        parts.add(scope(data, SessionSummary.Scope.CUED, Block.Kind::cued));
        parts.add(scope(data, SessionSummary.Scope.UNCUED, kind -> !kind.cued() && kind != Block.Kind.REST));
        for (int i = 0; i < blocks.size(); i++) {
            SessionData.BlockSpan block = blocks.get(i);
            parts.add(new SessionSummary.Part(
                    SessionSummary.Scope.BLOCK,
                    block.kind(),
                    i,
                    block.startS(),
                    lengthS(List.of(block)),
                    PartFigures.of(data, List.of(block))));
        }
        for (int i = 0; i < data.songs().size(); i++) {
            SessionData.Song song = data.songs().get(i);
            List<SessionData.BlockSpan> spans = data.spans(song);
            parts.add(new SessionSummary.Part(
                    SessionSummary.Scope.SONG, null, i, song.fromS(), lengthS(spans), PartFigures.of(data, spans)));
        }
        return new SessionSummary(
                data.id(),
                data.programme(),
                data.condition(),
                data.startedUtc(),
                data.simulated(),
                blocks.isEmpty()
                        ? 0
                        : blocks.getLast().endS() - blocks.getFirst().startS(),
                lengthS(which(blocks, Block.Kind::cued)),
                data.baselineSpm(),
                finalLevelPct(data.events()),
                stepsBack(data.events()),
                rules(data.events()),
                end(data.events()),
                parts);
    }

    private static SessionSummary.Part scope(
            SessionData data, SessionSummary.Scope scope, Predicate<Block.Kind> belongs) {
        List<SessionData.BlockSpan> spans = which(data.blocks(), belongs);
        return new SessionSummary.Part(scope, null, -1, Double.NaN, lengthS(spans), PartFigures.of(data, spans));
    }

    private static List<SessionData.BlockSpan> which(
            List<SessionData.BlockSpan> blocks, Predicate<Block.Kind> belongs) {
        return blocks.stream().filter(block -> belongs.test(block.kind())).toList();
    }

    private static double lengthS(List<SessionData.BlockSpan> spans) {
        double sum = 0;
        for (SessionData.BlockSpan span : spans) {
            sum += span.endS() - span.startS();
        }
        return sum;
    }

    private static double finalLevelPct(List<SessionData.Event> events) {
        double level = Double.NaN;
        for (SessionData.Event event : events) {
            if (event.kind() == SessionEvent.Kind.LEVEL && !Double.isNaN(event.levelPct())) {
                level = event.levelPct();
            }
        }
        return level;
    }

    private static int stepsBack(List<SessionData.Event> events) {
        int back = 0;
        double former = Double.NaN;
        for (SessionData.Event event : events) {
            if (event.kind() == SessionEvent.Kind.LEVEL && !Double.isNaN(event.levelPct())) {
                back += event.levelPct() < former ? 1 : 0;
                former = event.levelPct();
            }
        }
        return back;
    }

    private static int rules(List<SessionData.Event> events) {
        int acted = 0;
        for (SessionData.Event event : events) {
            SafetyRule rule = event.rule();
            if (event.kind() == SessionEvent.Kind.RULE
                    && rule != null
                    && (rule.reaction() == SafetyRule.Reaction.STOP || rule.reaction() == SafetyRule.Reaction.END)) {
                acted++;
            }
        }
        return acted;
    }

    private static SessionEvent.@Nullable End end(List<SessionData.Event> events) {
        SessionEvent.End end = null;
        for (SessionData.Event event : events) {
            end = event.end() == null ? end : event.end();
        }
        return end;
    }
}
