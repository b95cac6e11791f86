"""These faults come in a seeded order, in two lanes: one of processes, one at a time, and one of connections
and databases."""
import collections
import contextlib
import pathlib
import random
import sqlite3
import subprocess
import threading
import time

from processes import wait_until

ALL = ("kill", "stop", "clock", "cut", "foreign", "cancel")
SHORT = ("kill", "foreign", "cancel")
# A kill is over sooner than the others, and there are to be many.
LANES = {"processes": {"kill": 4, "stop": 1, "clock": 1}, "surroundings": {"cut": 2, "foreign": 1}}
# What carries the load is hit more often than what only stands by.
TARGETS = ("registry", "protocols", "audit", "gateway")
STEPS = (-40, -7, 7, 40)
FROZEN, WRONG, FOREIGN = 10, 12, 15
# With the second the whole server has a transaction id that is not settled.
FOREIGN_TRANSACTIONS = (("reads", "select count(*) from pg_class;"),
                        ("writes", "create temporary table stranger (n int); insert into stranger values (1);"))
POSTGRES = pathlib.Path(__file__).resolve().parents[2] / "k8s/local/postgres.sh"


class Lane(threading.Thread):
    """This makes one fault after the other, and repairs what one broke before the next."""

    def __init__(self, context, name, relays):
        super().__init__(daemon=True, name=name)
        self.context, self.stack, self.relays = context, context.stack, relays
        self.random = random.Random(f"{context.options.seed} {name}")
        self.kinds = {kind: weight for kind, weight in LANES[name].items() if kind in context.options.faults}
        self.counts = collections.Counter()
        self.log = open(context.stack.dir / "logs" / f"faults-{name}.log", "w", buffering=1)

    def run(self):
        while self.kinds and not self.context.ended.is_set():
            if self.context.ended.wait(self.random.uniform(1, 5)):
                return
            kind, = self.random.choices(list(self.kinds), list(self.kinds.values()))
            getattr(self, kind)()
            self.counts[kind] += 1

    def note(self, text):
        self.log.write(f"{time.strftime('%H:%M:%S', time.gmtime())} {text}\n")

    def target(self, replicas):
        services = sorted({each.service for each in replicas})
        often = [service for service in services if service in TARGETS]
        service = self.random.choice(often if self.random.random() < 0.9 else services)
        return self.random.choice([each for each in replicas if each.service == service])

    def kill(self):
        replica = self.target(list(self.stack.replicas.values()))
        self.note(f"kill -9 {replica.name}")
        replica.kill()
        self.context.ended.wait(self.random.uniform(0, 3))
        replica.start()
        self.mended(replica)

    def stop(self):
        replica = self.target(list(self.stack.replicas.values()))
        self.note(f"SIGSTOP {replica.name} for {FROZEN} s")
        replica.freeze()
        self.context.ended.wait(FROZEN)
        replica.thaw()
        self.mended(replica)

    def clock(self):
        replica = self.target([each for each in self.stack.replicas.values() if each.clock])
        step = self.random.choice(STEPS)
        self.note(f"the clock of {replica.name} is wrong by {step} s for {WRONG} s")
        replica.set_clock(step)
        self.context.ended.wait(WRONG)
        replica.set_clock(0)
        self.mended(replica)

    def mended(self, replica):
        if not wait_until(replica.serving, 30):
            self.note(f"{replica.name} does not serve after 30 s")
            self.counts["not mended"] += 1

    def cut(self):
        number = self.random.randrange(len(self.relays))
        self.note(f"cut of {len(self.relays[number].open)} connections to gateway {number + 1}")
        self.relays[number].cut()

    def foreign(self):
        if self.stack.database == "sqlite":
            return self.foreign_reader()
        name, statements = self.random.choice(FOREIGN_TRANSACTIONS)
        self.note(f"a foreign transaction that {name} in another database for {FOREIGN} s")
        session = subprocess.Popen([POSTGRES, "sql", self.stack.dir / "postgres", "leader", "postgres"],
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
        session.stdin.write(f"begin isolation level repeatable read; {statements}\n")
        session.stdin.flush()
        self.context.ended.wait(FOREIGN)
        session.communicate("rollback;\n", timeout=30)
        return None

    def foreign_reader(self):
        """Opens a long transaction of a reader, which holds its view of the file, because SQLite has one writer."""
        service = self.random.choice(TARGETS[:3])
        self.note(f"a foreign reader of {service} for {FOREIGN} s")
        file = f"file:{self.stack.dir}/data/{service}.db?mode=ro"
        with contextlib.closing(sqlite3.connect(file, uri=True, timeout=10)) as database:
            database.execute("begin")
            database.execute("select count(*) from sqlite_master").fetchone()
            self.context.ended.wait(FOREIGN)
