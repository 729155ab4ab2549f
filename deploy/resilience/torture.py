"""Kills agent, broker and receiver at random moments and treats them badly otherwise; then accepted must equal stored."""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from audit import Verdict, confirmed, journal, stored, waiting
from parts import HOME, Broker, Database, Receiver, TortureError, Unit, answers, await_
from proxy import Proxy

DRAIN_S = 300
YEAR_DAYS = 365


class Torture:
    """Everything under torture, and the list of what is done to it."""

    def __init__(self, folder, disk, units, seed):
        self.folder = folder
        self.disk = disk
        self.random = random.Random(seed)
        self.counts = {}
        self.accepted = {f"unit-{n}": {} for n in range(1, units + 1)}
        self.due = []  # (when, what to bring back)
        self.ended = set()  # by us, in good order
        self.broker = Broker(folder)
        self.database = Database(folder)
        self.unit_line = Proxy(self.broker.port)
        self.clinic_line = Proxy(self.broker.port)
        walk = self._walk()
        self.receivers = [Receiver(folder, n, self.clinic_line.port, self.database) for n in (1, 2)]
        self.units = [Unit(folder, name, self.unit_line.port, walk, disk) for name in self.accepted]

    def _walk(self):
        walk = self.folder / "walk"
        done = subprocess.run(
            [HOME / "deploy/entrain", "simulate", "--scenario", "healthy", "--seconds", "120", "--out", walk],
            capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise TortureError(f"no walk could be made: {done.stderr.strip()}")
        return walk / "recording.csv"

    def start(self):
        self.broker.start()
        self.database.start()
        self.database.create()
        await_("the broker", lambda: answers(self.broker.port), 20, self.broker)
        for receiver in self.receivers:
            receiver.start()
            await_(receiver.name, lambda r=receiver: "ready" in r.tail(200), 90, receiver)
        for unit in self.units:
            unit.start_insoles()
            unit.start()

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    def kills(self):
        return self.broker.kills + sum(part.kills for part in [*self.receivers, *self.units])

    # What may happen, and how often against each other.

    def kill_broker(self):
        if not self.broker.alive():
            return
        self.broker.kill()
        self.count("broker killed")
        if self.random.random() < 0.2:
            self.broker.wipe()
            self.count("broker's memory wiped")
        self._later(self.random.choice((0.1, 0.5, 2, 5)), self.broker.start)

    def kill_receiver(self):
        receiver = self.random.choice(self.receivers)
        if receiver.alive():
            receiver.kill()
            self.count("receiver killed")
            self._later(self.random.choice((0.1, 1, 4)), receiver.start)

    def kill_unit(self):
        unit = self.random.choice(self.units)
        if not unit.alive():
            return
        unit.kill()
        self.count("unit killed")
        self._take_account(unit)
        if self.random.random() < 0.25:
            unit.reboot()
            self.count("unit booted anew")
        self._later(self.random.choice((0.1, 0.5, 2)), unit.start)

    def black_hole(self):
        line = self.random.choice((self.unit_line, self.clinic_line))
        if not line.hole.is_set():
            line.swallow()
            self.count("line became a black hole")
            self._later(self.random.choice((3, 20, 60)), line.relay)

    def fill_disk(self):
        full = self.disk / "filler"
        if full.exists():
            return
        for unit in self.units:
            self._take_account(unit)  # What the clinic has may give way now.
        with full.open("wb") as file:
            block = bytes(1 << 16)
            try:
                while True:
                    file.write(block)
            except OSError:
                pass
        self.count("unit's disk filled")
        self._later(self.random.choice((3, 10)), lambda: full.unlink(missing_ok=True))

    def jump_clock(self):
        self.random.choice(self.units).clock.set_days(self.random.choice((-YEAR_DAYS, 0, YEAR_DAYS)))
        self.count("wall clock jumped by a year")

    def run(self, kills, pause_s):
        deeds = [(self.kill_broker, 10), (self.kill_receiver, 12), (self.kill_unit, 9), (self.black_hole, 1.5),
                 (self.fill_disk, 1.5), (self.jump_clock, 1.5)]
        said = 0
        while self.kills() < kills:
            deed = self.random.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]
            deed()
            until = time.monotonic() + self.random.expovariate(1 / pause_s)
            while time.monotonic() < until:
                self._bring_back()
                time.sleep(0.02)
            if self.kills() // 20 > said:
                said = self.kills() // 20
                print(f"{self.kills()} kills; stored {self._count_stored()}", flush=True)
            self._check()

    def calm(self):
        """Everything is well again: what waits must come through."""
        self.unit_line.relay()
        self.clinic_line.relay()
        end = time.monotonic() + 30
        while self.due and time.monotonic() < end:
            self._bring_back()
            time.sleep(0.05)
        for part in [self.broker, *self.receivers, *self.units]:
            part.clock.set_days(0) if hasattr(part, "clock") else None
            if not part.alive():
                part.start()

    def drain(self):
        """Ends the walks, then lets every unit publish until nothing waits; returns the seconds it took."""
        start = time.monotonic()
        for unit in self.units:
            unit.insoles.stop()
        for unit in self.units:
            await_(f"the clinic's word for {unit.name}", lambda u=unit: self._all_confirmed(u), DRAIN_S, unit)
        took = time.monotonic() - start
        for unit in self.units:
            self.ended.add(unit)
            if not unit.stop():
                raise TortureError(f"{unit.name} did not end within 15 s of SIGTERM\n{unit.tail()}")
        # The end of a session and the last timing report are made while it ends: one more start brings them.
        for unit in self.units:
            unit.start()
            self.ended.discard(unit)
            await_(f"the last words of {unit.name}", lambda u=unit: self._all_confirmed(u), DRAIN_S, unit)
            self.ended.add(unit)
            unit.kill()
            unit.kills -= 1
        return took

    def judge(self):
        verdicts = []
        for unit in self.units:
            final = journal(unit.state)
            accepted = self.accepted[unit.name] | final
            verdicts.append(Verdict(
                unit.name, accepted, final, stored(self.database, unit.name), confirmed(unit.state)))
        return verdicts

    def close(self):
        for part in [*self.units, *(unit.insoles for unit in self.units), *self.receivers, self.broker, self.database]:
            if part.alive():
                part.kill()
        self.unit_line.close()
        self.clinic_line.close()

    def _all_confirmed(self, unit):
        self._check()
        return waiting(unit.state) == 0

    def _take_account(self, unit):
        self.accepted[unit.name].update(journal(unit.state))

    def _count_stored(self):
        try:
            return self.database.query("SELECT count(*) FROM record")[0][0]
        except TortureError:
            return "?"

    def _later(self, after_s, deed):
        self.due.append((time.monotonic() + after_s, deed))

    def _bring_back(self):
        now = time.monotonic()
        ready = [deed for when, deed in self.due if when <= now]
        self.due = [(when, deed) for when, deed in self.due if when > now]
        for deed in ready:
            deed()

    def _check(self):
        """A part that ended without being killed is a finding of its own."""
        pending = {getattr(deed, "__self__", None) for _, deed in self.due}
        for part in [self.broker, self.database, *self.receivers, *self.units]:
            if not part.alive() and part not in pending and part not in self.ended:
                code = part.process.returncode
                if isinstance(part, Receiver) and code != 0:
                    self.count("receiver ended by itself")
                    part.start()
                    continue
                raise TortureError(f"{part.name} ended by itself with status {code}\n{part.tail()}")


