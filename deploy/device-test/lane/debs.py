"""The package under test and a newer one to upgrade to."""

import pathlib
import re
import subprocess

from .cache import CACHE, CHECKOUT, StepFailed


def built(given=None):
    """The arm64 package: the given file, else the one of this checkout as it is, built by deploy/package once for each commit."""
    if given:
        file = pathlib.Path(given)
        if not file.is_file():
            raise StepFailed(f"{given}: there is no such package; without --deb one is built")
        return file
    commit = subprocess.run(["git", "-C", CHECKOUT, "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
    folder = CACHE / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"entrain_{commit}_arm64.deb"
    if commit and not commit.endswith("dirty") and file.exists():
        return file
    done = subprocess.run(["nice", "-n", "5", CHECKOUT / "deploy/package"], capture_output=True, text=True)
    made = [line for line in done.stdout.splitlines() if line.endswith("_arm64.deb")]
    if done.returncode or not made:
        raise StepFailed("deploy/package failed: " + (done.stderr or done.stdout)[-600:])
    for old in folder.glob("*.deb"):
        old.unlink()
    file.write_bytes(pathlib.Path(made[-1]).read_bytes())
    return file


def newer(deb, folder):
    """The same package under a version that sorts after it: what an upgrade does to data does not depend on what is new."""
    tree, made = pathlib.Path(folder) / "newer", pathlib.Path(folder) / "newer.deb"
    subprocess.run(["rm", "-rf", tree, made], check=True)
    tree.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["dpkg-deb", "-R", deb, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"^(Version: .*)$", r"\1+newer", control.read_text(), count=1, flags=re.M))
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "-b", tree, made], check=True, stdout=subprocess.DEVNULL)
    return made
