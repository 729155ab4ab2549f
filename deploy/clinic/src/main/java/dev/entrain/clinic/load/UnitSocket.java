package dev.entrain.clinic.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Just so much of MQTT 5 as an emulated unit speaks, on one non-blocking socket; thousands fit into one thread. */
final class UnitSocket {
    private static final int CONNECT = 0x10;
    private static final int CONNACK = 0x20;
    private static final int PUBLISH = 0x30;
    private static final int PUBACK = 0x40;
    private static final int SUBSCRIBE = 0x82;
    private static final int SUBACK = 0x90;
    private static final int DISCONNECT = 0xE0;
    private static final int KEEP_ALIVE_S = 120;
    private static final int LARGEST_OUT = 4 << 20;

    /** Hears what the broker says. */
    interface Listener {
        /** The broker took the connection. */
        void onConnected();

        /** The subscription stands. */
        void onSubscribed();

        /** A message came. */
        void onMessage(String topic, byte[] payload);
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Listener listener;
    private final String clientId;
    private ByteBuffer in = ByteBuffer.allocate(512);
    private ByteBuffer out = ByteBuffer.allocate(1024);
    private int nextId = 1;

    UnitSocket(Selector selector, InetSocketAddress to, String clientId, Listener listener, Object attachment)
            throws IOException {
        this.listener = listener;
        this.clientId = clientId;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(to);
        key = channel.register(selector, SelectionKey.OP_CONNECT, attachment);
    }

    /** Does what the selector says can be done. */
    void ready() throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.isConnectable() && channel.finishConnect()) {
            key.interestOps(SelectionKey.OP_READ);
            connect();
        }
        if (key.isValid() && key.isReadable()) {
            read();
        }
        if (key.isValid() && key.isWritable()) {
            flush();
        }
    }

    void publish(String topic, byte[] payload, int qos) throws IOException {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        int length = 2 + name.length + (qos > 0 ? 2 : 0) + 1 + payload.length;
        begin(PUBLISH | (qos << 1), length);
        text(name);
        if (qos > 0) {
            out.putShort((short) id());
        }
        out.put((byte) 0);
        out.put(payload);
        flush();
    }

    void subscribe(String filter) throws IOException {
        byte[] name = filter.getBytes(StandardCharsets.UTF_8);
        begin(SUBSCRIBE, 2 + 1 + 2 + name.length + 1);
        out.putShort((short) id());
        out.put((byte) 0);
        text(name);
        out.put((byte) 1);
        flush();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
            key.cancel();
        }
    }

    private void connect() throws IOException {
        byte[] name = clientId.getBytes(StandardCharsets.UTF_8);
        begin(CONNECT, 6 + 1 + 1 + 2 + 1 + 2 + name.length);
        text("MQTT".getBytes(StandardCharsets.UTF_8));
        out.put((byte) 5).put((byte) 0x02).putShort((short) KEEP_ALIVE_S).put((byte) 0);
        text(name);
        flush();
    }

    private void read() throws IOException {
        if (!in.hasRemaining()) {
            in.flip();
            in = ByteBuffer.allocate(2 * in.capacity()).put(in);
        }
        if (channel.read(in) < 0) {
            throw new EOFException("the broker closed the connection");
        }
        in.flip();
        for (int packet = packetLength(); packet > 0 && packet <= in.remaining(); packet = packetLength()) {
            int end = in.position() + packet;
            int limit = in.limit();
            in.limit(end);
            dispatch();
            in.limit(limit).position(end);
        }
        in.compact();
    }

    /** Length of the packet at the position with its header, or 0 if not even that is there. */
    private int packetLength() {
        int value = 0;
        for (int i = 1; i <= 4 && in.position() + i < in.limit(); i++) {
            int b = in.get(in.position() + i);
            value |= (b & 0x7F) << (7 * (i - 1));
            if ((b & 0x80) == 0) {
                return 1 + i + value;
            }
        }
        return 0;
    }

    private void dispatch() throws IOException {
        int type = in.get() & 0xFF;
        while ((in.get() & 0x80) != 0) {
            // The length was read before.
        }
        switch (type & 0xF0) {
            case CONNACK -> {
                in.get();
                refuse(in.get() & 0xFF, "CONNACK");
                listener.onConnected();
            }
            case SUBACK -> {
                refuse(in.get(in.limit() - 1) & 0xFF, "SUBACK");
                listener.onSubscribed();
            }
            case PUBLISH -> message(type);
            case DISCONNECT -> throw new IOException("the broker ends the connection");
            default -> {
                // PUBACK means nothing to a unit; PINGRESP neither.
            }
        }
    }

    private void message(int type) throws IOException {
        byte[] name = new byte[in.getShort() & 0xFFFF];
        in.get(name);
        int id = (type & 0x06) == 0 ? 0 : in.getShort() & 0xFFFF;
        int properties = in.get() & 0x7F;
        in.position(in.position() + properties);
        byte[] payload = new byte[in.remaining()];
        in.get(payload);
        if (id != 0) {
            begin(PUBACK, 2);
            out.putShort((short) id);
            flush();
        }
        listener.onMessage(new String(name, StandardCharsets.UTF_8), payload);
    }

    private static void refuse(int code, String what) throws IOException {
        if (code >= 0x80) {
            throw new IOException(what + " says no: reason code " + code);
        }
    }

    private int id() {
        nextId = nextId % 0xFFFF + 1;
        return nextId;
    }

    private void begin(int type, int length) throws IOException {
        int needed = out.position() + length + 5;
        if (needed > LARGEST_OUT) {
            throw new IOException("the broker does not read");
        }
        if (needed > out.capacity()) {
            out = ByteBuffer.wrap(Arrays.copyOf(out.array(), Math.max(needed, 2 * out.capacity())))
                    .position(out.position());
        }
        out.put((byte) type);
        int rest = length;
        do {
            int low = rest & 0x7F;
            rest >>>= 7;
            out.put((byte) (rest > 0 ? low | 0x80 : low));
        } while (rest > 0);
    }

    private void text(byte[] bytes) {
        out.putShort((short) bytes.length).put(bytes);
    }

    private void flush() throws IOException {
        if (!key.isValid()) {
            throw new EOFException("the connection is closed");
        }
        out.flip();
        channel.write(out);
        boolean more = out.hasRemaining();
        out.compact();
        key.interestOps(SelectionKey.OP_READ | (more ? SelectionKey.OP_WRITE : 0));
    }
}
