package dev.entrain.check;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioOpener;
import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.CardStatus;
import dev.entrain.time.NanoClock;
import java.util.Arrays;

/** Opens the card and plays a second of silence. Only while no agent runs. */
final class OutputTrial {
    private static final int WAIT_MS = 200;
    private static final double PLAY_S = 1;

    /** A card that plays takes its frames within that. */
    private static final long MOST_NS = 3_000_000_000L;

    private final AudioOpener opener;
    private final NanoClock clock;

    OutputTrial(AudioOpener opener, NanoClock clock) {
        this.opener = opener;
        this.clock = clock;
    }

    OutputFigures run() {
        try (AudioOutput output = opener.open()) {
            return play(output);
        } catch (AudioException e) {
            return OutputFigures.failed(String.valueOf(e.getMessage()));
        }
    }

    private OutputFigures play(AudioOutput output) {
        float[] silence = new float[2 * output.bufferFrames()];
        Arrays.fill(silence, 0);
        long underruns = 0;
        long stalls = 0;
        long taken = output.write(silence, 0, output.bufferFrames());
        boolean plays = taken > 0 && output.start();
        long endNs = clock.nowNs() + MOST_NS;
        CardStatus status = new CardStatus();
        while (plays && taken < PLAY_S * output.rateHz() && clock.nowNs() - endNs < 0) {
            switch (output.await(status, WAIT_MS)) {
                case READY -> taken += output.write(silence, 0, Math.min(status.roomFrames, output.bufferFrames()));
                case TIMEOUT -> stalls++;
                case UNDERRUN, SUSPENDED -> {
                    underruns++;
                    plays = output.recover() && output.write(silence, 0, output.bufferFrames()) > 0 && output.start();
                }
                case FAILED -> plays = false;
            }
        }
        boolean whole = plays && taken >= PLAY_S * output.rateHz();
        return new OutputFigures(
                whole,
                whole
                        ? output.describe()
                        : output.failure().isEmpty() ? output.describe() + " does not play" : output.failure(),
                output.rateHz(),
                output.bits(),
                output.periodFrames(),
                output.bufferFrames(),
                underruns,
                stalls,
                0,
                0,
                -1,
                1);
    }
}
