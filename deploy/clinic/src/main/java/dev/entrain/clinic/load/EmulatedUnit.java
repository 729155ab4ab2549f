package dev.entrain.clinic.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A unit by the contract, without a walker: makes records, keeps each until the clinic says it is stored, sends again on a
 * new connection and after a time-out. For the fleet's thread.
 */
final class EmulatedUnit implements UnitSocket.Listener {
    private static final Pattern UP_TO = Pattern.compile("\"up_to\"\\s*:\\s*(\\d+)");
    private static final int MOST_RECORDS = 64;
    private static final int RECORDS_A_MESSAGE = 5;
    private static final int RESENT_AT_ONCE = 8;
    private static final int MOST_PATIENCE = 4;
    private static final long RECONNECT_NS = 500_000_000L;

    /** A record that waits. */
    private record Waiting(long seq, String word, String fields) {}

    /** A message of records made together, for its time from the first publish to the acknowledgement. */
    private record Sent(long lastSeq, long atNs) {}

    private final String name;
    private final String boot = UUID.randomUUID().toString();
    private final String session = UUID.randomUUID().toString();
    private final FleetPlan plan;
    private final Latencies latencies;
    private final RandomGenerator random;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private @Nullable UnitSocket socket;
    private boolean up;
    private long seq;
    private long made;
    private long dueNs;
    private long retryNs;
    private long patienceNs;
    private long progressNs;
    private long reconnectNs;

    EmulatedUnit(String name, FleetPlan plan, Latencies latencies, long nowNs, RandomGenerator random) {
        this.name = name;
        this.plan = plan;
        this.latencies = latencies;
        this.random = random;
        patienceNs = plan.resendNs();
        reconnectNs = nowNs;
        seq = random.nextLong(1, 100_000);
    }

    String name() {
        return name;
    }

    String boot() {
        return boot;
    }

    long made() {
        return made;
    }

    int waitingRecords() {
        return waiting.size();
    }

    boolean up() {
        return up;
    }

    @Nullable
    UnitSocket socket() {
        return socket;
    }

    boolean wantsConnection(long nowNs) {
        return socket == null && reconnectNs - nowNs <= 0;
    }

    void connecting(UnitSocket fresh) {
        socket = fresh;
    }

    void lost(long nowNs) {
        if (socket != null) {
            socket.close();
        }
        socket = null;
        up = false;
        reconnectNs = nowNs + random.nextLong(RECONNECT_NS);
    }

    /** Makes the first records: a session begins, and what the clock means. */
    void begin(long nowNs) throws IOException {
        make("clock", "\"t_ns\":" + nowNs + ",\"utc\":\"" + Instant.now() + "\",\"error_s\":0.02", nowNs);
        make(
                "session",
                "\"session\":\"" + session + "\",\"t_ns\":" + nowNs
                        + ",\"state\":\"started\",\"programme\":\"plain\",\"condition\":\"adaptive\",\"simulated\":true",
                nowNs);
    }

    void end(long nowNs) throws IOException {
        make(
                "session",
                "\"session\":\"" + session + "\",\"t_ns\":" + nowNs
                        + ",\"state\":\"ended\",\"programme\":\"plain\",\"condition\":\"adaptive\",\"simulated\":true,\"end\":\"plain\"",
                nowNs);
    }

    /** Does what is due. */
    void tick(long nowNs, boolean making) throws IOException {
        if (making && made == 0) {
            dueNs = nowNs + random.nextLong(plan.periodNs());
            begin(nowNs);
        }
        if (making && dueNs - nowNs <= 0) {
            dueNs += plan.periodNs();
            sendState(nowNs);
            makeEvents(nowNs);
        }
        if (up && !waiting.isEmpty() && nowNs - Math.max(progressNs, retryNs) > patienceNs) {
            // Twice as long after each time in vain: what is only slow must not be drowned in repetitions.
            patienceNs = Math.min(MOST_PATIENCE * plan.resendNs(), 2 * patienceNs);
            resend(nowNs);
        }
    }

    @Override
    public void onConnected() {
        try {
            if (socket != null) {
                socket.subscribe("gait/v1/" + name + "/down/ack");
            }
        } catch (IOException e) {
            lost(System.nanoTime());
        }
    }

    @Override
    public void onSubscribed() {
        up = true;
        long nowNs = System.nanoTime();
        progressNs = nowNs;
        try {
            resend(nowNs);
        } catch (IOException e) {
            lost(nowNs);
        }
    }

    @Override
    public void onMessage(String topic, byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        Matcher upTo = UP_TO.matcher(text);
        if (!text.contains(boot) || !upTo.find()) {
            return;
        }
        long acknowledged = Long.parseLong(upTo.group(1));
        long nowNs = System.nanoTime();
        boolean any = false;
        while (!waiting.isEmpty() && waiting.getFirst().seq() <= acknowledged) {
            waiting.removeFirst();
            any = true;
        }
        while (!sent.isEmpty() && sent.getFirst().lastSeq() <= acknowledged) {
            latencies.add(nowNs - sent.removeFirst().atNs());
        }
        if (any) {
            patienceNs = plan.resendNs();
            progressNs = nowNs;
        }
    }

