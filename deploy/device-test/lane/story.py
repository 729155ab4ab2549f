"""What the chapters share: the machine and what hangs on it, the clinic, the table; and how a chapter is told."""

import shutil
import subprocess
import time

from .cache import CHECKOUT, StepFailed, run_folder
from .clinic import Clinic
from .guest import Guest, Patience
from .insole import SerialInsole
from .machine import Machine
from .sound import Sound, frames_so_far
from .table import Table
from .walk import simulated

BUTTON, LIGHT = 17, 27
SCRIPT = "stand 3, walk 900"  # longer than any story
FAULTS = {
    "no-audio-group": "the agent's user lacks the group audio",
    "nack": "from the session on, 9 of 10 transfers on the I2C bus are not acknowledged",
    "no-i2c": "the board has no I2C bus",
}


STEADY_TIMES = 5  # a processor of even speed is slower than the one that takes what the host has


class Failed(Exception):
    """A chapter did not go as it must; the text is what was seen."""


class Story:
    def __init__(self, deb, newer_deb, fault=None, steady=False, out=print):
        self.table = Table(out)
        self.fault = fault
        self.folder = run_folder("story")
        self.share = self.folder / "share"
        shutil.copy(deb, self.share / "entrain.deb")
        shutil.copy(newer_deb, self.share / "newer.deb")
        shutil.copy(CHECKOUT / "deploy/device-test/programme.toml", self.share)
        if fault == "no-i2c":
            (self.share / "no-lane_i2c").touch()
        Patience.times = STEADY_TIMES if steady else 1
        self.walk = simulated(SCRIPT)
        (self.share / "left.bin").write_bytes(self.walk.chip_recording("L"))
        self.clinic = Clinic(self.folder)
        self.machine = Machine(self.folder, icount=steady)
        self.guest = Guest(self.machine)
        self.insole = SerialInsole(self.folder / "serial.sock", self.walk.feet["R"])
        self.waiting = None  # records not acknowledged, as last told
        self.played = []  # (boot id, CLOCK_MONOTONIC ns at which the walk began)

    def chapter(self, what, tell, needed=False):
        """Tells one chapter; False if it failed and the next ones make no sense without it."""
        began = time.monotonic()
        try:
            seen, verdict = tell(self), "ok"
        except Failed as failed:
            seen, verdict = str(failed), "FAIL"
        except (StepFailed, OSError, subprocess.SubprocessError, KeyError, IndexError) as error:
            seen, verdict = f"{type(error).__name__}: {error}".replace("\n", " ")[:400], "FAIL"
        self.table.tell(what, verdict, time.monotonic() - began, seen)
        self.clinic.write(self.folder / "records.jsonl")
        return verdict == "ok" or not needed

    def skip(self, what):
        self.table.tell(what, "skipped", 0, "the chapter before it failed")

    def end(self):
        self.insole.unplug()
        self.machine.stop()
        self.clinic.close()

    def power(self):
        """Switches the power on and waits until somebody is home; the seconds it took."""
        self.machine.boot()
        self.clock = self.machine.clock()
        return self.guest.wait()

    # What chapters do again and again.

    def plug_insole(self):
        if not self.insole.plug(self.clock):
            raise StepFailed("the unit's ticker tells nothing")

    def prepare_chip(self):
        """Gives the left chip its recording; after each power-on, as a chip forgets."""
        if self.fault != "no-i2c":
            self.guest.must("cat /lane/left.bin > /sys/kernel/debug/lane/6a/recording")
            self.guest.set("6a/recording_mhz", 208000)
            self.guest.set("6b/unplugged", 1)

    def walk_on(self):
        """Both feet begin the walk at the same moment."""
        if self.fault == "no-i2c":
            self.insole.play(self.insole.clock.now())
            return
        self.guest.set("6a/play", "walk")
        since_ns = self.guest.playing_since()
        self.insole.play(since_ns * 1e-9)
        self.played.append((self.boot_id(), since_ns))

    def walk_began(self, boot):
        """The moment from which on the last walk of a boot counts, with that boot."""
        return boot, max((ns for its, ns in self.played if its == boot), default=0)

    def stand_still(self):
        if self.fault != "no-i2c":
            self.guest.set("6a/play", "still")
        self.insole.still()

    def boot_id(self):
        return self.guest.must("cat /proc/sys/kernel/random/boot_id").strip()

    def press(self, seconds=0.15):
        """The button goes down and up, timed inside the unit."""
        level = "/sys/kernel/debug/lane/gpio/level"
        self.guest.must(f"echo '{BUTTON} 0' > {level}; sleep {seconds}; echo '{BUTTON} 1' > {level}")

    def rest(self, seconds):
        """Lets so many of the unit's own seconds go by."""
        end = self.clock.now() + seconds
        until(lambda: self.clock.now() >= end, seconds * 2)

    def mark(self):
        """Now, on the time axis of the captured sound."""
        return frames_so_far(self.machine.wav())

    def sound(self, boot=None):
        return Sound(self.machine.wav(boot))

    def agent_lines(self, count=6):
        return self.guest.run(f"journalctl -u entrain-agent -b -n {count} -o cat --no-pager").out.strip().replace("\n", " | ")[-500:]


def until(condition, limit_s, every_s=0.25):
    """Waits for a condition; what it gave, or the last falsy thing after limit_s."""
    end = time.monotonic() + limit_s * Patience.times
    while True:
        found = condition()
        if found or time.monotonic() > end:
            return found
        time.sleep(every_s)
