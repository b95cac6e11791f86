#!/usr/bin/env python3
"""Runs the connector against the real processes, first without faults and then with them.

Local programs hand acts over: changes of several referrals, each of which is refused unless all before it on the same
referral were carried out. Without faults it measures latency and calls a second, through the connector and beside it.
Then the connector is killed (kill -9) at random moments, the gateway is away for a while, and the receiver of webhooks
answers 500 or nothing for a while. In the end each act must have taken effect once and in order, each must have its
answer, each change must have come by webhook at least once with a valid signature and in order for one referral, and no
dead letter may be left. Exit 1 if anything differs, or if no fault happened.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(HERE.parent / "soak")]

from acts import LocalCaller, refer  # noqa: E402
from compare import (Differences, compare_acts, compare_answers, compare_changes, missing, revisions)  # noqa: E402
from faults import Faults  # noqa: E402
from gateway_client import Caller, Identity  # noqa: E402
from load import Load  # noqa: E402
from processes import wait_until  # noqa: E402
from rates import Rates  # noqa: E402
from receiver import Receiver  # noqa: E402
from stand import ACTOR, AGENCY, PURPOSES, Connector, Stand  # noqa: E402

GOAL = 500
SHOWN = 10


def parse():
    parser = argparse.ArgumentParser(prog="./accord bench connector", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=10_000, help="acts that are handed over under faults [%(default)s]")
    parser.add_argument("--down", type=int, default=120, metavar="SECONDS", help="the gateway is away so long [%(default)s]")
    parser.add_argument("--resources", type=int, default=64, help="referrals on which acts are [%(default)s]")
    parser.add_argument("--callers", type=int, default=4, help="local programs with tokens of their own [%(default)s]")
    parser.add_argument("--flight", type=int, default=32, help="calls at once where rates are measured [%(default)s]")
    parser.add_argument("--rate-calls", type=int, default=4_000, help="calls for each rate [%(default)s]")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite", help="of the services [%(default)s]")
    parser.add_argument("--seed", type=int, help="of the faults [a random one]")
    parser.add_argument("--only", choices=("rates", "faults"), help="one of the two parts [both]")
    parser.add_argument("--json", metavar="FILE", help="figures, one object a line")
    parser.add_argument("--keep", action="store_true", help="leaves the directory of the processes")
    options = parser.parse_args()
    if min(options.calls, options.callers, options.flight, options.rate_calls) < 1 or options.down < 0:
        parser.error("a number is too small")
    if options.resources < max(options.flight, options.callers):
        parser.error("--resources is at least --flight and --callers")
    options.seed = random.SystemRandom().randrange(1 << 31) if options.seed is None else options.seed
    return options


class Bench:
    def __init__(self, options, stand):
        self.options, self.stand = options, stand
        self.figures, self.differences = {}, Differences()
        self.counts = collections.Counter()
        self.running = []

    def person(self, agency, actor, folder=None):
        files = self.stand.dir / "clients" / (folder or agency)
        identity = Identity((self.stand.dir / "pki/agency-ca.crt").read_bytes(), (files / "client.crt").read_bytes(),
                            (files / "client.key").read_bytes(), [self.stand.port])
        return Caller(identity, agency, actor, PURPOSES[agency])

    def run(self):
        self.stand.up()
        worker = self.person("cas-york", "worker")
        lanes = [refer(worker, self.stand.protocol) for _ in range(self.options.resources)]
        if self.options.only != "faults":
            self.rates(lanes)
        if self.options.only != "rates":
            self.faults(lanes)
        found = revisions(self.person("co-pahtco", "admin", "admin"), lanes)
        compare_acts(lanes, found, self.differences)

    def begin(self, name, receiver=None):
        connector = Connector(self.stand, name, self.options.callers, receiver, max(self.options.flight, 32))
        self.running.append(connector)
        connector.start()
        connector.await_serving()
        return connector

    def rates(self, lanes):
        connector = self.begin("without-faults")
        rates = Rates(connector, self.person(AGENCY, ACTOR), lanes, self.options.flight, self.counts)
        rates.measure(self.options.rate_calls, min(100, self.options.rate_calls))
        connector.stop()
        self.figures |= rates.figures
        self.print_rates()

    def print_rates(self):
        print(f"\nwithout faults, {self.options.flight} at once, on {self.options.database}")
        print(f"  {'':10}{'':12}{'p50 ms':>10}{'p99 ms':>10}{'calls/s':>10}")
        for kind in ("writes", "reads"):
            for name in ("direct", "connector"):
                print(f"  {kind:10}{name:12}" + "".join(f"{self.figures[f'{kind}_{name}_{each}']:>10.1f}"
                                                        for each in ("p50_ms", "p99_ms", "per_second")))
            print(f"  {'':22}taken at {self.figures[f'{kind}_connector_handed_over_per_second']:.0f}/s, answers fetched at "
                  f"{self.figures[f'{kind}_connector_fetched_per_second']:.0f}/s, "
                  f"{self.figures[f'{kind}_connector_cpu_ms']:.2f} ms of the connector's CPU a call")
        for kind in ("writes", "reads"):
            rate, direct = (self.figures[f"{kind}_{name}_per_second"] for name in ("connector", "direct"))
            # What the services do not make without a connector they do not make through one either.
            verdict = "met" if rate >= GOAL else f"NOT MET, and {direct:.0f} without the connector"
            print(f"  goal {GOAL} {kind} a second through one connector: {verdict}", flush=True)

    def faults(self, lanes):
        options, receiver = self.options, Receiver()
        connector = self.begin("with-faults", receiver)
        listed = len(lanes) + 1
        if not wait_until(lambda: receiver.count() >= listed, 60):
            raise SystemExit(f"connector: {receiver.count()} of {listed} listed referrals came by webhook in 60 s")
        caller = LocalCaller(connector.port, next(iter(connector.tokens.values())), self.counts)
        # The position after the list is kept once the feed is followed; what changes from then on must be told.
        caller.fetch(caller.hand_over("AssignReferral", lanes[0].assign(), "first"))
        if not wait_until(lambda: receiver.count() > listed, 60):
            raise SystemExit("connector: the first change was not told in 60 s")
        since = {lane.name: lane.version for lane in lanes}
        seconds = options.down + 60
        print(f"\n{options.calls} acts in {seconds} s on {len(lanes)} referrals, seed {options.seed}", flush=True)
        load = Load(connector, lanes, options.calls, seconds, self.counts)
        faults = Faults(self.stand, connector, receiver, options.seed, seconds, options.down, self.counts)
        while not load.handed() and not load.failures and not faults.failures:
            self.progress(load, receiver)
            time.sleep(5)
        faults.end()
        load.join()
        healed = time.monotonic()
        self.settle(lanes, since, receiver)
        self.figures["seconds_until_all_was_delivered"] = time.monotonic() - healed
        self.judge(lanes, since, load, faults, connector, receiver)
        connector.stop()
        receiver.close()

    def progress(self, load, receiver):
        print(f"{time.monotonic() - load.begun:5.0f} s  {self.counts['handed over']} handed over, "
              f"{self.counts['fetched']} answers fetched, {receiver.count()} events delivered; "
              f"kills {self.counts['kill -9']}, receiver {receiver.mode}", flush=True)

    def settle(self, lanes, since, receiver, patience=120):
        """Waits until every change was delivered, or for so many seconds none was: a receiver that failed is asked again
        within a minute."""
        found = revisions(self.person("co-pahtco", "admin", "admin"), lanes)
        left, last = missing(lanes, found, since, list(receiver.taken)), time.monotonic()
        while left and time.monotonic() < last + patience:
            time.sleep(2)
            now = missing(lanes, found, since, list(receiver.taken))
            last = time.monotonic() if now < left else last
            left = now

    def judge(self, lanes, since, load, faults, connector, receiver):
        differences = self.differences
        found = revisions(self.person("co-pahtco", "admin", "admin"), lanes)
        compare_answers(load.answers, differences)
        events = list(receiver.taken)
        expected = compare_changes(lanes, found, since, events, differences)
        for failure in load.failures + faults.failures:
            differences.add("the bench itself failed", failure)
        if receiver.counts["wrong signature"]:
            differences.add("wrong signature", f"{receiver.counts['wrong signature']} requests")
        if dead := connector.dead_letters():
            differences.add("dead letter", f"{dead} at the end")
        if self.counts["ended by itself"]:
            differences.add("the connector ended by itself", f"{self.counts['ended by itself']} times")
        wanted = ["kill -9"] + (["seconds without a gateway"] if self.options.down else [])
        for fault in wanted:
            if not self.counts[fault]:
                differences.add("nothing happened", fault)
        self.figures |= {"acts": self.options.calls, "acts_answered": len(load.answers), "changes": expected,
                         "changes_delivered": expected - len(differences.lines["change not delivered"]),
                         "dead_letters": dead}
        self.figures |= {f"count: {name}": value for name, value in sorted(self.counts.items())}
        self.figures |= {f"webhook: {name}": value for name, value in sorted(receiver.counts.items())}

    def report(self):
        print()
        for name, value in self.figures.items():
            print(f"  {name.replace('_', ' '):48}" + (f"{value:>12.2f}" if isinstance(value, float) else f"{value:>12}"))
        for kind, lines in sorted(self.differences.lines.items()):
            if not lines:
                continue
            print(f"\n  {kind}: {len(lines)}")
            for line in lines[:SHOWN]:
                print(f"    {line}")
        # The last line sums it up.
        rate = self.figures.get("writes_connector_per_second")
        print(f"\n{self.figures.get('acts', 0)} acts under faults, {self.differences.total()} differences"
              + (f"; {rate:.0f} changes a second without faults, goal {GOAL}" if rate else ""))
        if not self.options.json:
            return
        common = {"bench": "connector", "subject": "accord", "database": self.options.database, "seed": self.options.seed}
        with open(self.options.json, "w", encoding="utf-8") as out:
            for name, value in [("differences", self.differences.total()), *self.figures.items()]:
                out.write(json.dumps({**common, "metric": name, "value": value}) + "\n")


def main():
    options = parse()
    binaries = pathlib.Path(os.environ.get("ACCORD_BIN_DIR", HERE.parent.parent / "build/release/bin")).absolute()
    directory = pathlib.Path(tempfile.mkdtemp(prefix="accord-connector."))
    directory.chmod(0o711)
    # Whoever ends this ends the processes with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    stand = Stand(directory, binaries, options.database)
    bench = Bench(options, stand)
    try:
        bench.run()
        bench.report()
    finally:
        for connector in bench.running:
            connector.stop()
        stand.down()
        if options.keep:
            print(f"kept {directory}")
        else:
            shutil.rmtree(directory, ignore_errors=True)
    return 1 if bench.differences.total() else 0


if __name__ == "__main__":
    sys.exit(main())
