"""This finds out whether the gateways know who was admitted and who was disabled, by asking each gateway again
and again."""
import collections
import dataclasses
import heapq
import itertools
import random
import threading
import time

import grpc

from context import DUTIES
from gateway_client import METHODS, Caller, rule_of

# A revocation has taken effect on every gateway after this many seconds.
LIMIT = 5.0
# A look that decides nothing is repeated for this many seconds after a revocation.
UNDECIDED_FOR = 60.0
# These requests go to each gateway.
AGAIN_PER_SECOND = 10
GRANTED, REVOKED, UNCERTAIN = "granted", "revoked", "uncertain"
# These answers decide nothing: the gateway is down, cannot know, or is busy.
UNDECIDED = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.RESOURCE_EXHAUSTED,
             grpc.StatusCode.CANCELLED, grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL}


@dataclasses.dataclass
class Subject:
    """This is one person or certificate. `since` is when the last change to it was acknowledged."""
    name: str
    caller: Caller
    own_channels: bool
    expected: str = GRANTED
    since: float = dataclasses.field(default_factory=time.time)
    # Looks that were planned before the last change to it are not taken.
    generation: int = 0
    # This has, for each gateway, the start of the last call that was let in, and whether one was refused since
    # the revocation.
    let_in: dict = dataclasses.field(default_factory=dict)
    refused: set = dataclasses.field(default_factory=set)


class Probes:
    """This is thread-safe. Two threads for each gateway call in the name of whoever is due."""

    def __init__(self, context):
        self.context = context
        self.subjects = {}
        self.grant_lags, self.revocation_lags = [], []
        self.calls = collections.Counter()
        # For (name, gateway) this has the seconds after its revocation at which it was still let in.
        self.late = {}
        # This counts for each gateway how many looks after those 5 seconds met a refusal.
        self.held = collections.Counter()
        self._condition = threading.Condition()
        self._due = {gateway: [] for gateway in range(len(context.direct))}
        self._number = itertools.count()
        for gateway in self._due:
            for _ in range(2):
                threading.Thread(target=self._run, args=(gateway,), daemon=True).start()

    def granted(self, name, identity, agency, actor):
        caller = Caller(identity, agency, actor, DUTIES[agency.split("-")[0]])
        with self._condition:
            self.subjects[name] = Subject(name, caller, "/certificates/" in name)
        self._schedule(name, 0)
        return name

    def uncertain(self, name):
        """Notes that a change is in progress: nothing is expected until it is acknowledged."""
        with self._condition:
            self.subjects[name].expected = UNCERTAIN
            self.subjects[name].generation += 1

    def revoked(self, name, since):
        with self._condition:
            subject = self.subjects[name]
            subject.expected, subject.since = REVOKED, since
        self._schedule(name, 0)

    def await_granted(self, name, seconds):
        with self._condition:
            everywhere, subject = len(self._due), self.subjects[name]
            self._condition.wait_for(lambda: len(subject.let_in) == everywhere or self.context.ended.is_set(), seconds)

    def _schedule(self, name, seconds, gateways=None):
        with self._condition:
            for gateway in self._due if gateways is None else gateways:
                heapq.heappush(self._due[gateway], (time.time() + seconds, next(self._number), name,
                                                    self.subjects[name].generation))
            self._condition.notify_all()

    def _run(self, gateway):
        due = self._due[gateway]
        while not self.context.ended.is_set():
            with self._condition:
                if not due or due[0][0] > time.time():
                    self._condition.wait(min(0.5, due[0][0] - time.time()) if due else 0.5)
                    continue
                _, _, name, generation = heapq.heappop(due)
                if generation != self.subjects[name].generation:
                    continue
            again = self._probe(self.subjects[name], gateway)
            if again is not None:
                self._schedule(name, again, [gateway])

    def ask(self, subject, gateway, timeout=2):
        """Gives True if it was let in, False if it was refused by name, and None if that is not known."""
        request = METHODS["GetAgency"].request(name=f"agencies/{subject.caller.agency}")
        try:
            subject.caller.once(METHODS["GetAgency"], request, gateway, timeout)
            return True
        except grpc.RpcError as error:
            self.calls[f"{error.code().name} {rule_of(error)}".strip()] += 1
            return None if error.code() in UNDECIDED else False

    def _probe(self, subject, gateway):
        """Gives the seconds after which to ask again, or None if not again."""
        expected, since, start = subject.expected, subject.since, time.time()
        answer = self.ask(subject, gateway)
        self.calls["probes"] += 1
        with self._condition:
            if expected != subject.expected:
                return None
            if expected == GRANTED:
                if answer and gateway not in subject.let_in:
                    self.grant_lags.append(time.time() - since)
                if answer:
                    subject.let_in[gateway] = start
                    self._condition.notify_all()
                    return self._later()
                return 0.2
            age = start - since
            if answer:
                subject.let_in[gateway] = start
                if age > LIMIT:
                    self.late[subject.name, gateway] = max(age, self.late.get((subject.name, gateway), 0))
                return 0.1 if age < LIMIT else 1
            if answer is False and gateway not in subject.refused:
                subject.refused.add(gateway)
                self.revocation_lags.append(max(0, subject.let_in.get(gateway, 0) - since))
            if answer is False and age > LIMIT:
                self.held[gateway] += 1
            if answer is None and age < LIMIT:
                return 0.2
        if subject.own_channels and age > LIMIT:
            # Connections are opened again for the next look.
            subject.caller.identity.forget()
        if answer is None and age < UNDECIDED_FOR:
            # A gateway that stood still or is coming up may yet let in whom it should not.
            return 1
        return LIMIT + 0.05 - age if age < LIMIT else self._later()

    def _later(self):
        """Gives the seconds until somebody is looked at once more. There are never more than this many looks a second,
        because the new ones go first."""
        return random.uniform(1, 2) * max(20, len(self.subjects) / AGAIN_PER_SECOND)
