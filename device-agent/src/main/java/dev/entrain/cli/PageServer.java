package dev.entrain.cli;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Serves the clinic's page on loopback. */
final class PageServer implements AutoCloseable {
    private final HttpServer server;

    /**
     * Starts serving.
     *
     * @param port port, 0 for a free one
     * @throws IOException if the page was not built or the port is taken
     */
    PageServer(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            server = SimpleFileServer.createFileServer(
                    address,
                    Home.resolve("deploy/clinic/dashboard/dist")
                            .toAbsolutePath()
                            .normalize(),
                    SimpleFileServer.OutputLevel.NONE);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof BindException) {
                throw new IOException("port " + port + " of this machine is taken; choose another --port", e);
            }
            throw e;
        }
        server.start();
    }

    /** Returns the address a browser opens. */
    String address(int webSocketPort) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/?ws=" + webSocketPort;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
