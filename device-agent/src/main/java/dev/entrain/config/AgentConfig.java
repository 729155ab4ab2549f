package dev.entrain.config;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.Language;
import dev.entrain.audio.Loudness;
import dev.entrain.audio.SoundConfig;
import dev.entrain.audio.Timbre;
import dev.entrain.cue.CueConfig;
import dev.entrain.device.BoardConfig;
import dev.entrain.identity.TlsFiles;
import dev.entrain.journal.JournalLimits;
import dev.entrain.sample.Foot;
import dev.entrain.sensor.SensorConfig;
import dev.entrain.telemetry.TelemetryConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a technician or clinician chooses for one unit. deploy/agent.example.toml shows every key with its unit,
 * range and default.
 *
 * @param stateDir folder of what the unit keeps for itself: calibrations, sound dose
 * @param sensors one or two foot sensors
 * @param cue which cues the walker hears
 * @param audio where they sound
 * @param telemetry where the walk is reported
 * @param journal how much the journal may hold
 * @param clinic whose orders count
 * @param board which button, light and battery are wired
 * @param music how the patient's music is played
 * @param goal what a session is to reach
 * @param programme which programme is given, a name or a file as {@link Prescription#of} takes it; null for a plain walk
 * @param sha256 of the file, and of what was ordered from afar where something was, 64 hexadecimal digits, so that a clinic
 *     can tell configurations apart
 */
public record AgentConfig(
        Path stateDir,
        List<SensorConfig> sensors,
        CueConfig cue,
        AudioConfig audio,
        TelemetryConfig telemetry,
        JournalLimits journal,
        ClinicTrust clinic,
        BoardConfig board,
        MusicConfig music,
        GoalConfig goal,
        @Nullable String programme,
        String sha256) {
    private static final String ANY = "(?s).+";
    private static final long MEGABYTE = 1L << 20;
    private static final String DEFAULT_BROKER = "tcp://127.0.0.1:1883";

    /** Copies the list. */
    public AgentConfig {
        sensors = List.copyOf(sensors);
    }

    /**
     * Reads a configuration file.
     *
     * @param file a TOML file
     * @throws ConfigException naming file, key and what was expected
     */
    public static AgentConfig read(Path file) throws ConfigException {
        ConfigTable top = ConfigTable.read(file, "copy deploy/agent.example.toml and name your copy with --config");
        try {
            AgentConfig config = new AgentConfig(
                    // Whole, so that every message tells which folder was meant.
                    Path.of(top.text("state_dir", ANY, "the path of a folder", "state"))
                            .toAbsolutePath()
                            .normalize(),
                    sensors(top),
                    cue(top.table("cue"), CueConfig.DEFAULT),
                    audio(top.table("audio")),
                    telemetry(top),
                    journal(top.table("journal")),
                    clinic(top.table("clinic")),
                    board(top.table("board")),
                    MusicTable.read(top.table("music"), MusicConfig.DEFAULT),
                    MusicTable.goal(top.table("goal"), GoalConfig.NONE),
                    programme(top.table("session")),
                    hash(bytes(file)));
            top.end();
            return config;
        } catch (IllegalArgumentException e) {
            // The rooms' own records check what concerns several keys at once.
            throw new ConfigException(file + ": " + e.getMessage());
        }
    }

    /**
     * Returns this configuration with what may be set from afar set: the tables [cue], [audio] (level_db_spl, timbre,
     * language), [music] (without share_titles), [goal] and [telemetry] (timing_s), key by key, within the file's own bounds.
     * Any other key is an error.
     *
     * @param origin where the text is from, for messages
     * @param toml the keys to set
     * @throws ConfigException naming key and what was expected
     */
    public AgentConfig withSettings(String origin, String toml) throws ConfigException {
        ConfigTable top = ConfigTable.parse(origin, toml);
        ConfigTable sound = top.table("audio");
        ConfigTable report = top.table("telemetry");
        try {
            AgentConfig set = new AgentConfig(
                    stateDir,
                    sensors,
                    cue(top.table("cue"), cue),
                    audio.withSounds(sounds(sound, audio.sounds()))
                            .withLoudness(new Loudness(
                                    level(sound, audio.loudness().levelDbSpl()),
                                    audio.loudness().fullScaleDbSpl())),
                    telemetry.withTimingS(timingS(report, telemetry.timingS())),
                    journal,
                    clinic,
                    board,
                    MusicTable.fromAfar(top.table("music"), music),
                    MusicTable.goal(top.table("goal"), goal),
                    programme,
                    hash((sha256 + "\n" + toml).getBytes(StandardCharsets.UTF_8)));
            sound.end();
            report.end();
            top.end();
            return set;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(origin + ": " + e.getMessage());
        }
    }

    /** Returns this configuration marked as running another programme, whose text its hash then covers too. */
    public AgentConfig withProgrammeText(String toml) {
        return new AgentConfig(
                stateDir,
                sensors,
                cue,
                audio,
                telemetry,
                journal,
                clinic,
                board,
                music,
                goal,
                programme,
                hash((sha256 + "\n" + toml).getBytes(StandardCharsets.UTF_8)));
    }

    private static List<SensorConfig> sensors(ConfigTable top) throws ConfigException {
        ConfigTable both = top.table("sensor");
        List<SensorConfig> sensors = new ArrayList<>();
        for (Foot foot : Foot.values()) {
            if (both.has(foot.word())) {
                sensors.add(SensorTable.read(both.table(foot.word()), foot));
            }
        }
        both.end();
        if (sensors.isEmpty()) {
            throw top.missing("[sensor.left] or [sensor.right]", "where at least one foot's sensor is");
        }
        if (sensors.size() == 2 && sensors.get(0).place().equals(sensors.get(1).place())) {
            throw new IllegalArgumentException("both feet have the sensor at "
                    + sensors.get(0).place() + "; give each foot its own port, or its own address on the bus");
        }
        return sensors;
    }

    private static CueConfig cue(ConfigTable table, CueConfig plain) throws ConfigException {
        CueConfig cue = new CueConfig(
                table.choice("policy", CueConfig.PolicyName.class, plain.policy()),
                table.number("tempo_spm", 40, 160, "beats per minute", plain.tempoSpm()),
                table.number("phase_correction", 0, 1, "share", plain.phaseCorrection()),
                plain.periodCorrection(),
                table.number("ahead_pct", -5, 5, "%", plain.aheadPct()),
                table.number("coupling", 0, 0.05, "share", plain.coupling()),
                table.number("lead_ms", -100, 100, "ms", plain.leadMs()),
                plain.fractalExponent(),
                table.number("fractal_cv_pct", 0, 5, "%", plain.fractalCvPct()),
                plain.seed());
        table.end();
        return cue;
    }

    private static AudioConfig audio(ConfigTable table) throws ConfigException {
        AudioConfig plain = AudioConfig.DEFAULT;
        AudioConfig audio = new AudioConfig(
                table.choice("output", AudioConfig.Output.class, plain.output()),
                table.text("device", ANY, "the name of an ALSA device, as aplay -L lists them", plain.device()),
                Path.of(table.text(
                        "wav_file", ANY, "the path of a file", plain.wavFile().toString())),
                table.number(
                        "level_dbfs",
                        AudioConfig.LEVEL_MIN_DBFS,
                        AudioConfig.LEVEL_MAX_DBFS,
                        "dB below full scale",
                        plain.levelDbfs()),
                table.number("offset_ms", AudioConfig.OFFSET_MIN_MS, AudioConfig.OFFSET_MAX_MS, "ms", plain.offsetMs()),
                sounds(table, plain.sounds()),
                new Loudness(level(table, Double.NaN), Double.NaN));
        table.end();
        return audio;
    }

    private static SoundConfig sounds(ConfigTable table, SoundConfig plain) throws ConfigException {
        return new SoundConfig(
                table.choice("timbre", Timbre.class, plain.timbre()),
                table.choice("language", Language.class, plain.language()));
    }

    private static double level(ConfigTable table, double plain) throws ConfigException {
        return table.number("level_db_spl", Loudness.LEVEL_MIN, Loudness.LEVEL_MAX, "dB(A) of a beat", plain);
    }

    private static int timingS(ConfigTable table, int plain) throws ConfigException {
        return table.whole("timing_s", 5, 3600, "s", plain);
    }

    private static ClinicTrust clinic(ConfigTable table) throws ConfigException {
        String publicKey = table.text("public_key", ANY, "the path of a public key in PEM", "");
        String commandKey = table.text("command_key", ANY, "the path of a public key in PEM", "");
        table.end();
        return new ClinicTrust(
                publicKey.isEmpty() ? null : Path.of(publicKey), commandKey.isEmpty() ? null : Path.of(commandKey));
    }

    private static BoardConfig board(ConfigTable table) throws ConfigException {
        String battery = table.text("battery_i2c", ANY, "the path of an I2C bus, such as /dev/i2c-1", "");
        int button = line(table, "button");
        int light = line(table, "light");
        int music = line(table, "music_button");
        int shutdownPct = table.whole(
                "shutdown_pct",
                BoardConfig.LEAST_SHUTDOWN_PCT,
                BoardConfig.MOST_SHUTDOWN_PCT,
                "%",
                BoardConfig.BARE.shutdownPct());
        table.end();
        if (button != BoardConfig.NONE && button == light) {
            throw table.contrary("button and light are both on GPIO " + button + "; give each its own line");
        }
        if (music != BoardConfig.NONE && (music == button || music == light)) {
            throw table.contrary("music_button and " + (music == button ? "button" : "light") + " are both on GPIO "
                    + music + "; give each its own line");
        }
        return new BoardConfig(button, light, battery.isEmpty() ? null : Path.of(battery), shutdownPct, music);
    }

    private static int line(ConfigTable table, String key) throws ConfigException {
        return table.whole(key, 0, BoardConfig.MOST_LINE, "GPIO line, BCM number", BoardConfig.NONE);
    }

    private static TelemetryConfig telemetry(ConfigTable top) throws ConfigException {
        ConfigTable table = top.table("telemetry");
        TelemetryConfig telemetry = new TelemetryConfig(
                table.flag("enabled", true),
                URI.create(
                        table.text("broker", "(tcp|ssl)://\\S+", "ssl://HOST:PORT or tcp://HOST:PORT", DEFAULT_BROKER)),
                table.text("unit", "[a-z0-9-]{1,64}", "1 to 64 of the characters a-z, 0-9 and -", "unprovisioned"),
                timingS(table, TelemetryConfig.DEFAULT_TIMING_S),
                table.whole("will_delay_s", 0, 3600, "s", TelemetryConfig.DEFAULT_WILL_DELAY_S),
                tls(table),
                table.whole("catch_up_per_s", 50, 100_000, "records a second", TelemetryConfig.DEFAULT_CATCH_UP_PER_S));
        table.end();
        return telemetry;
    }

    private static @Nullable TlsFiles tls(ConfigTable table) throws ConfigException {
        if (!table.has("ca") && !table.has("certificate") && !table.has("key")) {
            return null;
        }
        String meaning = "the path of a PEM file (ca, certificate and key belong together)";
        return new TlsFiles(
                Path.of(table.text("ca", ANY, meaning)),
                Path.of(table.text("certificate", ANY, meaning)),
                Path.of(table.text("key", ANY, meaning)));
    }

    private static JournalLimits journal(ConfigTable table) throws ConfigException {
        JournalLimits journal = new JournalLimits(
                table.whole(
                                "quota_mb",
                                (int) (JournalLimits.LEAST_BYTES / MEGABYTE),
                                (int) (JournalLimits.MOST_BYTES / MEGABYTE),
                                "MB",
                                (int) (JournalLimits.DEFAULT.maxBytes() / MEGABYTE))
                        * MEGABYTE,
                table.whole("raw_mb", 0, (int) (JournalLimits.MOST_BYTES / MEGABYTE), "MB", 0) * MEGABYTE);
        table.end();
        return journal;
    }

    private static @Nullable String programme(ConfigTable table) throws ConfigException {
        String programme = table.text("programme", ANY, "the name of a programme or the path of its file", "");
        table.end();
        return programme.isEmpty() ? null : programme;
    }

    private static byte[] bytes(Path file) throws ConfigException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ConfigException(file + ": can't be read: " + e.getMessage());
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
