"""The parts of a clinic and its units, each a process of its own, started and ended by this program alone."""

import os
import shutil
import signal
import socket
import subprocess
import time
import uuid
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
BOOT_ID = "/proc/sys/kernel/random/boot_id"


class TortureError(Exception):
    """Something that should not happen however hard the parts are treated; says what to do."""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.3).close()
        return True
    except OSError:
        return False


def await_(what, condition, limit_s, part=None):
    """Waits for a condition; tells what did not come, with the last lines of the part's log."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        if part is not None and not part.alive():
            break
        time.sleep(0.1)
    said = "" if part is None else "\n" + part.tail()
    raise TortureError(f"{what} did not come within {limit_s:.0f} s{said}")


class Part:
    """One process, in a session of its own; ends with this program even if that is killed."""

    def __init__(self, name, command, log, env=None):
        self.name = name
        self.command = [str(word) for word in command]
        self.log = Path(log)
        self.env = env or {}
        self.process = None
        self.starts = 0
        self.kills = 0

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                # No real-time priority: two units that start at it leave nothing of two cores for the rest of the clinic.
                ["setpriv", "--pdeathsig", "KILL", "--bounding-set", "-sys_nice", *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.env},
                start_new_session=True,
            )
        self.starts += 1

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """Ends it as a power cut would."""
        if self.alive():
            self.process.send_signal(signal.SIGKILL)
            self.kills += 1
        self._reap()

    def stop(self, limit_s=15):
        """Ends it in good order; returns whether it took the order."""
        if not self.alive():
            return True
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(limit_s)
            return True
        except subprocess.TimeoutExpired:
            self.kill()
            return False

    def tail(self, lines=12):
        if not self.log.exists():
            return f"{self.name} said nothing"
        return f"{self.name} said last:\n" + "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def _reap(self):
        if self.process is not None:
            self.process.wait(20)


class Broker(Part):
    """Mosquitto with its own memory on disk."""

    def __init__(self, folder):
        self.port = free_port()
        self.store = folder / "broker"
        self.store.mkdir()
        config = folder / "mosquitto.conf"
        config.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence true\n"
            f"persistence_location {self.store}/\nautosave_interval 5\nmax_queued_messages 100000\n"
            f"max_topic_alias 0\nlog_type error\nlog_type warning\nlog_dest stderr\nuser {os.environ.get('USER', 'root')}\n"
        )
        program = shutil.which("mosquitto", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
        if program is None:
            raise TortureError("Mosquitto is not installed: apt-get install mosquitto")
        super().__init__("broker", [program, "-c", config], folder / "mosquitto.log")
        self.wipes = 0

    def wipe(self):
        """Forgets sessions, queues and retained messages; call while it is dead."""
        for file in self.store.iterdir():
            file.unlink()
        self.wipes += 1


class Database(Part):
    """PostgreSQL as Debian ships it; never as root, because it refuses."""

    def __init__(self, folder):
        self.bin = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
        if self.bin is None or not (self.bin / "initdb").exists():
            raise TortureError("PostgreSQL's server is not installed: apt-get install postgresql")
        self.port = free_port()
        self.folder = folder / "database"
        self.folder.mkdir(mode=0o700)
        self.runas = []
        if os.getuid() == 0:
            self.runas = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"]
            shutil.chown(self.folder, "nobody", "nogroup")
        subprocess.run(
            [*self.runas, self.bin / "initdb", "-D", self.folder, "-U", "entrain", "-A", "trust", "-E", "UTF8"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )
        super().__init__(
            "database",
            [*self.runas, self.bin / "postgres", "-D", self.folder, "-p", self.port, "-k", self.folder,
             "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60"],
            folder / "database.log",
        )
        self.url = f"jdbc:postgresql://127.0.0.1:{self.port}/entrain"

    def create(self):
        await_("the database", lambda: self._ready(), 30, self)
        self.query("CREATE DATABASE entrain", "postgres")

    def _ready(self):
        return subprocess.run(
            [self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)], check=False).returncode == 0

    def query(self, sql, database="entrain"):
        """Returns rows as lists of text."""
        done = subprocess.run(
            [self.bin / "psql", "-X", "-A", "-t", "-q", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
             "-p", str(self.port), "-U", "entrain", "-d", database, "-c", sql],
            capture_output=True, text=True, check=False, timeout=600,
        )
        if done.returncode != 0:
            raise TortureError(f"the database refuses '{sql}': {done.stderr.strip()}")
        return [line.split("\t") for line in done.stdout.splitlines()]


class Clock:
    """The wall clock of one process, through libfaketime; its monotonic clock stays the machine's."""

    LIBRARY = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)

    def __init__(self, file):
        if Clock.LIBRARY is None:
            raise TortureError("libfaketime is not installed: apt-get install faketime")
        self.file = file
        self.set_days(0)

    def set_days(self, days):
        new = self.file.with_suffix(".new")
        new.write_text(f"{days:+d}d\n")
        new.rename(self.file)

    def env(self):
        return {
            "LD_PRELOAD": str(Clock.LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


class Receiver(Part):
    """The clinic's receiver; several work side by side."""

    def __init__(self, folder, number, broker_port, database):
        config = folder / f"receiver-{number}.toml"
        config.write_text(
            f'[broker]\nuri = "tcp://127.0.0.1:{broker_port}"\n'
            f'[database]\nurl = "{database.url}"\nuser = "entrain"\n'
        )
        super().__init__(
            f"receiver {number}",
            [HOME / "deploy/entrain-clinic", "serve", "--config", config, "--no-web"],
            folder / f"receiver-{number}.log",
        )


class Unit(Part):
    """The agent as it is shipped, on emulated insoles, its state on a small disk of its own."""

    def __init__(self, folder, name, broker_port, walk, disk):
        self.unit = name
        self.state = disk / name
        self.state.mkdir()
        self.disk = disk
        self.boot_file = folder / f"{name}.boot"
        self.boots = 0
        self.reboot()
        self.clock = Clock(folder / f"{name}.clock")
        self.insoles = Part(
            f"{name}'s insoles",
            [HOME / "deploy/entrain", "insole", walk, "--loop", "--dir", folder / f"{name}-insoles"],
            folder / f"{name}-insoles.log",
        )
        config = folder / f"{name}.toml"
        config.write_text(
            f'state_dir = "{self.state}"\n'
            f'[sensor.left]\nport = "{folder}/{name}-insoles/insole-left"\n'
            f'[sensor.right]\nport = "{folder}/{name}-insoles/insole-right"\n'
            f'[audio]\noutput = "wav"\nwav_file = "{folder}/{name}.wav"\n'
            f'[telemetry]\nbroker = "tcp://127.0.0.1:{broker_port}"\nunit = "{name}"\ntiming_s = 5\n'
        )
        # A boot id of its own, which this program can change, in a mount namespace of its own.
        command = ["unshare", "--mount", "sh", "-c", f'mount --bind "$0" {BOOT_ID} && exec "$@"', self.boot_file,
                   HOME / "deploy/entrain", "run", "--config", config]
        super().__init__(name, command, folder / f"{name}.log", self.clock.env())
        self.ports = [folder / f"{name}-insoles/insole-{foot}" for foot in ("left", "right")]

    def reboot(self):
        """The next start is another boot of the machine."""
        self.boot_file.write_text(f"{uuid.uuid4()}\n")
        self.boots += 1

    def start_insoles(self):
        self.insoles.start()
        await_(f"{self.name}'s insoles", lambda: all(port.exists() for port in self.ports), 60, self.insoles)
