"""The walk that both insoles play: made by `entrain simulate`, given to the kernel module and to the serial insole."""

import bisect
import csv
import hashlib
import itertools
import math
import pathlib
import struct
import subprocess

from .cache import CACHE, CHECKOUT, StepFailed

G_MPS2 = 9.80665


class Foot:
    """What one sensor measures over the walk."""

    def __init__(self):
        self.times, self.acc_mps2, self.gyro_radps = [], [], []

    def at(self, t_s):
        """Reading at a moment of the walk, between two samples of it; before and after it stands still."""
        i = bisect.bisect_right(self.times, t_s)
        if i == 0 or i == len(self.times):
            edge = 0 if i == 0 else -1
            return self.acc_mps2[edge], self.gyro_radps[edge]
        part = (t_s - self.times[i - 1]) / (self.times[i] - self.times[i - 1])

        def mix(values):
            return tuple(a + (b - a) * part for a, b in zip(values[i - 1], values[i]))

        return mix(self.acc_mps2), mix(self.gyro_radps)


class Walk:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.feet = {"L": Foot(), "R": Foot()}
        self.rate_hz = 208.0
        with open(self.folder / "recording.csv", newline="") as file:
            rows = csv.DictReader(line for line in file if not line.startswith("#"))
            for row in rows:
                foot = self.feet[row["foot"]]
                foot.times.append(float(row["t_s"]))
                foot.acc_mps2.append(tuple(float(row[f"a{axis}_mps2"]) for axis in "xyz"))
                foot.gyro_radps.append(tuple(float(row[f"g{axis}_radps"]) for axis in "xyz"))

    def contacts_by_foot(self):
        """Moments of the walk at which each foot touches the ground, s."""
        with open(self.folder / "truth.csv", newline="") as file:
            rows = [row for row in csv.DictReader(line for line in file if not line.startswith("#")) if row["event"] == "IC"]
        return {foot: sorted(float(row["t_s"]) for row in rows if row["foot"] == foot) for foot in "LR"}

    def chip_recording(self, foot):
        """The bytes the kernel module plays: six s32 a reading, mdps and micro-g (kernel/lsm6dsox.c)."""
        track = self.feet[foot]
        gyro = ([round(math.degrees(v) * 1000) for v in values] for values in track.gyro_radps)
        acc = ([round(v / G_MPS2 * 1e6) for v in values] for values in track.acc_mps2)
        return b"".join(struct.pack("<6i", *itertools.chain(g, a)) for g, a in zip(gyro, acc))


def simulated(script):
    """A walk from the cache; the same script gives the same walk."""
    folder = CACHE / "walks" / hashlib.sha256(script.encode()).hexdigest()[:16]
    if not (folder / "truth.csv").exists():
        command = [CHECKOUT / "deploy/entrain", "simulate", "--scenario=healthy", f"--script={script}", "--rate=208", "--seed=7", f"--out={folder}"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise StepFailed("entrain simulate: " + (done.stderr or done.stdout)[-400:])
    return Walk(folder)
