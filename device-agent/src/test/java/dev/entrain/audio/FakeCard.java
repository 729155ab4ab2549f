package dev.entrain.audio;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** A card in computed time: keeps every frame and fails in the wait it is told to. */
final class FakeCard implements AudioOutput, AudioOpener {
    static final int PERIOD = 256;
    static final int BUFFER = 2048;

    private final SimulatedCard card;
    private float[] kept = new float[0];
    private int keptFrames;
    private int openedAt;
    private int given;
    private int opened;
    private int waits;
    private boolean playing;

    /** Called in every wait with its number. */
    LongConsumer onWait = number -> {};

    /** Wait in which the card runs dry, or 0. */
    int underrunAt;

    /** Wait in which the card vanishes, or 0. */
    int failAt;

    /** Wait from which the card takes nothing any more, or 0. */
    int stallAt;

    /** Whether frames can be taken back. */
    boolean recalls;

    /** Whether the first opening takes any amount of sound at once, as ALSA's null device does. */
    boolean bottomless;

    /** How many openings fail after the first. */
    int openingsThatFail;

    FakeCard(SimulatedCard card) {
        this.card = card;
        kept = new float[2 * 48_000 * 20];
    }

    /** Time that goes on with every look, faster while the card is away, so that no wait for it is long or endless. */
    long nowNs() {
        card.nowNs += playing ? 1000 : 100_000_000;
        return card.nowNs;
    }

    /** Every frame given since the first opening. */
    float[] kept() {
        return Arrays.copyOf(kept, 2 * keptFrames);
    }

    /** Frames given before the present start. */
    int keptBeforeStart() {
        return openedAt;
    }

    /** The frame that is heard now, as kept. */
    long heardFrame() {
        return openedAt + (long) card.trueFrame(card.nowNs);
    }

    int opened() {
        return opened;
    }

    @Override
    public AudioOutput open() throws AudioException {
        if (opened > 0 && openingsThatFail > 0) {
            openingsThatFail--;
            card.nowNs += 300_000_000;
            throw new AudioException("There is no card in this test. Plug one in.");
        }
        opened++;
        recover();
        return this;
    }

    @Override
    public int rateHz() {
        return SimulatedCard.RATE_HZ;
    }

    @Override
    public int bits() {
        return Short.SIZE;
    }

    @Override
    public int periodFrames() {
        return PERIOD;
    }

    @Override
    public int bufferFrames() {
        return BUFFER;
    }

    @Override
    public String describe() {
        return "test card";
    }

    @Override
    public String failure() {
        return "The test card was pulled. Plug it in.";
    }

    @Override
    public boolean start() {
        playing = true;
        card.startNs = card.nowNs;
        return true;
    }

    @Override
    public Event await(CardStatus status, int timeoutMs) {
        waits++;
        onWait.accept(waits);
        if (waits == failAt) {
            playing = false;
            return Event.FAILED;
        }
        if (waits == underrunAt) {
            card.nowNs += 200_000_000;
            return Event.UNDERRUN;
        }
        if (stallAt > 0 && waits >= stallAt && opened == 1) {
            card.nowNs += timeoutMs * 1_000_000L;
            return Event.TIMEOUT;
        }
        if (bottomless && opened == 1) {
            status.timeNs = card.nowNs;
            status.delayFrames = 0;
            status.roomFrames = BUFFER;
            return Event.READY;
        }
        card.elapse((long) (card.trueTimeNs(given - BUFFER + PERIOD) - card.nowNs) + 20_000);
        long position = card.reportedFrame();
        if (!playing || position > given) {
            return Event.UNDERRUN;
        }
        status.timeNs = card.nowNs;
        status.delayFrames = given - position;
        status.roomFrames = BUFFER - (int) status.delayFrames;
        return Event.READY;
    }

    @Override
    public int write(float[] stereo, int fromFrame, int frames) {
        if (2 * (keptFrames + frames) > kept.length) {
            kept = Arrays.copyOf(kept, 2 * kept.length);
        }
        System.arraycopy(stereo, 2 * fromFrame, kept, 2 * keptFrames, 2 * frames);
        keptFrames += frames;
        given += frames;
        return frames;
    }

    @Override
    public int recall(int keepFrames) {
        int queued = given - (int) card.reportedFrame();
        int frames = recalls ? Math.max(0, queued - keepFrames) : 0;
        given -= frames;
        keptFrames -= frames;
        return frames;
    }

    @Override
    public boolean recover() {
        playing = false;
        given = 0;
        openedAt = keptFrames;
        return true;
    }

    @Override
    public void close() {
        playing = false;
    }
}
