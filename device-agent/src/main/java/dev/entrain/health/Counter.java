package dev.entrain.health;

/** Everything the agent counts. Names are stable: telemetry and the technician's status show them in lower case. */
public enum Counter {
    /** Readings that reached the control core. */
    SAMPLES,
    /** Readings a sensor numbered but that never came. */
    SAMPLES_LOST,
    /** Readings that came after the control core had passed their time; used, but a replay sees them in time. */
    SAMPLES_LATE,
    /** Readings refused because the control loop was behind. */
    SAMPLES_REFUSED,
    /** Frames of the sensor protocol accepted. */
    FRAMES,
    /** Frames dropped for length, checksum or version. */
    FRAMES_BAD,
    /** Times a sensor line was opened or picked up again. */
    LINE_UP,
    /** Times a sensor line vanished. */
    LINE_DOWN,
    /** Times the core saw no reading of a foot for more than 200 ms. */
    SENSOR_GAPS,
    /** Initial contacts. */
    STEPS,
    /** Cues handed to the audio path. */
    CUES,
    /** Cues whose first frame was given to the output: heard, but for those also counted unheard. */
    CUES_PLAYED,
    /** Cues given to the output and not heard: taken back by a stop, or queued when the output failed. */
    CUES_UNHEARD,
    /** Cues that reached the renderer after their frame was gone; never played. */
    CUES_LATE,
    /** Cue commands refused because the renderer was behind. */
    CUES_REFUSED,
    /** Spoken prompts begun. */
    PROMPTS,
    /** Prompts refused because too many waited or the renderer was behind. */
    PROMPTS_REFUSED,
    /** Times music was not ready in time and clicks told the beats alone. */
    MUSIC_STARVED,
    /** Songs whose file could not be opened or not be read to its end. */
    MUSIC_FAULTS,
    /** Times the card ran out of frames. */
    UNDERRUNS,
    /** Times the card stood still for 100 ms or was suspended, and was started afresh. */
    AUDIO_STALLS,
    /** Times the audio clock model was anchored anew. */
    AUDIO_REANCHORS,
    /** Times the audio output failed and was opened again. */
    AUDIO_REOPENED,
    /** Facts refused because the journal's thread was behind. */
    RECORDS_REFUSED,
    /** Readings missing in the recording because the recorder was behind. */
    RECORDING_REFUSED,
    /** Commits the disk or the journal's limit refused; tried again. */
    JOURNAL_WRITES_FAILED,
    /** Records that gave way before the clinic had them; LOST records tell which. */
    JOURNAL_RECORDS_LOST,
    /** Messages handed to the broker. */
    MESSAGES,
    /** Messages of records that the broker refused or would not take; kept and tried again. */
    MESSAGES_REFUSED,
    /** Times the clinic's acknowledgement did not come in time and records were sent again. */
    ACKS_MISSED,
    /** Acknowledgements that named what was never sent, or were not as agreed. */
    ACKS_REFUSED,
    /** Messages for the unit that were too large, too many, or for nobody. */
    DOWNLINK_DROPPED,
    /** Times the broker was connected. */
    BROKER_UP,
    /** Times the broker connection was lost or refused. */
    BROKER_DOWN,
    /** Prescriptions and settings of the clinic accepted. */
    ORDERS_ACCEPTED,
    /** Prescriptions and settings refused. */
    ORDERS_REFUSED,
    /** Commands of the clinic done. */
    COMMANDS_DONE,
    /** Commands refused or expired. */
    COMMANDS_REFUSED,
    /** Answers to the clinic dropped because too many waited. */
    ANSWERS_DROPPED,
    /** Transfers on an I2C bus that failed; most are tried again at once. */
    BUS_FAULTS,
    /** Times a chip's queue ran over before it was emptied; what was lost is in SAMPLES_LOST. */
    QUEUE_OVERRUNS;

    private static final Counter[] VALUES = values();

    /** Number of counters. */
    public static final int COUNT = VALUES.length;
}
