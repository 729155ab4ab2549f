package dev.entrain.clinic.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that Paho gets: TLS, if any, is done inside and before Paho reads or writes. Paho 1.2.5 has two faults that
 * this keeps from us: it overwrites the parameters of a TLS socket of its own, and when a line breaks within 100 ms of
 * its opening (so whenever a broker refuses a certificate) the thread that opened it waits for ever, one for each attempt.
 */
final class LineSockets extends SocketFactory {
    /** Paho looks every 100 ms whether its reader began; a line that ends earlier than this seems to end then. */
    private static final long FIRST_READ_NS = 1_000_000_000L;

    private final @Nullable SSLSocketFactory tls;

    /** With TLS, or without where null. */
    LineSockets(@Nullable SSLSocketFactory tls) {
        this.tls = tls;
    }

    /** Returns the broker as Paho is told of it. */
    static String uri(BrokerConfig config) {
        return "tcp://" + config.uri().getHost() + ":" + config.uri().getPort();
    }

    @Override
    public Socket createSocket() throws IOException {
        return new Line(tls == null ? new Socket() : tls.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new SocketException("not used by Paho");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw new SocketException("not used by Paho");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new SocketException("not used by Paho");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw new SocketException("not used by Paho");
    }

    /** What Paho calls of a socket, and nothing else, goes to the one inside. */
    private static final class Line extends Socket {
        private final Socket inside;

        Line(Socket inside) {
            this.inside = inside;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMs) throws IOException {
            try {
                inside.connect(endpoint, timeoutMs);
                if (inside instanceof SSLSocket secured) {
                    inside.setSoTimeout(timeoutMs);
                    secured.startHandshake();
                }
            } catch (IOException e) {
                inside.close();
                throw e;
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new LateEnd(inside.getInputStream());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return inside.getOutputStream();
        }

        @Override
        public void setSoTimeout(int timeoutMs) throws SocketException {
            inside.setSoTimeout(timeoutMs);
        }

        @Override
        public int getSoTimeout() throws SocketException {
            return inside.getSoTimeout();
        }

        @Override
        public boolean isConnected() {
            return inside.isConnected();
        }

        @Override
        public boolean isClosed() {
            return inside.isClosed();
        }

        @Override
        public void shutdownInput() throws IOException {
            inside.shutdownInput();
        }

        @Override
        public void close() throws IOException {
            inside.close();
        }
    }

    /** Gives the line's first bytes at once, but its end, if it comes before them, not sooner than Paho can bear. */
    private static final class LateEnd extends FilterInputStream {
        private boolean begun;

        LateEnd(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (begun) {
                return in.read(bytes, offset, length);
            }
            try {
                int count = in.read(bytes, offset, length);
                hold(count < 0);
                return count;
            } catch (SocketTimeoutException e) {
                throw e; // Nothing yet; Paho asks again.
            } catch (IOException e) {
                hold(true);
                throw e;
            }
        }

        private void hold(boolean ended) {
            begun = true;
            if (ended) {
                LockSupport.parkNanos(this, FIRST_READ_NS);
            }
        }
    }
}