def main():
    parser = argparse.ArgumentParser(prog="deploy/torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="how many kills (300)")
    parser.add_argument("--units", type=int, default=2, help="units that walk (2)")
    parser.add_argument("--pause", type=float, default=2.0, help="mean time between two deeds, s (2)")
    parser.add_argument("--seed", type=int, default=1, help="decides what happens when (1)")
    parser.add_argument("--disk", type=Path, required=True, help="a small file system for the units")
    parser.add_argument("--keep", action="store_true", help="leaves logs and files")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="entrain-torture-"))
    folder.chmod(0o755)  # The database's user passes through.
    torture = Torture(folder, options.disk, options.units, options.seed)
    begun = time.monotonic()
    good = False
    try:
        torture.start()
        torture.run(options.kills, options.pause)
        tortured = time.monotonic() - begun
        torture.calm()
        drained = torture.drain()
        verdicts = torture.judge()
        good = all(verdict.good() for verdict in verdicts)
        report(torture, verdicts, tortured, drained)
    except TortureError as e:
        print(f"torture: {e}", file=sys.stderr)
    finally:
        torture.close()
        if options.keep or not good:
            print(f"logs and files: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder)
    return 0 if good else 1


def report(torture, verdicts, tortured, drained):
    print(f"\n{torture.kills()} kills in {tortured:.0f} s:")
    for what, times in sorted(torture.counts.items()):
        print(f"  {times:>5} x {what}")
    print(f"bytes swallowed: {torture.unit_line.swallowed + torture.clinic_line.swallowed};"
          f" nothing waited {drained:.0f} s after the end\n")
    print(Verdict.HEADER)
    for verdict in verdicts:
        print(verdict.row())
    for name, count in torture.database.query("SELECT reason, count(*) FROM dead_letter GROUP BY 1"):
        print(f"dead letters, {name}: {count}")
    if all(verdict.good() for verdict in verdicts):
        print("\nAccepted is stored: nothing lost, nothing doubled.")
    else:
        for verdict in verdicts:
            for what in ("lost", "doubled", "changed", "forgotten", "invented"):
                found = getattr(verdict, what)
                if found:
                    print(f"{verdict.unit} {what}: {found[:5]} ...", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
