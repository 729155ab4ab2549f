"""A TCP relay on loopback that can become a black hole: connections stay open and nothing comes through."""

import socket
import threading

CHUNK = 65536
POLL_S = 0.2


class Proxy:
    """Relays to a port until told to swallow. Bytes swallowed are lost, as on a line that is cut; the line is then reset."""

    def __init__(self, to_port):
        self.to_port = to_port
        self.hole = threading.Event()
        self.swallowed = 0
        self._ended = False
        self._pairs = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def swallow(self):
        """From now on nothing comes through; new connections are accepted and hear nothing."""
        self.hole.set()

    def relay(self):
        """Lets bytes through again, on new connections: what was open meanwhile has a hole in it and is reset."""
        with self._lock:
            pairs, self._pairs = self._pairs, set()
        self.hole.clear()
        for pair in pairs:
            for end in pair:
                _reset(end)

    def close(self):
        self._ended = True
        self._listener.close()
        self.relay()

    def _accept(self):
        while not self._ended:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near):
        try:
            far = socket.create_connection(("127.0.0.1", self.to_port), timeout=2)
        except OSError:
            if self.hole.is_set():  # Nobody answers, and nobody says so.
                with self._lock:
                    self._pairs.add((near,))
            else:
                _reset(near)
            return
        pair = (near, far)
        with self._lock:
            self._pairs.add(pair)
        for ends in (pair, pair[::-1]):
            threading.Thread(target=self._copy, args=(*ends, pair), daemon=True).start()

    def _copy(self, source, sink, pair):
        source.settimeout(POLL_S)
        try:
            while not self._ended:
                try:
                    data = source.recv(CHUNK)
                except TimeoutError:
                    continue
                if self.hole.is_set():
                    self.swallowed += len(data)
                    if not data:
                        return  # The end of the line is swallowed too: the other side hears nothing.
                    continue
                if not data:
                    break
                sink.settimeout(10)
                sink.sendall(data)
        except OSError:
            pass
        with self._lock:
            gone = pair in self._pairs and not self.hole.is_set()
            if gone:
                self._pairs.discard(pair)
        if gone:
            for end in pair:
                _reset(end)


def _reset(end):
    try:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        end.close()
    except OSError:
        pass
