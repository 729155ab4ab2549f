"""The clinic on the host: authority, broker with mutual TLS, and a receiver that keeps records and acknowledges them."""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import threading
import time

from .cache import CHECKOUT, StepFailed
from .mqtt import Client

HOST_NAME = "clinic.test"  # The unit's /etc/hosts has it as the host's address in QEMU's user network.


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Clinic:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder) / "clinic"
        self.authority_dir = self.folder / "authority"
        self.folder.mkdir()
        self._authority("init")
        self._authority("issue-broker", "--host", HOST_NAME)
        self.identity = pathlib.Path(self._authority("issue-receiver").strip().splitlines()[-1])
        self.unit_port, self.own_port = free_port(), free_port()
        self._configure()
        self.broker = None
        self.records = {}  # (boot, seq) -> record
        self.covered = {}  # boot -> list of [after, last]
        self.holes = []
        self.status, self.birth = {}, {}
        self.states = 0
        self.last_state = {}
        self.client = None
        self._lock = threading.Lock()

    def _authority(self, *arguments):
        done = subprocess.run([CHECKOUT / "deploy/authority", "--dir", self.authority_dir, *arguments], capture_output=True, text=True)
        if done.returncode:
            raise StepFailed(f"deploy/authority {arguments[0]}: {done.stderr[-400:]}")
        return done.stdout

    def sign(self, request):
        """The unit's certificate for its request, and the authority it is told to trust."""
        self._authority("issue", "--csr", request)
        return self.authority_dir / "out/units" / (pathlib.Path(request).stem + ".pem"), self.authority_dir / "clinic-ca.pem"

    def _configure(self):
        etc, data = self.folder / "etc", self.folder / "data"
        etc.mkdir()
        data.mkdir()
        for file in (self.authority_dir / "out/broker").glob("*.pem"):
            shutil.copy(file, etc)
        for name in ("certificate.pem", "key.pem"):
            shutil.copy(self.authority_dir / f"out/broker-{HOST_NAME}" / name, etc)
        shutil.copy(CHECKOUT / "deploy/broker/acl", etc)
        text = (CHECKOUT / "deploy/broker/mosquitto-clinic.conf.in").read_text()
        words = {"ETC": etc, "DATA": data, "UNITS": f"{self.unit_port} 127.0.0.1", "CLINIC": f"{self.own_port} 127.0.0.1", "USER": "root"}
        for word, value in words.items():
            text = text.replace(f"@{word}@", str(value))
        self.configuration = self.folder / "mosquitto.conf"
        self.configuration.write_text(text)

    def open(self):
        """Starts the broker, and the receiver on it."""
        log = open(self.folder / "mosquitto.log", "ab")
        program = shutil.which("mosquitto", path=os.environ["PATH"] + ":/usr/sbin")
        self.broker = subprocess.Popen([program, "-c", self.configuration], stdout=log, stderr=log)
        until = time.monotonic() + 20
        while True:
            try:
                self.client = Client(self.own_port, self.identity, HOST_NAME, ["gait/v1/+/up/#"], self._take)
                return
            except OSError as error:
                if time.monotonic() > until or self.broker.poll() is not None:
                    raise StepFailed(f"the broker does not start: {error}; {(self.folder / 'mosquitto.log').read_text()[-400:]}") from None
                time.sleep(0.2)

    def close(self):
        """The broker is gone."""
        if self.client:
            self.client.close()
        if self.broker:
            self.broker.terminate()
            self.broker.wait(20)
            self.broker = None

    def _take(self, line, topic, payload):
        """A message that came on a line; its answer goes out on the same one, as retained ones come before open() has returned."""
        unit, what = topic.split("/")[2], topic.split("/")[-1]
        try:
            message = json.loads(payload)
        except ValueError:
            self.holes.append(f"{topic}: no JSON")
            return
        with self._lock:
            if what == "state":
                self.states += 1
                self.last_state = message
            elif what == "status":
                self.status = message
            elif what == "birth":
                self.birth = message
            elif "after_seq" in message:
                self._keep(line, unit, what, message)

    def _keep(self, line, unit, what, message):
        boot, after = message["boot"], message["after_seq"]
        events = message.get("events") or [message]
        for event in events:
            key = (boot, event["seq"])
            kept = {k: v for k, v in event.items() if k not in ("v", "boot", "after_seq")}
            kept.setdefault("kind", what)
            if self.records.setdefault(key, kept) != kept:
                self.holes.append(f"record {key} came twice with another content")
        ranges = self.covered.setdefault(boot, [])
        ranges.append([after, events[-1]["seq"]])
        up_to = self.complete(boot)
        if up_to:
            line.publish(f"gait/v1/{unit}/down/ack", json.dumps({"v": 3, "boot": boot, "up_to": up_to}).encode())

    def complete(self, boot):
        """The last number of a boot up to which nothing is missing."""
        end = 0
        merged = sorted(self.covered.get(boot, []))
        for after, last in merged:
            if after > end:
                break
            end = max(end, last)
        self.covered[boot] = [[0, end]] + [r for r in merged if r[0] > end]
        return end

    def count(self, boot):
        with self._lock:
            return sum(1 for key in self.records if key[0] == boot)

    def of_kind(self, kind):
        with self._lock:
            return [dict(record, boot=key[0]) for key, record in sorted(self.records.items()) if record.get("kind") == kind]

    def write(self, file):
        """Every record with its boot, a line each, for whoever wants to look after the run."""
        with self._lock, open(file, "w") as out:
            for key, record in sorted(self.records.items()):
                out.write(json.dumps(dict(record, boot=key[0])) + "\n")

    def missing(self):
        """What can't be complete: a sentence for each gap."""
        with self._lock:
            told = [f"boot {boot[:8]}: nothing of {r[0]} is here yet, only up to {ranges[0][1]}" for boot, ranges in self.covered.items() for r in ranges[1:]]
            return told + self.holes
