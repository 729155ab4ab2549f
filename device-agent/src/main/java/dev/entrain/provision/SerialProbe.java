package dev.entrain.provision;

import dev.entrain.protocol.CommandEncoder;
import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.EntrainDecoder;
import dev.entrain.protocol.Hello;
import dev.entrain.protocol.MessageSink;
import dev.entrain.protocol.Pong;
import dev.entrain.protocol.Reading;
import dev.entrain.protocol.Side;
import dev.entrain.protocol.WireFormat;
import dev.entrain.protocol.witmotion.WitMotionDecoder;
import dev.entrain.sample.Foot;
import dev.entrain.sensor.ByteLine;
import dev.entrain.time.NanoClock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what is on a serial line: asks as a host of insoles does, and hears with both dialects at once, at each speed.
 * Ends within 1.5 s for each speed. Used by one thread.
 */
final class SerialProbe {
    /** Tried in this order; a USB line has none, so the first does. */
    private static final int[] SPEEDS = {115_200, 230_400, 460_800, 921_600};

    private static final long LISTEN_NS = 1_500_000_000L;
    private static final long ASK_NS = 500_000_000L;
    private static final int ENOUGH_READINGS = 60;
    private static final int ENOUGH_FRAMES = 5;
    private static final double WITMOTION_HZ = 200;

    private final String port;
    private final IntFunction<ByteLine> lines;
    private final NanoClock clock;
    private final byte[] buffer = new byte[4096];

    /**
     * What came of it.
     *
     * @param sensor what answered, or null
     * @param problem why nothing is there, one line; empty with a sensor
     */
    record Result(@Nullable FoundSensor sensor, String problem) {}

    /**
     * Touches nothing yet.
     *
     * @param port as it will stand in the configuration
     * @param lines opens that port at a speed in bit/s
     */
    SerialProbe(String port, IntFunction<ByteLine> lines, NanoClock clock) {
        this.port = port;
        this.lines = lines;
        this.clock = clock;
    }

    Result look() {
        long bytes = 0;
        for (int speed : SPEEDS) {
            ByteLine line = lines.apply(speed);
            String refused = line.open();
            if (refused != null) {
                return new Result(null, refused);
            }
            Heard heard = new Heard();
            try {
                listen(line, heard);
            } finally {
                line.close();
            }
            FoundSensor found = heard.sensor(speed);
            if (found != null) {
                return new Result(found, "");
            }
            bytes += heard.bytes;
            if (heard.bytes == 0) {
                break; // Silence is silence at every speed.
            }
        }
        return new Result(
                null,
                bytes == 0
                        ? "nothing answers; is the sensor switched on, and is this its line?"
                        : "bytes come that make no sense; this is no insole, or its speed is none of 115200 to 921600");
    }

    private void listen(ByteLine line, Heard heard) {
        byte[] frame = new byte[WireFormat.MAX_FRAME_BYTES];
        CommandEncoder encoder = new CommandEncoder();
        long startNs = clock.nowNs();
        long askedNs = startNs - ASK_NS;
        int token = 0;
        while (clock.nowNs() - startNs < LISTEN_NS && !heard.enough()) {
            if (heard.hello == null && clock.nowNs() - askedNs >= ASK_NS) {
                askedNs = clock.nowNs();
                frame[0] = WireFormat.DELIMITER;
                line.write(frame, 1);
                line.write(frame, encoder.helloRequest(++token, frame, 0));
                line.write(frame, encoder.start(++token, frame, 0));
            }
            int count = line.read(buffer);
            if (count < 0) {
                return;
            }
            heard.take(buffer, count, clock.nowNs());
        }
        if (heard.hello != null) {
            line.write(frame, encoder.stop(++token, frame, 0));
        }
    }

    /** What came on the line at one speed. */
    private final class Heard implements MessageSink {
        private final EntrainDecoder entrain = new EntrainDecoder();
        private final WitMotionDecoder witMotion = new WitMotionDecoder(WITMOTION_HZ);
        private @Nullable Hello hello;
        private long bytes;
        private int readings;
        private long firstNs;
        private long lastNs;
        private boolean other;

        void take(byte[] from, int count, long nowNs) {
            bytes += count;
            other = false;
            entrain.accept(from, 0, count, nowNs, this);
            other = true;
            witMotion.accept(from, 0, count, nowNs, this);
        }

        boolean enough() {
            return (hello != null || witMotion.frames() >= ENOUGH_FRAMES) && readings >= ENOUGH_READINGS;
        }

        @Nullable
        FoundSensor sensor(int speed) {
            Hello said = hello;
            Map<String, String> wiring = new LinkedHashMap<>();
            wiring.put("port", port);
            if (said != null) {
                wiring.put("dialect", "entrain");
                wiring.put("baud", Integer.toString(speed));
                Foot made = said.side() == Side.LEFT ? Foot.LEFT : said.side() == Side.RIGHT ? Foot.RIGHT : null;
                return new FoundSensor(
                        port,
                        String.format(
                                Locale.ROOT,
                                "insole %s, %s, %.0f Hz%s",
                                said.serialNumber(),
                                made == null ? "for either foot" : "made for the " + made.word() + " foot",
                                said.rateHz(),
                                said.emulated() ? ", emulated" : ""),
                        said.serialNumber(),
                        made,
                        said.rateHz(),
                        wiring);
            }
            if (witMotion.frames() >= ENOUGH_FRAMES && entrain.frames() == 0) {
                double rateHz = readings > 1 ? (readings - 1) / Math.max(1e-3, (lastNs - firstNs) * 1e-9) : Double.NaN;
                double nominalHz = nominal(rateHz);
                wiring.put("dialect", "witmotion");
                wiring.put("baud", Integer.toString(speed));
                wiring.put("rate_hz", String.format(Locale.ROOT, "%.0f", nominalHz));
                return new FoundSensor(
                        port,
                        String.format(Locale.ROOT, "WitMotion sensor, about %.0f Hz", rateHz),
                        "",
                        null,
                        nominalHz,
                        wiring);
            }
            return null;
        }

        /** The nearest rate such a sensor can be set to. */
        private static double nominal(double rateHz) {
            double best = WITMOTION_HZ;
            for (double rate : new double[] {10, 20, 50, 100, 200}) {
                if (Math.abs(rate - rateHz) < Math.abs(best - rateHz)) {
                    best = rate;
                }
            }
            return best;
        }

        @Override
        public void onHello(Hello said) {
            if (!other) {
                hello = said;
            }
        }

        @Override
        public void onReading(Reading reading) {
            readings++;
            firstNs = readings == 1 ? reading.arrivalNs : firstNs;
            lastNs = reading.arrivalNs;
        }

        @Override
        public void onStatus(DeviceStatus status) {
            // Who it is matters here, not how it is.
        }

        @Override
        public void onPong(Pong pong) {
            // Nobody pinged.
        }
    }
}
