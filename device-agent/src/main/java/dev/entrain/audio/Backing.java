package dev.entrain.audio;

/**
 * What sounds under the beats, such as music that lies on them. Asked on the audio thread for every block, always in this
 * order: the plan as it stands ({@link #planBegins}, {@link #planned} for each cue, {@link #planEnds}), the loudness of each
 * beat that begins in the block ({@link #clickGain}), the sound itself ({@link #mix}). It is mixed before prompts, which so
 * duck it, and before the limit, the cap for the ears and the dose, which so have the last word.
 *
 * <p>Frames are those of the stream at the mixer, the same ones cues begin on. Everything but {@link #prepare} is
 * realtime-safe: no lock, no allocation, no waiting.
 */
public interface Backing {
    /** Nothing: every beat is a click. */
    Backing NONE = new Backing() {
        @Override
        public void prepare(int rateHz, double beatDb) {}

        @Override
        public void restart() {}

        @Override
        public void silence() {}

        @Override
        public void planBegins(long headFrame, int frames) {}

        @Override
        public void planned(long cueId, long frame, long periodNs, boolean committed) {}

        @Override
        public void planEnds() {}

        @Override
        public float clickGain(long cueId, long frame) {
            return 1;
        }

        @Override
        public void mix(float[] stereo, int frames, long fromFrame) {}
    };

    /**
     * Before anything else, and when the output's rate has changed. Not realtime-safe.
     *
     * @param rateHz frames per second
     * @param beatDb how loud a plain beat is: its A-weighted Fast maximum, dB of a full-scale sine
     */
    void prepare(int rateHz, double beatDb);

    /** The stream broke: what was made for it will not sound. The plan is kept. */
    void restart();

    /**
     * Everything is to be silent from the frame that would be mixed next; the mixer fades what it has been given. Sounds again
     * only with cues planned afterwards.
     */
    void silence();

    /**
     * The plan as it stands is told anew.
     *
     * @param headFrame the first frame of the block that is mixed next
     * @param frames its length
     */
    void planBegins(long headFrame, int frames);

    /**
     * One cue of the plan that does not sound yet.
     *
     * @param cueId its number, ascending within a walk
     * @param frame where it would begin by the newest clock model
     * @param periodNs interval to the beat before it on the grid, ns
     * @param committed whether it will not be moved any more but by the clock model
     */
    void planned(long cueId, long frame, long periodNs, boolean committed);

    /** The plan is told. */
    void planEnds();

    /**
     * Returns how loud the click of a cue is that begins in this block: 1 where nothing else tells the beat there.
     *
     * @param cueId its number
     * @param frame where it begins
     */
    float clickGain(long cueId, long frame);

    /**
     * Adds the next frames to the left channel.
     *
     * @param stereo left and right in turn from index 0
     * @param frames how many
     * @param fromFrame number of the first
     */
    void mix(float[] stereo, int frames, long fromFrame);
}
