#!/usr/bin/env python3
"""This soaks the real processes, two replicas of each, in work and faults, and then compares.

21 writers refer youths between two agencies, admit people and issue certificates, and put them out again, and make and
move records of every other service that has a feed; every change is repeated with the same request id until it is
acknowledged, except those that are cancelled for good. Watchers of three agencies follow the referrals, one of the
office follows people and certificates, and whoever makes or moves records follows the feed of their service, through
whatever ends their streams. In the end each acknowledged change must have taken effect once, must have one record that
its owner sees, and must have been told to every watcher that may see it; each revocation must have taken effect at both
gateways within 5 seconds, and must hold. A run that had nothing to compare, met no fault, or in which a process ended
by itself counts as one that differs. Exit 1 if anything differs.
"""
import argparse
import collections
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
import uuid

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(HERE.parent / "attack")]

import faults  # noqa: E402
from compare import Comparison  # noqa: E402
from context import Context  # noqa: E402
from gateway_client import METHODS  # noqa: E402
from probes import Probes  # noqa: E402
from processes import CLOCK, Stack, wait_until  # noqa: E402
from registry_writers import ActorWriter, CertificateWriter  # noqa: E402
from relay import Relay  # noqa: E402
from report import Report, percentile, progress  # noqa: E402
from service_writers import KINDS, RecordWriter  # noqa: E402
from substance import substance  # noqa: E402
from watchers import FeedWatcher, RecordWatcher, RegistryWatcher, Watcher  # noqa: E402
from writers import ReferralWriter  # noqa: E402

# These are (agency, actor) and how many watch; the last one has no part in anything.
WATCHERS = (("cas-york", "worker", 2), ("ps-york", "member", 2), ("cas-durham", "worker", 2))


def parse():
    parser = argparse.ArgumentParser(prog="./accord bench soak", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, help="minutes of load [10]")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite", help="[%(default)s]")
    parser.add_argument("--seed", type=int, help="of writers and faults [a random one]")
    parser.add_argument("--faults", metavar="LIST", help=f"of {','.join(faults.ALL)}, or none [all]")
    parser.add_argument("--short", action="store_true", help=f"one minute, with {', '.join(faults.SHORT)}: to try it")
    parser.add_argument("--reconcile", action="store_true",
                        help="has the log compare itself with the services before it is read, and says what was missing")
    parser.add_argument("--json", metavar="FILE", help="figures, one object a line")
    parser.add_argument("--keep", action="store_true", help="leaves the directory of the processes")
    options = parser.parse_args()
    options.minutes = options.minutes or (1 if options.short else 10)
    options.seed = random.SystemRandom().randrange(1 << 31) if options.seed is None else options.seed
    chosen = options.faults.split(",") if options.faults else faults.SHORT if options.short else faults.ALL
    options.faults = [] if chosen == ["none"] else list(chosen)
    if unknown := set(options.faults) - set(faults.ALL):
        parser.error(f"there is no fault {', '.join(sorted(unknown))}")
    if "clock" in options.faults and CLOCK is None:
        parser.error("the fault clock needs the package libfaketime")
    return options


