package dev.entrain.agent;

import dev.entrain.cue.Prompt;
import dev.entrain.session.Block;
import dev.entrain.session.SessionEngine;
import dev.entrain.session.SessionEvent;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What the session looks like now, for a status line. The control thread writes (the name: the journal's), any thread reads;
 * each value is whole by itself.
 */
public final class SessionStatus {
    /** Newest words that {@link #said} still knows. */
    private static final int WORDS = 16;

    private final AtomicReferenceArray<@Nullable Prompt> words = new AtomicReferenceArray<>(WORDS);
    private volatile @Nullable String id;
    private volatile SessionEngine.@Nullable Mode mode;
    private volatile int blockIndex = -1;
    private long blockNs;
    private long lookedNs;
    private volatile Block.@Nullable Kind kind;
    private volatile double blockLeftS = Double.NaN;
    private volatile double targetSpm = Double.NaN;
    private volatile double levelPct = Double.NaN;
    private volatile boolean locked;
    private volatile long wordCount;
    private volatile SessionEvent.@Nullable End end;

    /** Returns the session's name, a plain walk's too; null while there is none. */
    public @Nullable String id() {
        return id;
    }

    /** Returns where the session stands; null without a programme. */
    public SessionEngine.@Nullable Mode mode() {
        return mode;
    }

    /** Returns the present block's place in the programme, from 0; -1 before the first. */
    public int blockIndex() {
        return blockIndex;
    }

    /** Returns the present block's kind; null before the first. */
    public Block.@Nullable Kind block() {
        return kind;
    }

    /** Returns the longest time left in the present block, s, after a restart as if it began anew; NaN before the first. */
    public double blockLeftS() {
        return blockLeftS;
    }

    /** Returns the target tempo, beats a minute; NaN where there is none. */
    public double targetSpm() {
        return targetSpm;
    }

    /** Returns the target tempo against C0, %; NaN where there is none. */
    public double levelPct() {
        return levelPct;
    }

    /** Returns whether the walker is locked to the beat. */
    public boolean locked() {
        return locked;
    }

    /** Returns how the session ended; null before that. */
    public SessionEvent.@Nullable End end() {
        return end;
    }

    /** Returns how many prompts were handed to the speaker so far. */
    public long saidCount() {
        return wordCount;
    }

    /** Returns one of the newest {@value #WORDS} prompts, numbered from 0; null where it is not known any more. */
    public @Nullable Prompt said(long number) {
        return number < 0 || number >= wordCount || number < wordCount - WORDS
                ? null
                : words.get((int) (number % WORDS));
    }

    void say(Prompt prompt) {
        long count = wordCount;
        words.set((int) (count % WORDS), prompt);
        wordCount = count + 1;
    }

    /** The journal's thread: tells the session's name, or that it is over. */
    void id(@Nullable String newId) {
        id = newId;
    }

    void event(SessionEvent event) {
        if (event.kind == SessionEvent.Kind.ENDED) {
            end = event.end;
        }
    }

    void look(SessionEngine session, long nowNs) {
        SessionEngine.Mode now = session.mode();
        int index = session.blockIndex();
        if (index != blockIndex) {
            blockNs = 0;
        } else if (now == SessionEngine.Mode.RUNNING && mode == now) {
            blockNs += nowNs - lookedNs;
        }
        lookedNs = nowNs;
        mode = now;
        blockIndex = index;
        if (index >= 0) {
            Block block = session.programme().blocks().get(index);
            kind = block.kind();
            blockLeftS = Math.max(0, block.durationS() - blockNs * 1e-9);
        }
        targetSpm = session.targetSpm();
        levelPct = session.levelPct();
        locked = session.locked();
    }
}
