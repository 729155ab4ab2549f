package dev.entrain.cli;

import dev.entrain.agent.Board;
import dev.entrain.agent.LiveAgent;
import dev.entrain.agent.RecentLines;
import dev.entrain.agent.SessionStatus;
import dev.entrain.agent.WearWatch;
import dev.entrain.audio.music.MusicSettings;
import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.audio.wav.WavFile;
import dev.entrain.bus.I2cBuses;
import dev.entrain.bus.pi4j.Pi4jGpioLines;
import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.closedloop.ClosedLoop;
import dev.entrain.closedloop.LoopOptions;
import dev.entrain.closedloop.LoopResult;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.config.Prescription;
import dev.entrain.cue.Prompt;
import dev.entrain.journal.BootId;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.SessionFiles;
import dev.entrain.journal.SessionFolder;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.music.MusicException;
import dev.entrain.music.Song;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.library.SongShelf;
import dev.entrain.musictest.MusicSession;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.realtime.RealTime;
import dev.entrain.realtime.RealTimeReport;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.sim.patient.PatientPresets;
import dev.entrain.sim.patient.PatientProfile;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain session run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Gives a programme: live on the unit's insoles (--config), or to a simulated patient, fast (--patient).",
            "Live, the standard input stands for the button: in a terminal " + ButtonKeys.KEYS + "; otherwise lines"
                    + " 'press', 'double', 'long', and 'song', 'like' for the music button.",
            "An interrupted session of the same programme goes on at the button."
        })
final class SessionRunCommand implements Callable<Integer> {
    private static final double LOOK_S = 0.25;

    /** The last words are spoken before the sound ends, s. */
    private static final double LAST_WORDS_S = 4;

