"""The table of verdicts that a run ends with."""

import time


class Table:
    """Chapters of the story as they are told: what, verdict, how long, and what was seen."""

    def __init__(self, out=print):
        self.rows = []
        self.out = out
        self.began = time.monotonic()

    def tell(self, what, verdict, seconds, seen):
        self.rows.append((what, verdict, seconds, seen))
        self.out(f"{verdict:7} {seconds:6.1f} s  {what}: {seen}")

    def failed(self):
        return [row for row in self.rows if row[1] == "FAIL"]

    def text(self):
        wide = max((len(row[0]) for row in self.rows), default=10)
        lines = [f"{'chapter':{wide}}  verdict   time  seen"]
        for what, verdict, seconds, seen in self.rows:
            lines.append(f"{what:{wide}}  {verdict:7} {seconds:5.0f} s  {seen}")
        good, total = sum(row[1] == "ok" for row in self.rows), time.monotonic() - self.began
        lines.append(f"{good} of {len(self.rows)} ok, {len(self.failed())} failed, {total / 60:.1f} min")
        return "\n".join(lines)
