package dev.entrain.journal;

/**
 * The tables of a session folder: comma-separated text, UTF-8, one header line. Times are s from the session's start with 6
 * decimals, other numbers with 6 decimals too, an empty field is a value that is not known; feet are L and R; words are
 * lower case.
 */
enum SessionTable {
    /** Initial contacts, at their last revised time. */
    STEPS("steps.csv", "time_s,foot,confidence"),
    /** Beats that sounded. */
    CUES("cues.csv", "cue,onset_s,period_s,foot"),
    /** Strides. */
    STRIDES("strides.csv", "foot,start_s,end_s,duration_s,stance_fraction,double_support_fraction,length_m,speed_mps"),
    /** Blocks as walked, each when it is over. */
    BLOCKS("blocks.csv", "index,kind,start_s,end_s,level_pct"),
    /** Freezing episodes. */
    FREEZES("freezes.csv", "start_s,decided_s,end_s"),
    /** What happened to the session. */
    EVENTS("events.csv", "time_s,kind,block,target_spm,level_pct,rule,end"),
    /** Music that played; the table is there only if some did. */
    SONGS(
            "songs.csv",
            "from_s,to_s,hash,title,beats,clicked_beats,locked_beats,stretch_median_pct,stretch_most_pct,ended,liked");

    private final String file;
    private final String header;

    SessionTable(String file, String header) {
        this.file = file;
        this.header = header;
    }

    /** Returns the file's name. */
    String file() {
        return file;
    }

    /** Returns its first line. */
    String header() {
        return header;
    }
}
