"""Reads the sound that came out of the unit's card, and finds the beats in it."""

import array
import pathlib
import sys

RATE_HZ = 48_000
BLOCK = 48  # frames: 1 ms
ONSET = 0.004  # of full scale, -48 dBFS: beats are played at -18, the rest is digital silence
GAP_MS = 120  # so long quiet before counts as an onset; beats at 160 a minute are 375 ms apart


class Sound:
    """Envelope of a capture, a value a millisecond. QEMU completes the header only when it ends in order, so the size counts."""

    def __init__(self, path):
        data = pathlib.Path(path).read_bytes()
        start = data.find(b"data") + 8
        body = data[start : start + (len(data) - start) // 4 * 4]
        samples = array.array("h")
        samples.frombytes(body)
        if sys.byteorder == "big":
            samples.byteswap()
        step = 2 * BLOCK
        blocks = (samples[i : i + step] for i in range(0, len(samples) - step + 1, step))
        self.level = [max(max(b), -min(b)) / 32768 for b in blocks]

    @property
    def seconds(self):
        return len(self.level) / 1000

    def peak(self, from_s=0.0, to_s=None):
        part = self.level[int(from_s * 1000) : None if to_s is None else int(to_s * 1000)]
        return max(part, default=0.0)

    def onsets(self, from_s=0.0, to_s=None):
        """Moments at which something begins after quiet, s from the start of the capture."""
        found, quiet = [], GAP_MS
        last = len(self.level) if to_s is None else min(len(self.level), int(to_s * 1000))
        for ms in range(int(from_s * 1000), last):
            if self.level[ms] >= ONSET:
                if quiet >= GAP_MS:
                    found.append(ms / 1000)
                quiet = 0
            else:
                quiet += 1
        return found


def frames_so_far(path):
    """Length of a capture that still grows, s."""
    try:
        return max(0, pathlib.Path(path).stat().st_size - 44) / 4 / RATE_HZ
    except OSError:
        return 0.0


def intervals(moments):
    return [b - a for a, b in zip(moments, moments[1:])]