class Soak:
    def __init__(self, options, stack):
        self.options, self.stack = options, stack

    def run(self):
        self.stack.up()
        relays = [Relay(gateway.listens()) for gateway in self.stack.gateways()]
        context = Context(self.stack, self.options, [relay.port for relay in relays])
        probes = Probes(context)
        watchers = self.watchers(context)
        writers = self.writers(context, probes)
        lanes = [faults.Lane(context, name, relays) for name in faults.LANES]
        start = time.monotonic()
        for each in (*writers, *lanes):
            each.start()
        self.load(context, start, watchers, probes, lanes)
        seconds = time.monotonic() - start
        context.end()
        for lane in lanes:
            lane.join()
        self.stack.heal()
        for writer in writers:
            writer.join()
        print("healed and written; comparing", flush=True)
        recovered = self.reconcile(context) if self.options.reconcile else 0
        comparison = Comparison(context, watchers, probes)
        differences = comparison.settle()
        differences.extend(substance(context, comparison, watchers, probes, self.happened(lanes)))
        return self.report(context, comparison, differences, probes, watchers, seconds, recovered, self.happened(lanes))

    @staticmethod
    def happened(lanes):
        return sum((lane.counts for lane in lanes), collections.Counter())

    @staticmethod
    def watchers(context):
        """Gives all of them, once each has a token to go on from: it must be told of every later change."""
        watchers = [Watcher(context.worker(agency, actor), context.ledger, f"{agency}-{number + 1}")
                    for agency, actor, count in WATCHERS for number in range(count)]
        watchers += [FeedWatcher(context.worker(agency, actor), context.ledger, f"{agency}-feed")
                     for agency, actor, _ in WATCHERS]
        watchers.append(RegistryWatcher(context.office(), context.ledger, "co-pahtco-feed"))
        watchers += [RecordWatcher(context.person(*person), context.ledger, f"{person[0]}-{kind.service}", kind)
                     for kind in KINDS for person in kind.people()]
        for watcher in watchers:
            watcher.start()
        if not wait_until(lambda: all(watcher.ready() for watcher in watchers), 30):
            raise SystemExit("soak: a watcher was told nothing for 30 s before the faults began")
        return watchers

    def writers(self, context, probes):
        seed, pair = self.options.seed, ("cas-york", "ps-york")
        writers = [ReferralWriter(context, number, seed, *(pair if number % 2 else pair[::-1])) for number in range(1, 11)]
        writers += [ActorWriter(context, number, seed, probes) for number in range(1, 5)]
        writers += [RecordWriter(context, seed, kind) for kind in KINDS]
        return writers + [CertificateWriter(context, number, seed, probes) for number in range(1, 3)]

    def load(self, context, start, watchers, probes, lanes):
        end, told = start + self.options.minutes * 60, start
        while (now := time.monotonic()) < end:
            context.ended.wait(min(told + 10 - now, end - now))
            told = time.monotonic()
            progress(told - start, context.ledger.counts, watchers, probes, self.happened(lanes))

    def reconcile(self, context):
        """Gives request ids that the log did not hold."""
        office, method, recovered = context.office(direct=True), METHODS["RecoverRecords"], 0
        while True:
            request = method.request(request_id=str(uuid.uuid4()), older_than_seconds=0)
            answer = office.read(method, request)
            recovered += len(answer.recovered)
            if not answer.more:
                return recovered

    def report(self, context, comparison, differences, probes, watchers, seconds, recovered, happened):
        counts, watch = context.ledger.counts, comparison.watch_lags()
        figures = {
            "acknowledged": counts["acknowledged"], "acknowledged_per_second": counts["acknowledged"] / seconds,
            "repeated": counts["repeated"], "cancelled": counts["cancelled"], "abandoned": counts["abandoned"],
            "revisions": len(comparison.revisions),
            "entries_read": sum(records.entries for records in comparison.records.values()),
            "records_recovered": sum(records.recovered for records in comparison.records.values()),
            "records_recovered_by_hand": recovered,
            "events_told": sum(sum(watcher.told.values()) for watcher in watchers),
            "events_told_again": sum(sum(watcher.told.values()) - len(watcher.told) for watcher in watchers),
            "streams": sum(watcher.streams for watcher in watchers), "streams_cut": counts["streams cut"],
            "probes": probes.calls["probes"], "revocations_measured": len(probes.revocation_lags) // 2,
            "refused_after_5_seconds": sum(probes.held.values())}
        measured = {"watch_lag": watch, "revocation_lag": probes.revocation_lags, "grant_lag": probes.grant_lags}
        for name, lags in measured.items():
            for share in (0.5, 0.99, 1.0):
                label = "max" if share == 1.0 else f"p{share * 100:.0f}"
                figures[f"{name}_{label}_seconds"] = float(round(percentile(lags, share), 3))
        report = Report(self.options, comparison.changes, seconds, figures, differences, context.ledger.answers, happened)
        report.print()
        if self.options.json:
            report.write(self.options.json)
        return differences.total()


def watch_threads():
    """Fails the run if a thread ended by an error, which leaves something unwatched, whatever the run finds."""
    ended, default = [], threading.excepthook
    def note(arguments):
        ended.append(arguments.thread.name if arguments.thread else "?")
        default(arguments)
    threading.excepthook = note
    return ended


def main():
    options = parse()
    broken = watch_threads()
    binaries = pathlib.Path(os.environ.get("ACCORD_BIN_DIR", HERE.parent.parent / "build/release/bin")).absolute()
    directory = pathlib.Path(tempfile.mkdtemp(prefix="accord-soak."))
    directory.chmod(0o711)
    print(f"soak on {options.database} for {options.minutes:g} minutes, seed {options.seed}, "
          f"faults: {', '.join(options.faults) or 'none'}", flush=True)
    # Whoever ends this script also ends the processes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    stack = Stack(directory, binaries, options.database, "clock" in options.faults)
    differences = None
    try:
        differences = Soak(options, stack).run()
    finally:
        stack.down()
        if options.keep:
            print(f"kept {directory}")
        else:
            shutil.rmtree(directory, ignore_errors=True)
    if broken:
        print(f"the soak itself failed: {len(broken)} of its threads ended by an error, {broken[0]} first")
    return 1 if differences or broken else 0


if __name__ == "__main__":
    sys.exit(main())
