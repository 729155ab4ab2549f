package dev.entrain.sim.orders;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Publishes whatever bytes it is given, with QoS 1, as a client of its own make (MQTT 5.0, OASIS 2019, sections 3.1 to 3.4): a
 * library would refuse some of them. Only for a broker on this machine. Not thread-safe.
 */
public final class RawPublisher implements AutoCloseable {
    private static final int CONNECT = 0x10;
    private static final int PUBLISH_QOS_1 = 0x32;
    private static final int PUBLISH_RETAINED = 0x33;
    private static final int PUBACK = 0x40;
    private static final int MESSAGE_EXPIRY = 0x02;
    private static final int VERSION = 5;
    private static final int CLEAN_START = 0x02;
    private static final int REFUSED = 0x80;
    private static final int LIMIT_MS = 20_000;
    private static final int MOST_IDS = 60_000;
    private static final int WINDOW = 20;
    private static final int SEVEN_BITS = 0x7F;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int nextId;
    private int unanswered;

    /**
     * Connects.
     *
     * @param port of the broker on this machine
     * @throws IOException if it does not answer
     */
    public RawPublisher(int port) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MS);
        socket.setSoTimeout(LIMIT_MS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(body);
        fields.writeUTF("MQTT");
        fields.writeByte(VERSION);
        fields.writeByte(CLEAN_START);
        fields.writeShort(0); // No keep-alive.
        fields.writeByte(0); // No properties.
        fields.writeUTF("clinic-of-no-good");
        packet(CONNECT, body.toByteArray());
        out.flush();
        byte[] answer = read();
        if (answer.length < 2 || (answer[1] & REFUSED) != 0) {
            throw new IOException("the broker refused the connection");
        }
    }

    /**
     * Publishes; returns when few enough messages wait for the broker's answer.
     *
     * @param expiryS message expiry, s; -1 for none
     */
    public void publish(String topic, byte[] payload, long expiryS, boolean retained) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(payload.length + 100);
        DataOutputStream fields = new DataOutputStream(body);
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        fields.writeShort(name.length);
        fields.write(name);
        nextId = nextId % MOST_IDS + 1;
        fields.writeShort(nextId);
        if (expiryS < 0) {
            fields.writeByte(0);
        } else {
            fields.writeByte(1 + Integer.BYTES);
            fields.writeByte(MESSAGE_EXPIRY);
            fields.writeInt((int) expiryS);
        }
        fields.write(payload);
        packet(retained ? PUBLISH_RETAINED : PUBLISH_QOS_1, body.toByteArray());
        unanswered++;
        if (unanswered >= WINDOW) {
            drain();
        }
    }

    /** Waits until the broker has answered every message. */
    public void drain() throws IOException {
        out.flush();
        while (unanswered > 0) { // Each answer comes within the limit, or it throws.
            read();
            unanswered--;
        }
    }

    private void packet(int type, byte[] body) throws IOException {
        out.writeByte(type);
        int left = body.length;
        do {
            int low = left & SEVEN_BITS;
            left >>= 7;
            out.writeByte(left > 0 ? low | REFUSED : low);
        } while (left > 0);
        out.write(body);
    }

    /** Reads a packet's body; only CONNACK and PUBACK ever come. */
    private byte[] read() throws IOException {
        int type = in.readUnsignedByte();
        int length = 0;
        for (int shift = 0, more = REFUSED; (more & REFUSED) != 0; shift += 7) { // Four bytes at most.
            more = in.readUnsignedByte();
            length |= (more & SEVEN_BITS) << shift;
        }
        byte[] body = in.readNBytes(length);
        if (type != PUBACK && type != CONNECT << 1) {
            throw new IOException("the broker ended the connection (packet " + type + ")");
        }
        return body;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
