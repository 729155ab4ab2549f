package dev.entrain.sim.insole;

import dev.entrain.protocol.DeviceProfile;
import dev.entrain.protocol.SampleBatch;
import dev.entrain.protocol.WireFormat;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.pty.Pty;
import dev.entrain.sim.pty.PtyException;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** One emulated insole on its own thread: plugged in, it answers at once and sends each batch when it is due. */
final class InsoleDevice {
    private static final long LONGEST_WAIT_NS = 50_000_000;
    private static final long STATUS_NS = 1_000_000_000;
    private static final long STOP_MS = 2_000;
    private static final int NOISE_BYTES = 40;
    private static final int COMMAND_BYTES = 1024;

    private final Foot foot;
    private final FootTrack track;
    private final InsoleOptions options;
    private final NanoClock clock;
    private final Path link;
    private final List<Unplug> unplugs;
    private final DeviceProfile profile;
    private final InsoleFirmware firmware;
    private final SampleBatch batch;
    private final Random random;
    private final int batchSamples;
    private final ImuSample[] chosen;
    private final byte[] received = new byte[COMMAND_BYTES];
    private final byte[] noise = new byte[NOISE_BYTES];
    private final Thread thread;
    private final CountDownLatch played = new CountDownLatch(1);
    private final FrameQueue queue = new FrameQueue();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong unheard = new AtomicLong();
    private final AtomicLong plugIns = new AtomicLong();

    private @Nullable Pty pty;
    private boolean heard;
    private int unplugAt;
    private long nextStatusNs;
    private long droppedAtStatus;
    private int restartSeq;
    private volatile long startNs;
    private volatile boolean stopping;

    InsoleDevice(Foot foot, FootTrack track, DeviceProfile profile, InsoleOptions options, NanoClock clock) {
        this.foot = foot;
        this.track = track;
        this.profile = profile;
        this.options = options;
        this.clock = clock;
        link = options.folder().resolve("insole-" + foot.word());
        unplugs = options.unplugs().stream()
                .filter(unplug -> unplug.foot() == foot)
                .sorted((a, b) -> Double.compare(a.atS(), b.atS()))
                .toList();
        firmware = new InsoleFirmware(
                profile, options.skewPpm(), options.startTicks(), options.batteryPercent(), this::send);
        batch = new SampleBatch(profile);
        random = new Random(options.seed() * Foot.COUNT + foot.ordinal());
        batchSamples = Math.clamp(Math.round(options.batchMs() * 1e-3 * track.rateHz()), 1, batch.capacity());
        chosen = new ImuSample[batchSamples];
        thread = Thread.ofPlatform().daemon().name("insole " + foot.word()).unstarted(this::run);
    }

    Path link() {
        return link;
    }

    /** Plugs in and starts to play at a time of the host's clock. */
    void start(long atNs) throws IOException {
        startNs = atNs;
        plugIn();
        thread.start();
    }

