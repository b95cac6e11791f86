"""This is what the writers did: every change that was asked for, and what became of it."""
import collections
import dataclasses
import threading
import time
import uuid


@dataclasses.dataclass
class Change:
    """This is one request to change something. `state` is that of the resource afterwards."""
    service: str
    verb: str
    agency: str
    actor: str
    state: str
    name: str = ""
    request_id: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    # This is when its answer arrived; 0 means that it never did.
    acknowledged: float = 0
    # The caller gave it up for good, so it may have taken effect or not.
    abandoned: bool = False
    # This is the refusal that it met again and again; it is empty if there was none.
    refused: str = ""


class Ledger:
    """The ledger is thread-safe."""

    def __init__(self):
        self._lock = threading.Lock()
        self.changes = {}
        self.answers = collections.Counter()
        self.counts = collections.Counter()

    def begin(self, change):
        with self._lock:
            self.changes[change.request_id] = change
        return change

    def acknowledge(self, change, name):
        change.name = name
        change.acknowledged = time.time()
        self.count("acknowledged")

    def abandon(self, change):
        change.abandoned = True
        self.count("abandoned")

    def count(self, what, times=1):
        with self._lock:
            self.counts[what] += times

    def answered(self, code, rule):
        """Counts every answer that was not OK."""
        with self._lock:
            self.answers[f"{code} {rule}".strip()] += 1

    def all(self):
        with self._lock:
            return list(self.changes.values())