    private void make(String word, String fields, long nowNs) throws IOException {
        long after = waiting.isEmpty() ? 0 : waiting.getLast().seq();
        seq += random.nextInt(1, 3);
        Waiting record = new Waiting(seq, word, fields);
        waiting.addLast(record);
        made++;
        send(List.of(record), after);
        sent.addLast(new Sent(seq, nowNs));
    }

    private void makeEvents(long nowNs) throws IOException {
        long after = waiting.isEmpty() ? 0 : waiting.getLast().seq();
        List<Waiting> batch = new ArrayList<>();
        for (int i = 0; i < RECORDS_A_MESSAGE; i++) {
            seq++;
            String foot = i % 2 == 0 ? "L" : "R";
            String tail = switch (i) {
                case 0, 1 ->
                    "\"kind\":\"step\",\"step_duration_s\":0.5431,\"cadence_spm\":110.4,\"confidence\":0.93,\"cue_id\":"
                            + seq + ",\"asynchrony_ms\":-21.25";
                case 2 ->
                    "\"kind\":\"stride\",\"start_ns\":" + (nowNs - 1_086_000_000L)
                            + ",\"stride_duration_s\":1.0862,\"stance_fraction\":0.617,\"double_support_pct\":23.1,\"stride_length_m\":1.214,"
                            + "\"stride_length_sd_m\":0.031,\"speed_mps\":1.118,\"clearance_m\":0.021,\"turn_deg\":1.9";
                default ->
                    "\"kind\":\"cue\",\"cue_id\":" + seq + ",\"frame\":" + nowNs / 20_833
                            + ",\"period_s\":0.5435,\"voice\":\"tick\"";
            };
            batch.add(new Waiting(
                    seq,
                    "ev",
                    tail + ",\"session\":\"" + session + "\",\"t_ns\":" + nowNs + ",\"decided_ns\":" + nowNs
                            + ",\"foot\":\"" + foot + "\""));
        }
        made += batch.size();
        waiting.addAll(batch);
        send(batch, after);
        sent.addLast(new Sent(seq, nowNs));
    }

    private void sendState(long nowNs) throws IOException {
        if (up && socket != null) {
            String state = "{\"v\":3,\"boot\":\"" + boot + "\",\"t_ns\":" + nowNs
                    + ",\"walking\":true,\"cueing\":true,\"cadence_spm\":110.4,\"left\":{\"phase\":0.25},\"right\":{\"phase\":0.75},"
                    + "\"recorded\":{\"steps\":" + made + ",\"strides\":0,\"cues\":0},\"counters\":{}}";
            socket.publish("gait/v1/" + name + "/up/state", state.getBytes(StandardCharsets.UTF_8), 0);
        }
    }

    /** Sends the oldest records once more, some messages at a time; what they bring forward brings the next. */
    private void resend(long nowNs) throws IOException {
        retryNs = nowNs;
        long after = 0;
        List<Waiting> batch = new ArrayList<>();
        int messages = 0;
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext() && messages < RESENT_AT_ONCE; ) {
            Waiting next = all.next();
            boolean apart = !batch.isEmpty()
                    && (!next.word().equals("ev")
                            || !batch.getLast().word().equals("ev")
                            || batch.size() == MOST_RECORDS);
            if (apart) {
                send(batch, after);
                messages++;
                after = batch.getLast().seq();
                batch = new ArrayList<>();
            }
            batch.add(next);
        }
        if (!batch.isEmpty() && messages < RESENT_AT_ONCE) {
            send(batch, after);
        }
    }

    private void send(List<Waiting> batch, long afterSeq) throws IOException {
        if (!up || socket == null) {
            return;
        }
        String word = batch.getFirst().word();
        StringBuilder text = new StringBuilder(256 + 300 * batch.size());
        text.append("{\"v\":3,\"boot\":\"")
                .append(boot)
                .append("\",\"after_seq\":")
                .append(afterSeq);
        if (word.equals("ev")) {
            text.append(",\"events\":[");
            for (int i = 0; i < batch.size(); i++) {
                Waiting record = batch.get(i);
                text.append(i == 0 ? "" : ",")
                        .append("{\"seq\":")
                        .append(record.seq())
                        .append(',');
                text.append(record.fields()).append('}');
            }
            text.append(']');
        } else {
            text.append(",\"seq\":")
                    .append(batch.getFirst().seq())
                    .append(',')
                    .append(batch.getFirst().fields());
        }
        socket.publish(
                "gait/v1/" + name + "/up/" + word, text.append('}').toString().getBytes(StandardCharsets.UTF_8), 1);
    }
}
