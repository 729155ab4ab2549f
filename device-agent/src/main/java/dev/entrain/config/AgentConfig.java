package dev.entrain.config;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.Language;
import dev.entrain.audio.Loudness;
import dev.entrain.audio.SoundConfig;
import dev.entrain.audio.Timbre;
import dev.entrain.cue.CueConfig;
import dev.entrain.identity.TlsFiles;
import dev.entrain.journal.JournalLimits;
import dev.entrain.sample.Foot;
import dev.entrain.sensor.Dialect;
import dev.entrain.sensor.SensorConfig;
import dev.entrain.telemetry.TelemetryConfig;
import java.io.IOException;
import java.net.URI;
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
 * @param programme which programme is given, a name or a file as {@link Prescription#of} takes it; null for a plain walk
 * @param sha256 of the file, 64 hexadecimal digits, so that a clinic can tell configurations apart
 */
public record AgentConfig(
        Path stateDir,
        List<SensorConfig> sensors,
        CueConfig cue,
        AudioConfig audio,
        TelemetryConfig telemetry,
        JournalLimits journal,
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
                    cue(top.table("cue")),
                    audio(top.table("audio")),
                    telemetry(top),
                    journal(top.table("journal")),
                    programme(top.table("session")),
                    hash(file));
            top.end();
            return config;
        } catch (IllegalArgumentException e) {
            // The rooms' own records check what concerns several keys at once.
            throw new ConfigException(file + ": " + e.getMessage());
        }
    }

    private static List<SensorConfig> sensors(ConfigTable top) throws ConfigException {
        ConfigTable both = top.table("sensor");
        List<SensorConfig> sensors = new ArrayList<>();
        for (Foot foot : Foot.values()) {
            if (both.has(foot.word())) {
                sensors.add(sensor(both.table(foot.word()), foot));
            }
        }
        both.end();
        if (sensors.isEmpty()) {
            throw top.missing("[sensor.left] or [sensor.right]", "the serial port of at least one foot's sensor");
        }
        if (sensors.size() == 2 && sensors.get(0).port().equals(sensors.get(1).port())) {
            throw new IllegalArgumentException(
                    "both feet have the port " + sensors.get(0).port() + "; give each foot its own");
        }
        return sensors;
    }

    private static SensorConfig sensor(ConfigTable table, Foot foot) throws ConfigException {
        String port = table.text("port", ANY, "the path of a serial line, such as /dev/ttyUSB0", "");
        SensorConfig sensor = new SensorConfig(
                table.choice("dialect", Dialect.class, Dialect.ENTRAIN),
                Path.of(port),
                foot,
                table.whole("baud", SensorConfig.MIN_BAUD, SensorConfig.MAX_BAUD, "bit/s", SensorConfig.MIN_BAUD),
                table.number("rate_hz", 1, 1000, "Hz", 200));
        table.end();
        if (port.isEmpty()) {
            throw table.missing("port", "the path of a serial line, such as /dev/ttyUSB0");
        }
        return sensor;
    }

    private static CueConfig cue(ConfigTable table) throws ConfigException {
        CueConfig plain = CueConfig.DEFAULT;
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
                new SoundConfig(
                        table.choice("timbre", Timbre.class, plain.sounds().timbre()),
                        table.choice("language", Language.class, plain.sounds().language())),
                new Loudness(
                        table.number(
                                "level_db_spl", Loudness.LEVEL_MIN, Loudness.LEVEL_MAX, "dB(A) of a beat", Double.NaN),
                        Double.NaN));
        table.end();
        return audio;
    }

    private static TelemetryConfig telemetry(ConfigTable top) throws ConfigException {
        ConfigTable table = top.table("telemetry");
        TelemetryConfig telemetry = new TelemetryConfig(
                table.flag("enabled", true),
                URI.create(
                        table.text("broker", "(tcp|ssl)://\\S+", "ssl://HOST:PORT or tcp://HOST:PORT", DEFAULT_BROKER)),
                table.text("unit", "[a-z0-9-]{1,64}", "1 to 64 of the characters a-z, 0-9 and -", "unprovisioned"),
                table.whole("timing_s", 5, 3600, "s", TelemetryConfig.DEFAULT_TIMING_S),
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

    private static String hash(Path file) throws ConfigException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new ConfigException(file + ": can't be read: " + e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
