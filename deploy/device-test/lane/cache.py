"""Where the pieces of the machine are kept between runs, and the folder of one run."""

import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent.parent
CHECKOUT = HERE.parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "entrain" / "device-test"


class StepFailed(Exception):
    """Something the test itself needs could not be done; the text says what and how to go on."""


def build():
    """Builds what is missing: the toolchain's Debian, the unit's, the kernel with our modules, the disk. Minutes, once."""
    for step in ("toolchain", "root", "kernel", "image"):
        if subprocess.run(["nice", "-n", "5", HERE / "build" / step]).returncode:
            raise StepFailed(f"deploy/device-test/build/{step} failed; what it says is above. It can be run alone.")


def inside(*command):
    """The command line that runs COMMAND in the toolchain's Debian, where the cache is /cache."""
    script = (
        'mkdir -p "$1/cache" && mount --bind "$2" "$1/cache" && mount --bind /dev "$1/dev" && mount -t proc proc "$1/proc" '
        '&& root=$1 && shift 2 && exec nice -n 5 chroot "$root" "$@"'
    )
    return ["unshare", "-m", "--propagation", "private", "sh", "-c", script, "sh", str(CACHE / "toolchain"), str(CACHE), *map(str, command)]


def run_folder(name):
    """An empty folder for one run, below the cache so that QEMU sees it too (as /cache/runs/NAME)."""
    folder = CACHE / "runs" / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "share").mkdir(parents=True)
    for built in [*(CACHE / "modules").glob("*.ko"), CACHE / "modules/ticker"]:
        shutil.copy(built, folder / "share")
    return folder
