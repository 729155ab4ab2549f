"""The unit's CLOCK_MONOTONIC, known on the host."""

import socket
import struct
import threading
import time


class UnitClock:
    """Goes by what the unit's ticker tells (kernel/ticker.c).

    Without icount the unit's clock runs with the host's, and the tick that was least on its way tells by how much they differ; with
    icount the unit has a pace of its own, and only its last tick counts.
    """

    def __init__(self, path, own):
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._line.connect(str(path))
        self._own = own
        self._last = None
        self._apart = None
        threading.Thread(target=self._listen, daemon=True).start()

    def now(self):
        """Seconds; None before the first tick."""
        if self._own or self._apart is None:
            return self._last
        return time.monotonic() - self._apart

    def _listen(self):
        rest = b""
        try:
            while True:
                data = self._line.recv(4096)
                if not data:
                    return
                rest += data
                whole = len(rest) // 8 * 8
                if whole:
                    self._last = struct.unpack("<Q", rest[whole - 8 : whole])[0] * 1e-9
                    apart = time.monotonic() - self._last
                    self._apart = apart if self._apart is None else min(self._apart, apart)
                    rest = rest[whole:]
        except OSError:
            return