    boolean awaitPlayed(long ns) throws InterruptedException {
        return played.await(ns, TimeUnit.NANOSECONDS);
    }

    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive() && !thread.join(Duration.ofMillis(STOP_MS))) {
                Logger.warn("emulated {} insole does not stop within {} ms", foot.word(), STOP_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.getState() == Thread.State.NEW) {
            unplug();
        }
    }

    InsoleStatistics statistics() {
        return new InsoleStatistics(
                queue.sent(),
                lost.get(),
                queue.dropped(),
                unheard.get() + queue.cleared(),
                firmware.commands(),
                plugIns.get());
    }

    private void run() {
        try {
            while (!stopping) {
                turn();
            }
        } catch (IOException e) {
            Logger.error("emulated {} insole stopped: {}", foot.word(), e.getMessage());
        } finally {
            unplug();
            played.countDown();
        }
    }

    private void turn() throws IOException {
        long elapsedNs = clock.nowNs() - startNs;
        followSchedule(elapsedNs);
        firmware.tire(elapsedNs);
        flush();
        sendDue(elapsedNs);
        long waitNs = Math.clamp(nextDueNs() - (clock.nowNs() - startNs), 0, LONGEST_WAIT_NS);
        Pty plugged = pty;
        if (plugged == null) {
            LockSupport.parkNanos(waitNs);
            return;
        }
        heard = plugged.await(waitNs);
        if (!heard) {
            queue.clear();
            // Nobody has the line open; poll then returns at once, so the wait is made up for here.
            LockSupport.parkNanos(waitNs);
            return;
        }
        int count = plugged.read(received);
        if (count > 0) {
            firmware.receive(received, count, clock.nowNs() - startNs);
        }
    }

    private void followSchedule(long elapsedNs) throws IOException {
        if (unplugAt == unplugs.size()) {
            return;
        }
        Unplug next = unplugs.get(unplugAt);
        long fromNs = Math.round(next.atS() * 1e9);
        long untilNs = fromNs + Math.round(next.forS() * 1e9);
        if (pty != null && elapsedNs >= fromNs) {
            unplug();
        }
        if (elapsedNs >= untilNs) {
            unplugAt++;
            if (next.restarts()) {
                restart(elapsedNs);
            }
            plugIn();
        }
    }

    private void restart(long elapsedNs) {
        firmware.restart(elapsedNs);
        // What was not sent before the power went is gone.
        while (!track.ended() && track.dueNs() < elapsedNs) {
            unheard.incrementAndGet();
            track.next();
        }
        restartSeq = track.ended() ? 0 : track.seq();
    }

    private void plugIn() throws IOException {
        Pty fresh = new Pty();
        pty = fresh;
        firmware.plugged();
        // Renaming replaces a link left over from a kill in one step: nobody sees it missing or half made.
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
            throw new IOException(link + " is in the way; move it or choose another folder");
        }
        Path newLink = link.resolveSibling(link.getFileName() + ".new");
        Files.deleteIfExists(newLink);
        Files.createSymbolicLink(newLink, fresh.path());
        Files.move(newLink, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        plugIns.incrementAndGet();
        Logger.info("emulated {} insole is at {} ({})", foot.word(), link, fresh.path());
    }

    private void unplug() {
        Pty plugged = pty;
        pty = null;
        heard = false;
        queue.clear();
        if (plugged == null) {
            return;
        }
        try {
            Files.deleteIfExists(link);
        } catch (IOException e) {
            Logger.warn("cannot remove {}: {}", link, e.getMessage());
        }
        plugged.close();
    }

    /** Time after the start by which a frame must be complete to go out now. */
    private long horizonNs(long elapsedNs) {
        long delayNs = options.delayMs() * 1_000_000L;
        return delayNs == 0 ? elapsedNs : Math.floorDiv(elapsedNs, delayNs) * delayNs;
    }

    private long nextDueNs() {
        if (track.ended()) {
            return Long.MAX_VALUE / 2;
        }
        // The batch is due with its last sample; a little late where the recording's intervals are uneven.
        long dueNs = track.dueNs() + Math.round((batchSamples - 1) * 1e9 / track.rateHz());
        long delayNs = options.delayMs() * 1_000_000L;
        return delayNs == 0 ? dueNs : Math.ceilDiv(dueNs, delayNs) * delayNs;
    }

    private void sendDue(long elapsedNs) {
        if (track.ended()) {
            return;
        }
        long horizonNs = horizonNs(elapsedNs);
        long lastNs = Math.round((batchSamples - 1) * 1e9 / track.rateHz());
        while (!track.ended() && track.dueNs() + lastNs <= horizonNs) {
            sendBatch();
        }
        if (firmware.streaming() && elapsedNs >= nextStatusNs) {
            nextStatusNs = elapsedNs + STATUS_NS;
            firmware.sendStatus(elapsedNs, queue.dropped() != droppedAtStatus);
            droppedAtStatus = queue.dropped();
        }
        if (track.ended()) {
            played.countDown();
        }
    }

    /** Fills one frame; ends it early at a hole in the recording, for a frame has but one interval. */
    private void sendBatch() {
        int seq = track.seq();
        long firstTicks = firmware.ticksAt(track.dueNs());
        long lastTicks = firstTicks;
        long longestTicks = 2 * profile.intervalParts() / WireFormat.INTERVAL_PARTS_PER_TICK;
        int count = 0;
        while (count < batchSamples && !track.ended() && track.seq() == seq + count) {
            long ticks = firmware.ticksAt(track.dueNs());
            if (ticks - lastTicks > longestTicks) {
                break;
            }
            lastTicks = ticks;
            chosen[count++] = track.sample();
            track.next();
        }
        long parts = count > 1
                ? Math.round((double) (lastTicks - firstTicks) * WireFormat.INTERVAL_PARTS_PER_TICK / (count - 1))
                : profile.intervalParts();
        batch.begin(seq - restartSeq, firstTicks, Math.max(1, parts));
        for (int i = 0; i < count; i++) {
            ImuSample s = chosen[i];
            batch.add(s.axMps2, s.ayMps2, s.azMps2, s.gxRadps, s.gyRadps, s.gzRadps);
        }
        deliver(count);
    }

    private void deliver(int count) {
        if (!heard || !firmware.streaming()) {
            unheard.addAndGet(count);
            return;
        }
        if (options.noise() > 0 && random.nextDouble() < options.noise()) {
            random.nextBytes(noise);
            send(noise, 1 + random.nextInt(NOISE_BYTES - 1), 0);
        }
        if (options.loss() > 0 && random.nextDouble() < options.loss()) {
            lost.addAndGet(count);
        } else {
            firmware.sendSamples(batch);
        }
    }

    private void send(byte[] frame, int length, int samples) {
        if (heard) {
            queue.offer(frame, length, samples);
            flush();
        }
    }

    private void flush() {
        Pty plugged = pty;
        if (plugged == null) {
            return;
        }
        try {
            queue.flush(plugged);
        } catch (PtyException e) {
            Logger.warn("emulated {} insole: {}", foot.word(), e.getMessage());
        }
    }
}
