"""What was accepted, and what the clinic has: read from the files and tables themselves, sharing no code with the parts."""

import hashlib
import json
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path

ATTEMPTS = 25
PAUSE_S = 0.2


def _number(text):
    """315360000.0 and 315360000 are one value, spelt twice."""
    number = float(text)
    return int(number) if number.is_integer() else number


def digest(text, t_ns=None):
    """The same for the same JSON object, however it is spelt and wherever its time is kept."""
    value = json.loads(text, parse_float=_number)
    value.setdefault("t_ns", t_ns)
    return hashlib.sha1(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).digest()


def _copy(state, run):
    """Runs a function on a copy of a unit's journal, which may be in use; None if there is no whole one."""
    for _ in range(ATTEMPTS):
        with tempfile.TemporaryDirectory() as folder:
            # The log second: it holds all that a checkpoint may have been writing into the file meanwhile.
            for name in ("journal.db", "journal.db-wal"):
                if (state / name).exists():
                    shutil.copyfile(state / name, Path(folder) / name)
            if not (Path(folder) / "journal.db").exists():
                return None
            db = sqlite3.connect(Path(folder) / "journal.db")
            try:
                if db.execute("PRAGMA integrity_check").fetchone()[0] == "ok":
                    return run(db)
            except sqlite3.DatabaseError:
                pass  # Copied while the log was begun anew; once more.
            finally:
                db.close()
        time.sleep(PAUSE_S)
    raise ValueError(f"{state}/journal.db is damaged")


def journal(state):
    """Returns {(boot, seq): (kind, session, digest)} of everything durable in a unit's journal."""
    def read(db):
        records = {}
        rows = db.execute(
            "SELECT b.name, r.seq, r.kind, s.name, r.t_ns, r.body FROM record r JOIN boot b ON b.id = r.boot"
            " LEFT JOIN session s ON s.id = r.session")
        for boot, seq, kind, session, t_ns, body in rows:
            text = body.decode() if isinstance(body, bytes) else body
            records[(boot, seq)] = (kind, session, digest(text, t_ns))
        return records
    return _copy(state, read) or {}


def confirmed(state):
    """Returns {boot: seq}: up to where the clinic has said that it stored a boot's records."""
    return _copy(state, lambda db: dict(db.execute("SELECT name, acked_seq FROM boot"))) or {}


def waiting(state):
    """Returns how many durable records the clinic has not confirmed; None if it can't be told."""
    return _copy(state, lambda db: db.execute(
        "SELECT count(*) FROM record r JOIN boot b ON b.id = r.boot WHERE r.seq > b.acked_seq").fetchone()[0])


def stored(database, unit):
    """Returns {(boot, seq): [(kind, session, digest), ...]} of a unit's records in the clinic's database."""
    rows = database.query(
        "SELECT b.boot, r.seq, r.kind, coalesce(s.session, ''), r.t_ns, replace(r.body::text, E'\\t', ' ')"
        " FROM record r JOIN boot b USING (boot_id) LEFT JOIN session s USING (session_id)"
        f" WHERE b.unit = '{unit}'")
    records = {}
    for boot, seq, kind, session, t_ns, body in rows:
        found = (kind, session or None, digest(body, int(t_ns)))
        records.setdefault((boot, int(seq)), []).append(found)
    return records


class Verdict:
    """Accepted against stored, for one unit."""

    def __init__(self, unit, accepted, final, clinic, confirmed):
        """A record may leave the journal once the clinic has it, where the disk is full; so may one nobody saw in between."""
        self.unit = unit
        self.accepted = len(accepted)
        self.stored = sum(len(found) for found in clinic.values())
        gone = {key for key in accepted.keys() | clinic.keys() if key not in final}
        # A boot that is not there any more had nothing left: it is forgotten only when it is empty.
        made_room = {(boot, seq) for boot, seq in gone & clinic.keys() if seq <= confirmed.get(boot, seq)}
        self.made_room = len(made_room)
        self.forgotten = sorted(key for key in gone & accepted.keys() if key not in made_room)
        self.lost = sorted(key for key in accepted if key not in clinic)
        self.doubled = sorted(key for key, found in clinic.items() if len(found) > 1)
        self.changed = sorted(
            (*key, accepted[key], clinic[key][0]) for key in accepted if key in clinic and accepted[key] != clinic[key][0])
        self.invented = sorted(key for key in clinic if key not in accepted and key not in made_room)

    def good(self):
        return not (self.forgotten or self.lost or self.doubled or self.changed or self.invented)

    def row(self):
        return (f"{self.unit:<10} {self.accepted:>9} {self.stored:>9} {len(self.lost):>6} {len(self.doubled):>8}"
                f" {len(self.changed):>8} {len(self.forgotten):>10} {len(self.invented):>9} {self.made_room:>9}")

    HEADER = (f"{'unit':<10} {'accepted':>9} {'stored':>9} {'lost':>6} {'doubled':>8} {'changed':>8}"
              f" {'forgotten':>10} {'invented':>9} {'made room':>9}")
