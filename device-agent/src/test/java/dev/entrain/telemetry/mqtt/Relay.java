package dev.entrain.telemetry.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stretch of line that can be cut, or swallow everything without a word. */
final class Relay implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int target;
    private volatile boolean swallowing;

    Relay(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("tcp://127.0.0.1:" + server.getLocalPort());
    }

    /** From now on nothing gets through in either direction, though every connection stands; or again. */
    void swallow(boolean everything) {
        swallowing = everything;
    }

    /** Cuts every connection at once. */
    void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    /** Cuts every connection and takes no more. */
    void end() throws IOException {
        server.close();
        cut();
    }

    @Override
    public void close() throws IOException {
        end();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket near = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(near);
                sockets.add(far);
                Thread.ofVirtual().start(() -> pump(near, far));
                Thread.ofVirtual().start(() -> pump(far, near));
            }
        } catch (IOException e) {
            // The relay was closed, which ends it.
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            byte[] some = new byte[8192];
            boolean lost = swallowing;
            for (int n = from.getInputStream().read(some);
                    n >= 0;
                    n = from.getInputStream().read(some)) {
                lost |= swallowing; // A connection that lost a byte is of no use any more.
                if (!lost) {
                    to.getOutputStream().write(some, 0, n);
                }
            }
        } catch (IOException e) {
            // The line was cut, which ends it.
        }
    }
}