    private static final int SOUND_HZ = 48_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--programme",
            paramLabel = "NAME|FILE",
            description =
                    "What is given: a name (`entrain session programmes`) or a file. Default: the configuration's.")
    private @Nullable String programme;

    @Option(names = "--config", paramLabel = "FILE", description = "Live: the unit's configuration.")
    private @Nullable Path config;

    @Option(
            names = "--seconds",
            converter = Seconds.class,
            paramLabel = "S",
            description = "Live: ends by itself after so many seconds; the session can go on later.")
    private double seconds = Double.POSITIVE_INFINITY;

    @Option(
            names = "--patient",
            paramLabel = "NAME",
            description =
                    "Simulated: who walks: healthy, stroke, parkinson, parkinson-freezing, slow-follower, ms, brain-injury.")
    private @Nullable String patient;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Simulated: the same seed gives the same session. Default: 1.")
    private long seed = 1;

    @Option(
            names = "--music",
            paramLabel = "DIR",
            description =
                    "Simulated: plays the songs of this state folder (`entrain music add --state DIR`) on the beats.")
    private @Nullable Path music;

    @Option(names = "--sound", paramLabel = "FILE", description = "Simulated, with --music: also writes what is heard.")
    private @Nullable Path sound;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Simulated: where the session's folder is made. Default: sessions.")
    private Path out = Path.of("sessions");

    @Override
    public Integer call() throws IOException, ConfigException, MusicException {
        if ((config == null) == (patient == null)) {
            throw new ParameterException(spec.commandLine(), "name either --config (live) or --patient (simulated)");
        }
        return config == null ? simulate() : live(AgentConfig.read(config));
    }

    private Prescription prescription(@Nullable String configured) throws ConfigException {
        String chosen = programme == null ? configured : programme;
        if (chosen == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no programme: name one with --programme"
                            + (config == null ? "" : ", or in [session] of the configuration"));
        }
        return Prescription.of(chosen);
    }

    private int simulate() throws IOException, ConfigException, MusicException {
        Prescription given = prescription(null);
        PatientProfile who;
        try {
            who = PatientPresets.named(Objects.requireNonNull(patient));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        LoopResult result = music == null
                ? ClosedLoop.session(who, given.programme(), LoopOptions.plain(seed))
                : withMusic(who, given, music);
        SessionData data = result.data();
        Path folder = out.resolve(SessionFiles.folderName(data.startedUtc(), data.id()));
        SessionFiles.write(folder, data, given.text());
        PrintWriter to = spec.commandLine().getOut();
        for (String violation : result.checks().violations()) {
            to.println("A safety rule was broken: " + violation);
        }
        show(SessionFolder.read(folder), folder);
        return result.checks().violations().isEmpty() ? 0 : 1;
    }

    private LoopResult withMusic(PatientProfile who, Prescription given, Path state)
            throws IOException, MusicException {
        List<Song> songs = new SongShelf(state).all();
        if (songs.isEmpty()) {
            throw new MusicException("no songs in " + state + "; add some: entrain music add FOLDER --state " + state);
        }
        try (WavFile file = sound == null ? null : new WavFile(sound, SOUND_HZ)) {
            return MusicSession.give(
                    who,
                    given.programme(),
                    LoopOptions.plain(seed),
                    MusicSettings.DEFAULT,
                    songs,
                    new SndFileReaders(),
                    new SoundTouchStretchers(),
                    file);
        }
    }

    /** Shows what is on the disk, not what was in memory. */
    private void show(SessionData data, Path place) {
        PrintWriter to = spec.commandLine().getOut();
        SessionFigures.print(SessionSummaries.of(data), place, to);
        to.flush();
    }

    private int live(AgentConfig read) throws IOException, ConfigException {
        ClinicOrders orders = new ClinicOrders(read, BootId.read(BootId.KERNEL_FILE), RecentLines::ofThisProcess);
        InForce known = orders.begin();
        Prescription given = programme == null && known.prescription() != null
                ? known.prescription()
                : prescription(read.programme());
        RealTime realTime = new RealTime();
        RealTimeReport granted = realTime.prepare();
        Logger.info(granted.summary());
        granted.missing().forEach(line -> Logger.warn("{}", line));
        I2cBuses buses = new Pi4jI2cBuses();
        String session;
        boolean failed;
        try (Ending ending = new Ending();
                RawTerminal terminal = new RawTerminal();
                Board board = new Board(read.board(), new Pi4jGpioLines(NanoClock.SYSTEM), buses, NanoClock.SYSTEM);
                LiveAgent agent = new LiveAgent(
                        new InForce(known.config(), given, programme == null ? known.rxRev() : 0),
                        orders,
                        Version.number(),
                        null,
                        NanoClock.SYSTEM,
                        WallClock.SYSTEM,
                        realTime,
                        buses)) {
            agent.start();
            new ButtonKeys(agent, terminal.raw(), NanoClock.SYSTEM).start(System.in);
            watch(agent, board, given, ending, terminal.raw());
            session = agent.sessionId();
            failed = agent.failed();
        }
        if (session == null) {
            PrintWriter to = spec.commandLine().getOut();
            to.println("The session never began: the button was not pressed.");
            to.flush();
        } else {
            showKept(read.stateDir(), session);
        }
        return failed ? 1 : 0;
    }

    private void showKept(Path stateDir, String session) {
        try (JournalShelf shelf = JournalShelf.open(stateDir)) {
            for (KeptSession kept : shelf.sessions()) {
                if (kept.id().equals(session)) {
                    show(shelf.facts(kept), stateDir.resolve(SqliteJournal.FILE));
                    return;
                }
            }
        } catch (IOException e) {
            Logger.warn("The journal can't be read: {}", e.getMessage());
        }
        PrintWriter to = spec.commandLine().getOut();
        to.println("There are no figures of this session: the journal did not keep it; the log above says why.");
        to.flush();
    }

    private void watch(LiveAgent agent, Board board, Prescription given, Ending ending, boolean terminal) {
        PrintWriter to = spec.commandLine().getOut();
        to.println(given.programme().title() + ". " + (terminal ? ButtonKeys.KEYS : "The button begins the session."));
        SessionLine line = new SessionLine(agent.status(), given.programme());
        WearWatch wear = new WearWatch(agent.status(), text -> Logger.warn("{}", text));
        long startNs = NanoClock.SYSTEM.nowNs();
        double untilS = seconds;
        long told = 0;
        int toldBlock = -1;
        SongLine songs = new SongLine();
        boolean ended = false;
        while (!ended && !agent.failed()) {
            double goneS = (NanoClock.SYSTEM.nowNs() - startNs) * 1e-9;
            if (agent.sessionOver()) {
                untilS = Math.min(untilS, goneS + LAST_WORDS_S);
            }
            ended = goneS >= untilS || ending.await(Math.min(LOOK_S, untilS - goneS));
            wear.look(NanoClock.SYSTEM.nowNs());
            ended |= board.look(agent, NanoClock.SYSTEM.nowNs());
            SessionStatus session = agent.status().session();
            told = tellWords(session, told, terminal, to);
            String song = songs.news(agent.song(), terminal);
            if (song != null) {
                to.println(song);
            }
            if (terminal) {
                to.print("\r" + line.text());
            } else if (session.blockIndex() != toldBlock) {
                toldBlock = session.blockIndex();
                to.println(line.text().strip());
            }
            to.flush();
        }
        if (terminal) {
            to.println();
        }
    }

    private static long tellWords(SessionStatus session, long told, boolean terminal, PrintWriter to) {
        long count = session.saidCount();
        for (long i = told; i < count; i++) { // A few at most.
            Prompt words = session.said(i);
            if (words != null) {
                String text = "says: " + SessionLine.word(words);
                to.println(terminal ? "\r" + text + " ".repeat(Math.max(0, 79 - text.length())) : text);
            }
        }
        return count;
    }
}
