package dev.entrain.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demo's Mosquitto: loopback only, nothing kept.
 *
 * @param tcpPort where units and receivers connect
 */
record DemoBroker(int tcpPort) {
    private static final int ATTEMPTS = 100;
    private static final double ATTEMPT_S = 0.1;
    private static final int CONNECT_MS = 200;

    /** Takes a port that is free now. */
    static DemoBroker choosePort() throws IOException {
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new DemoBroker(tcp.getLocalPort());
        }
    }

    /** Starts Mosquitto with the demo's configuration. */
    ChildProcess start(Path folder) throws IOException {
        Path mosquitto = Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("Mosquitto is not installed: apt-get install mosquitto"));
        String config = Files.readString(Home.resolve("deploy/broker/mosquitto-demo.conf.in"))
                .replace("@TCP_PORT@", Integer.toString(tcpPort))
                .replace("@USER@", System.getProperty("user.name"));
        Path file = Files.writeString(folder.resolve("mosquitto.conf"), config);
        return new ChildProcess(
                "Mosquitto", List.of(mosquitto.toString(), "-c", file.toString()), folder.resolve("mosquitto.log"));
    }

    /** Waits until it answers. */
    void await(ChildProcess broker, Ending ending) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            broker.check();
            if (answers(tcpPort) || ending.await(ATTEMPT_S)) {
                return;
            }
        }
        throw new IOException("Mosquitto does not answer on port " + tcpPort + "; is another program in the way?");
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
