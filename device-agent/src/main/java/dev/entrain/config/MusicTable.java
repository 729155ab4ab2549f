package dev.entrain.config;

/** Reads [music] and [goal]: the one place where their ranges are written. */
final class MusicTable {
    private MusicTable() {}

    /** Reads [music] over what holds where a key is not written. */
    static MusicConfig read(ConfigTable table, MusicConfig plain) throws ConfigException {
        MusicConfig music = new MusicConfig(
                table.flag("enabled", plain.enabled()),
                table.number("level_db", MusicConfig.LEAST_LEVEL_DB, MusicConfig.MOST_LEVEL_DB, "dB", plain.levelDb()),
                table.number("click_db", MusicConfig.NO_CLICK_DB, 0, "dB", plain.clickDb()),
                table.choice("click", MusicConfig.Click.class, plain.click()),
                table.choice("strategy", MusicConfig.Strategy.class, plain.strategy()),
                table.flag("reward", plain.reward()),
                table.flag("share_titles", plain.shareTitles()));
        table.end();
        return music;
    }

    /** Reads what may be set of [music] from afar: all but share_titles, which is the patient's to give. */
    static MusicConfig fromAfar(ConfigTable table, MusicConfig own) throws ConfigException {
        if (table.has("share_titles")) {
            throw table.contrary("share_titles can't be set from afar: whether titles are told the patient says at the"
                    + " unit; remove it");
        }
        return read(table, own);
    }

    /** Reads [goal]. */
    static GoalConfig goal(ConfigTable table, GoalConfig plain) throws ConfigException {
        GoalConfig goal = new GoalConfig(
                table.whole("minutes", 0, 120, "min of walking, 0 for none", plain.minutes()),
                table.whole("distance_m", 0, 10_000, "m, 0 for none", plain.distanceM()),
                table.whole("songs", 0, 20, "songs walked in step to their ends, 0 for none", plain.songs()));
        table.end();
        return goal;
    }
}
