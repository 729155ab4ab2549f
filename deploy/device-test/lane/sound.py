"""Reads the sound that came out of the unit's card, and finds the beats in it."""

import array
import pathlib
import sys

RATE_HZ = 48_000
BLOCK = 48  # frames: 1 ms
ONSET = 0.004  # of full scale, -48 dBFS: beats are played at -18, the rest is digital silence
GAP_MS = 120  # so long quiet before counts as an onset; beats at 160 a minute are 375 ms apart
BEAT_MS = 300  # what sounds for longer is a word, or a word over beats


class Run:
    """Something that sounds between two silences: first frame that isn't silent, and the last millisecond that is loud."""

    def __init__(self, first_frame, last_ms):
        self.frame = first_frame
        self.begins_s, self.ends_s = first_frame / RATE_HZ, (last_ms + 1) / 1000

    @property
    def is_words(self):
        return (self.ends_s - self.begins_s) * 1000 > BEAT_MS


class Sound:
    """A capture. QEMU completes the header only when it ends in order, so the size counts."""

    def __init__(self, path):
        data = pathlib.Path(path).read_bytes()
        start = data.find(b"data") + 8
        body = data[start : start + (len(data) - start) // 4 * 4]
        self.samples = array.array("h")  # left and right in turn
        self.samples.frombytes(body)
        if sys.byteorder == "big":
            self.samples.byteswap()
        step = 2 * BLOCK
        blocks = (self.samples[i : i + step] for i in range(0, len(self.samples) - step + 1, step))
        self.level = [max(max(b), -min(b)) / 32768 for b in blocks]  # a value a millisecond

    def runs(self, from_s=0.0, to_s=None):
        """What sounds in a part of the capture, in order."""
        found, since, last = [], None, None
        end = len(self.level) if to_s is None else min(len(self.level), int(to_s * 1000))
        for ms in range(int(from_s * 1000), end):
            if self.level[ms] >= ONSET:
                if last is None or ms - last > GAP_MS:
                    if since is not None:
                        found.append(Run(self._begin(since), last))
                    since = ms
                last = ms
        if since is not None:
            found.append(Run(self._begin(since), last))
        return found

    def onsets(self, from_s=0.0, to_s=None):
        """Moments at which something begins after quiet, s from the start of the capture."""
        return [run.begins_s for run in self.runs(from_s, to_s)]

    def _begin(self, ms):
        """The first frame that isn't silent of what is loud at ms: back to where a millisecond of silence ends."""
        while ms > 0 and self.level[ms - 1] > 0:
            ms -= 1
        frame = ms * BLOCK
        while not self.samples[2 * frame] and not self.samples[2 * frame + 1]:
            frame += 1
        return frame


def frames_so_far(path):
    """Length of a capture that still grows, s."""
    try:
        return max(0, pathlib.Path(path).stat().st_size - 44) / 4 / RATE_HZ
    except OSError:
        return 0.0
