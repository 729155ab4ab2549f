package dev.entrain.protocol;

import java.util.ArrayList;
import java.util.List;

/** Keeps copies of all it is given. */
final class RecordingSink implements MessageSink {
    final List<Hello> hellos = new ArrayList<>();
    final List<Reading> readings = new ArrayList<>();
    final List<DeviceStatus> statuses = new ArrayList<>();
    final List<Pong> pongs = new ArrayList<>();
    final List<Reply> replies = new ArrayList<>();

    @Override
    public void onHello(Hello hello) {
        hellos.add(hello);
    }

    @Override
    public void onReading(Reading reading) {
        readings.add(copy(reading));
    }

    @Override
    public void onStatus(DeviceStatus status) {
        statuses.add(status);
    }

    @Override
    public void onPong(Pong pong) {
        pongs.add(pong);
    }

    @Override
    public void onReply(Reply reply) {
        replies.add(reply);
    }

    int messages() {
        return hellos.size() + readings.size() + statuses.size() + pongs.size() + replies.size();
    }

    private static Reading copy(Reading from) {
        Reading to = new Reading();
        to.seq = from.seq;
        to.deviceTicks = from.deviceTicks;
        to.tickBits = from.tickBits;
        to.ticksPerSecond = from.ticksPerSecond;
        to.arrivalNs = from.arrivalNs;
        to.axMps2 = from.axMps2;
        to.ayMps2 = from.ayMps2;
        to.azMps2 = from.azMps2;
        to.gxRadps = from.gxRadps;
        to.gyRadps = from.gyRadps;
        to.gzRadps = from.gzRadps;
        to.pressureCells = from.pressureCells;
        System.arraycopy(from.pressure, 0, to.pressure, 0, from.pressureCells);
        return to;
    }
}
