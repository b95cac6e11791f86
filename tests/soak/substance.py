"""This says whether a run had anything to show, because without changes, events, revocations and faults nothing
can differ."""
import collections

from compare import FOLLOWERS, Differences
from faults import LANES
from service_writers import KINDS

VERBS = ("CreateReferral", "AcknowledgeReferral", "ScreenReferral", "CloseReferral", "CreateActor", "DisableActor",
         "IssueCertificate", "RevokeCertificate", *(verb for kind in KINDS for verb in kind.verbs()))
CONCERNED = ("cas-york", "ps-york")
# A run of at least this many minutes must meet each chosen fault, and a shorter one a fault of each lane.
LONG = 10


def substance(context, comparison, watchers, probes, happened):
    """Gives differences for all that the run had to meet and did not, and for processes that no fault ended."""
    bare = Differences()
    for line in _unmet(context, comparison, watchers, probes):
        bare.add("nothing to compare", line)
    for line in _faults(context, happened):
        bare.add("a fault that never happened", line)
    for line in context.stack.ended:
        bare.add("a process ended by itself", line)
    if happened["not mended"]:
        bare.add("a replica did not serve again within 30 s", f"{happened['not mended']} times")
    return bare


def _unmet(context, comparison, watchers, probes):
    acknowledged = collections.Counter(change.verb for change in comparison.changes if change.acknowledged)
    yield from (f"no {verb} was acknowledged" for verb in VERBS if not acknowledged[verb])
    yield from (f"{watcher.label} was told of nothing" for watcher in watchers
                if watcher.caller.agency in FOLLOWERS and not watcher.told)
    yield from (f"{owner} read no record of a change" for owner in CONCERNED if not comparison.records[owner].by_digest)
    yield from (f"gateway {gateway + 1} was never asked for somebody whose 5 seconds were over"
                for gateway in range(len(context.direct)) if not probes.held[gateway])


def _faults(context, happened):
    chosen = context.options.faults
    if "cancel" in chosen and not context.ledger.counts["cancelled"]:
        yield "no call was cancelled"
    for lane, kinds in LANES.items():
        meant = [kind for kind in kinds if kind in chosen]
        if context.options.minutes >= LONG:
            yield from (f"no {kind}" for kind in meant if not happened[kind])
        elif meant and not any(happened[kind] for kind in meant):
            yield f"none of {lane}"
