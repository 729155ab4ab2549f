"""deploy/device-test/run: boots an emulated Raspberry Pi with a real Debian, and tells a unit's life with it."""

import argparse
import pathlib
import shutil
import sys
import time

from . import debs, leaving, session, setting_up, trouble
from .cache import CACHE, StepFailed, build
from .story import FAULTS, Story

CHAPTERS = [
    ("power on", setting_up.power_on, True),
    ("install the package", setting_up.install, True),
    ("provision, unattended", setting_up.provision, True),
    ("button starts a session", session.begin, False),
    ("60 s of beats in the sound", session.beats, False),
    ("telemetry at the broker", session.telemetry, False),
    ("button pauses and resumes", session.pause, False),
    ("insoles unplugged and back", trouble.unplug, False),
    ("broker lost and back", trouble.broker_lost, False),
    ("power cut in mid-session", trouble.power_cut, True),
    ("session goes on after it", trouble.goes_on, False),
    ("upgrade, data kept", leaving.upgrade, False),
    ("shutdown", leaving.shutdown, False),
]


def arguments():
    parser = argparse.ArgumentParser(prog="deploy/device-test/run", description=__doc__)
    parser.add_argument("--deb", metavar="FILE", help="the arm64 package to test; without it the one of this checkout is built")
    parser.add_argument("--fault", choices=FAULTS, help="plants a fault; the run succeeds if the table shows it")
    parser.add_argument("--steady", action="store_true", help="a virtual processor of even speed (icount): slower, but a busy host shows in nothing")
    parser.add_argument("--i2c-minutes", type=float, metavar="M", help="instead of the story: two chips at 208 Hz for so long")
    parser.add_argument("--nack", default="0%", metavar="P", help="with --i2c-minutes: share of transfers not acknowledged, such as 1%%")
    parser.add_argument("--startup", action="store_true", help="instead of the story: start-up with and without the cache, as a ratio")
    parser.add_argument("--keep", action="store_true", help="keeps the folder of the run (disk, sound, logs)")
    return parser.parse_args()


def tell(chosen, deb):
    story = Story(deb, debs.newer(deb, CACHE / "runs" / "debs"), chosen.fault, chosen.steady, out=lambda line: print(line, flush=True))
    going = True
    try:
        for what, chapter, needed in CHAPTERS:
            if going:
                going = story.chapter(what, chapter, needed)
            else:
                story.skip(what)
    finally:
        story.end()
    (CACHE / "last-table.txt").write_text(story.table.text() + "\n")
    print("\n" + story.table.text())
    failed = story.table.failed()
    if chosen.fault:
        print(f"planted: {FAULTS[chosen.fault]} -> " + (f"caught by: {', '.join(row[0] for row in failed)}" if failed else "NOT caught"))
        return 0 if failed else 1
    return 1 if failed else 0


def main():
    chosen = arguments()
    try:
        began = time.monotonic()
        build()
        deb = debs.built(chosen.deb)
        print(f"machine and package ready after {time.monotonic() - began:.0f} s", flush=True)
        if chosen.i2c_minutes:
            from . import i2c_measure

            return i2c_measure.run(deb, chosen.i2c_minutes, float(chosen.nack.rstrip("%")) / 100, chosen.steady)
        if chosen.startup:
            from . import startup

            return startup.run(deb)
        return tell(chosen, deb)
    except StepFailed as failed:
        print(f"The test itself could not go on: {failed}", file=sys.stderr)
        return 2
    finally:
        if not chosen.keep:
            for disk in (pathlib.Path(CACHE) / "runs").glob("*/disk.qcow2"):
                disk.unlink()
            shutil.rmtree(CACHE / "runs" / "debs", ignore_errors=True)


sys.exit(main())
