package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cException;
import dev.entrain.bus.I2cException.Fault;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.protocol.imu.CountedQueue;
import dev.entrain.protocol.imu.ReadingSink;
import dev.entrain.time.NanoClock;

/**
 * InvenSense's chips: their queue has no marks and their time is the count of readings. A queue that ran over, or a
 * transfer that broke off within, leaves nobody knowing where a reading begins: it is emptied, and the time starts anew.
 */
final class CountedDriver implements ImuDriver {
    private static final int BURST = BURST_BYTES / CountedQueue.READING_BYTES * CountedQueue.READING_BYTES;

    private final QueuePort port;
    private final Counters counters;
    private final byte[] bytes = new byte[BURST];
    private CountedQueue queue = new CountedQueue(1);
    private boolean broken;
    private boolean overran;
    private boolean timeLost;
    private long lastNs;

    CountedDriver(QueuePort port, Counters counters) {
        this.port = port;
        this.counters = counters;
    }

    @Override
    public void start(double wantedHz) throws I2cException {
        port.start(wantedHz);
        port.restartQueue();
        queue = new CountedQueue(port.rateHz());
        broken = false;
        overran = false;
        timeLost = false;
        lastNs = 0;
    }

    @Override
    public boolean running() throws I2cException {
        return port.running();
    }

    @Override
    public double rateHz() {
        return port.rateHz();
    }

    @Override
    public double ticksPerSecond() {
        return port.rateHz();
    }

    @Override
    public int drain(NanoClock time, ReadingSink sink) throws I2cException {
        int waiting = port.waiting();
        long arrivalNs = time.nowNs();
        if (broken || (waiting + CountedQueue.READING_BYTES > port.capacity() && port.overran())) {
            loseAll(arrivalNs);
            return 0;
        }
        int length = waiting - waiting % CountedQueue.READING_BYTES;
        for (int left = length; left > 0; left -= BURST) {
            burst(Math.min(left, BURST), arrivalNs, sink);
        }
        lastNs = length > 0 ? arrivalNs : lastNs;
        return length;
    }

    @Override
    public boolean overran() {
        boolean did = overran;
        overran = false;
        return did;
    }

    @Override
    public boolean timeLost() {
        boolean did = timeLost;
        timeLost = false;
        return did;
    }

    @Override
    public double temperatureC() throws I2cException {
        return port.temperatureC();
    }

    private void burst(int length, long arrivalNs, ReadingSink sink) throws I2cException {
        try {
            port.read(bytes, length);
        } catch (I2cException e) {
            // A chip that was not addressed gave nothing away; any other end may be in the middle.
            broken |= e.fault() != Fault.NO_ANSWER;
            throw e;
        }
        queue.take(bytes, length, arrivalNs, sink);
    }

    private void loseAll(long nowNs) throws I2cException {
        port.restartQueue();
        if (lastNs != 0) {
            counters.add(Counter.SAMPLES_LOST, Math.round((nowNs - lastNs) * 1e-9 * port.rateHz()));
            lastNs = nowNs;
        }
        broken = false;
        overran = true;
        timeLost = true;
        queue.restart();
    }
}
