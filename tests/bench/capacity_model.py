"""This is a small discrete-event model of the platform: what a call costs each part, what a replica of it can do, and
how long calls take when they queue. The costs are those that docs/operate.md states of measured runs; what nobody has
measured is an assumption, with a name of its own and an option that changes it."""
import collections
import dataclasses
import heapq
import itertools
import random
import re

# docs/operate.md states this many calls a second of its run, a fifth of them to each service that it calls.
MEASURED_RATE = 200
CALLED = ("intelligence", "prosecution", "protocols", "registry", "training")
SHARE = 1 / len(CALLED)
WORKERS = 8
SESSIONS = 8
BATCH = 4096
BYTES_OF_ENTRY = 1000  # docs/operate.md states about a gigabyte for a million entries.
CONNECTIONS_OF_GATEWAY = 10000  # This is Limits.max_connections.
BUSY = 0.6  # A part that is busier than this makes calls wait noticeably.


@dataclasses.dataclass(frozen=True)
class Assumed:
    """These are assumptions that nobody has measured yet: milliseconds of a way to the database, of a commit there, and
    how many ways there are; which part of calls changes something, and how many connections an agency keeps."""
    way: float = 0.3
    commit: float = 2.0
    ways: int = 2
    writes: float = 0.5
    connections: int = 2


@dataclasses.dataclass(frozen=True)
class Part:
    """This is something that has replicas: milliseconds of CPU for each call that comes to it, which part of all calls
    does, cores of a replica, and how many replicas k8s/overlays/production has at the most."""
    name: str
    cost: float
    share: float
    cores: float
    replicas: int

    def calls(self, replicas=None):
        """Gives the calls a second of the platform at which all its cores are busy."""
        return 1000 * self.cores * (replicas or self.replicas) / (self.cost * self.share)

    def needed(self, rate, least=2):
        """Gives the number of replicas that are no busier than they should be."""
        return max(least, -int(-rate * self.cost * self.share // (1000 * self.cores * BUSY)))


def millicores_of(text):
    """Gives {process: thousandths of a core} of the table in docs/operate.md, the middle of each range."""
    found = {}
    for names, low, high in re.findall(r"^\| ([a-z, ]+?)(?:;[^|]*|, of two)? \| (\d+) to (\d+) \| \d+ MB \|", text, re.M):
        for name in names.split(", "):
            found[name] = (int(low) + int(high)) / 2
    return found


def parts_of(text):
    """Gives the parts, with the costs that docs/operate.md states."""
    used = millicores_of(text)
    whole = re.search(r"whole core, which is some ([\d,]+) calls a second", re.sub(r"\s+", " ", text))
    gateway = 1e3 / int(whole[1].replace(",", ""))
    services = [Part(name, used[name] / (MEASURED_RATE * SHARE), SHARE, 1, 2) for name in CALLED]
    # One replica writes the log at a time, so a second one adds nothing.
    return [Part("gateway", gateway, 1, 2, 8), Part("audit", used["audit"] / MEASURED_RATE, 1, 1, 1), *services]


class Events:
    """This decides what happens when, in order."""

    def __init__(self, seed=1):
        self.now, self.random, self._queue, self._order = 0.0, random.Random(seed), [], itertools.count()

    def after(self, seconds, then):
        heapq.heappush(self._queue, (self.now + seconds, next(self._order), then))

    def around(self, mean):
        """Gives seconds that are `mean` on average, as independent things take them."""
        return self.random.expovariate(1 / mean)

    def run(self):
        while self._queue:
            self.now, _, then = heapq.heappop(self._queue)
            then()


class Servers:
    """These are this many servers and a queue before them; `waited` is the seconds that all have waited in it."""

    def __init__(self, events, count):
        self.events, self.free, self.waiting, self.waited = events, count, collections.deque(), 0.0

    def take(self, then):
        """Calls `then` once a server is free, which is held until it is given back."""
        if self.free > 0:
            self.free -= 1
            then()
        else:
            self.waiting.append((self.events.now, then))

    def give(self):
        if not self.waiting:
            self.free += 1
            return
        came, then = self.waiting.popleft()
        self.waited += self.events.now - came
        then()

    def serve(self, seconds, then):
        """Holds a server for this long, and calls `then` at the end."""
        def end():
            self.give()
            then()
        self.take(lambda: self.events.after(seconds, end))


class Log:
    """This is the writer of the log. It writes one batch at a time, of whatever waits; a batch ends for all that are
    in it."""

    def __init__(self, events, seconds, commit):
        self.events, self.seconds, self.commit = events, seconds, commit
        self.waiting, self.writing = [], False

    def record(self, then):
        self.waiting.append(then)
        if not self.writing:
            self._write()

    def _write(self):
        batch, self.waiting = self.waiting[:BATCH], self.waiting[BATCH:]
        self.writing = bool(batch)
        if batch:
            self.events.after(len(batch) * self.seconds + self.commit, lambda: self._end(batch))

    def _end(self, batch):
        for then in batch:
            then()
        self._write()


class Model:
    """This model has calls that come at random, pass a gateway and a worker of a service, and are answered when
    the log has them. A worker is held while its call computes on one of the replica's cores and while it waits
    for the database."""

    def __init__(self, parts, replicas, assumed):
        self.events, self.assumed, self.took = Events(), assumed, []
        self.parts = of = {part.name: part for part in parts}
        self.gateways = [Servers(self.events, int(of["gateway"].cores)) for _ in range(replicas["gateway"])]
        self.services = {name: [(Servers(self.events, WORKERS), Servers(self.events, int(of[name].cores)))
                                for _ in range(replicas[name])] for name in CALLED}
        self.log = Log(self.events, of["audit"].cost / 1e3 / of["audit"].cores, assumed.commit / 1e3)

    def run(self, rate, calls):
        """Gives the seconds that each call took, except for the first tenth, in which queues fill."""
        at = 0.0
        for _ in range(calls):
            at += self.events.around(1 / rate)
            self.events.after(at, self._arrive)
        self.events.run()
        return self.took[calls // 10:]

    def _arrive(self):
        begun, name = self.events.now, self.events.random.choice(CALLED)
        workers, cores = self.events.random.choice(self.services[name])
        wait = self.assumed.ways * self.assumed.way
        if self.events.random.random() < self.assumed.writes:
            wait += self.assumed.commit

        def answered():
            self.took.append(self.events.now - begun)

        def done():
            workers.give()
            self.log.record(answered)

        def computed():
            self.events.after(wait / 1e3, done)

        def passed():
            workers.take(lambda: cores.serve(self.events.around(self.parts[name].cost / 1e3), computed))

        gateway = self.events.random.choice(self.gateways)
        gateway.serve(self.events.around(self.parts["gateway"].cost / 1e3), passed)


def waits(rate, seconds, servers, jobs):
    """Gives the seconds that a job waits on average, of this many jobs a second, before this many servers."""
    events = Events()
    queue, at = Servers(events, servers), 0.0
    for _ in range(jobs):
        at += events.around(1 / rate)
        events.after(at, lambda: queue.serve(events.around(seconds), lambda: None))
    events.run()
    return queue.waited / jobs


def waits_by_theory(rate, seconds, servers):
    """Gives the same by Erlang's formula, against which the model is held."""
    load = rate * seconds
    term, total = 1.0, 1.0
    for count in range(1, servers):
        term *= load / count
        total += term
    term *= load / servers
    queued = term / (1 - load / servers)
    return queued / (total + queued) * seconds / (servers - load)
