"""The right insole: speaks sensor-protocol/PROTOCOL.md on the emulated USB-serial bridge, in the unit's time.

An emulated unit's time may run slower than the host's, so the insole goes by the unit's clock (clock.py). Left and right so
keep step to a few hundredths of a second, however busy the host is.
"""

import math
import select
import socket
import struct
import threading
import time

from .guest import Patience

TICKS_HZ = 1_000_000
RATE_HZ = 200
BATCH = 4
ACC_RANGE_MG, GYR_RANGE_DDPS = 16_000, 20_000
SERIAL = 0xE77A_1000_0000_0072
TABLE = []
for n in range(256):
    for _ in range(8):
        n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
    TABLE.append(n)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def frame(kind, payload):
    raw = bytes((0x10, kind)) + payload
    raw += struct.pack("<I", crc32c(raw))
    return b"".join(bytes((len(part) + 1,)) + part for part in raw.split(b"\0")) + b"\0"


def unframe(encoded):
    """Kind and payload of one frame without its zero, None if it is damaged."""
    raw, at = bytearray(), 0
    while at < len(encoded):
        distance = encoded[at]
        raw += encoded[at + 1 : at + distance]
        at += distance
        if at < len(encoded):
            raw.append(0)
    if at != len(encoded) or len(raw) < 6 or struct.unpack("<I", raw[-4:])[0] != crc32c(raw[:-4]):
        return None
    return raw[1], bytes(raw[2:-4])


class SerialInsole:
    """Plugged in while connected: the emulated bridge is on the bus only as long as somebody holds its socket."""

    def __init__(self, path, foot, skew_ppm=40):
        self.path, self.foot, self.skew = path, foot, 1 + skew_ppm * 1e-6
        self.clock = None
        self.play_at = None
        self.sent = 0
        self._stop = threading.Event()
        self._thread = None

    def plug(self, clock, limit_s=30):
        """Plugs it in; false if the unit does not tell its time."""
        until = time.monotonic() + limit_s * Patience.times
        while clock.now() is None:
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        self.clock = clock
        self._stop.clear()
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._line.connect(str(self.path))
        self._power_on = clock.now()
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()
        return True

    def unplug(self):
        self._stop.set()
        if self._thread:
            self._thread.join(5)
            self._line.close()
            self._thread = None

    def play(self, at_s):
        """The walk begins at this moment of the unit's clock; before it the foot stands."""
        self.play_at = at_s

    def still(self):
        self.play_at = None

    def _own_s(self, now):
        return (now - self._power_on) * self.skew

    def _hello(self):
        text = b"emulated"
        return frame(1, struct.pack("<QIIHHBBBB", SERIAL, TICKS_HZ, RATE_HZ * 1000, ACC_RANGE_MG, GYR_RANGE_DDPS, 32, 2, 0, len(text)) + text)

    def _samples(self, number):
        body = b""
        for k in range(number, number + BATCH):
            at = self._power_on + k / RATE_HZ / self.skew
            acc, gyro = self.foot.at(at - self.play_at if self.play_at is not None else -1.0)
            values = [v / 9.80665 * 1000 / ACC_RANGE_MG * 32768 for v in acc]
            values += [math.degrees(v) * 10 / GYR_RANGE_DDPS * 32768 for v in gyro]
            body += struct.pack("<6h", *(max(-32768, min(32767, round(v))) for v in values))
        ticks = round(number / RATE_HZ * TICKS_HZ) & 0xFFFFFFFF
        head = struct.pack("<IQIIHHBBBB", number, ticks, TICKS_HZ, TICKS_HZ // RATE_HZ * 256, ACC_RANGE_MG, GYR_RANGE_DDPS, 32, BATCH, 0, 0)
        return frame(2, head + body)

    def _answer(self, kind, payload, now):
        token = payload[:4]
        ticks = round(self._own_s(now) * TICKS_HZ)
        if kind == 0x81:
            return self._hello()
        if kind == 0x86:
            return frame(4, token + struct.pack("<QQ", ticks, ticks))
        if kind in (0x82, 0x83):
            self._flowing = kind == 0x82
            if self._flowing:
                self._number = int(self._own_s(now) * RATE_HZ) + 1
        if kind == 0x84:
            wanted = struct.unpack("<I", payload[4:8])[0]
            good = abs(wanted - RATE_HZ * 1000) <= RATE_HZ * 100
            return frame(5, token + bytes((kind, 0 if good else 2))) + (self._hello() if good else b"")
        return frame(5, token + bytes((kind, 0 if kind in (0x82, 0x83, 0x85) else 1)))

    def _live(self):
        try:
            self._talk()
        except OSError:
            pass  # The machine went off.

    def _talk(self):
        self._flowing, self._number = False, 0
        heard, status_due = b"", self.clock.now() + 1
        self._line.sendall(b"\0" + self._hello())
        while not self._stop.is_set():
            readable, _, _ = select.select([self._line], [], [], 0.005)
            if readable:
                more = self._line.recv(4096)
                if not more:
                    return
                heard += more
                *frames, heard = heard.split(b"\0")
                for encoded in filter(None, frames):
                    message = unframe(encoded)
                    if message and message[0] & 0x80:
                        self._line.sendall(self._answer(*message, self.clock.now()))
            now = self.clock.now()
            behind = int(self._own_s(now) * RATE_HZ) - self._number
            if self._flowing and behind > 40 * BATCH:  # Nobody let this program run: what a real one would have had to drop.
                self._number += behind - BATCH
            while self._flowing and self._number + BATCH <= self._own_s(now) * RATE_HZ:
                self._line.sendall(self._samples(self._number))
                self._number += BATCH
                self.sent += BATCH
            if self._flowing and now >= status_due:
                status_due = now + 1
                self._line.sendall(frame(3, struct.pack("<QIHhB", round(self._own_s(now) * TICKS_HZ), 0, 3900, 3000, 88)))
