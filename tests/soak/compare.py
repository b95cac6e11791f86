"""This is the comparison at the end of what was acknowledged with services, log, watchers and gateways."""
import collections
import concurrent.futures
import time

from evidence import Records, revisions, states
from probes import GRANTED, REVOKED
from service_writers import KINDS

# These agencies see what the writers change: the two that work together, the office, which admits people, and those
# whose people make or move records of another service.
FOLLOWERS = ("cas-york", "ps-york", "co-pahtco", *(agency for kind in KINDS for agency, _, _ in kind.people()))
# These list the records of a collection; of people and certificates it is the office.
READERS = {"referrals": ("cas-york", "ps-york"), **{kind.collection: kind.maker[:1] for kind in KINDS}}
# What is still in progress gets this many seconds. A difference that stays longer counts.
SETTLED = 30


class Differences:
    """Each difference has a class and a line that says where to look."""

    def __init__(self):
        self.lines = collections.defaultdict(list)

    def add(self, kind, line):
        self.lines[kind].append(line)

    def total(self):
        return sum(map(len, self.lines.values()))

    def extend(self, other):
        for kind, lines in other.lines.items():
            self.lines[kind] += lines


class Comparison:
    def __init__(self, context, watchers, probes):
        self.context, self.watchers, self.probes = context, watchers, probes
        self.changes = context.ledger.all()
        self.by_request = {change.request_id: change for change in self.changes}
        self.records = {owner: Records(context, owner) for owner in ("cas-york", "ps-york", "cas-durham", "ps-durham")}
        self.revisions = []
        self.differences = Differences()

    def settle(self):
        """Compares until nothing differs, or nothing that is under way can explain it any more."""
        end = time.monotonic() + SETTLED
        while True:
            self.revisions = revisions(self.context)
            for records in self.records.values():
                records.look()
            told = Differences()
            self._records(told)
            self._events(told)
            if not told.total() or time.monotonic() > end:
                break
            time.sleep(1)
        for watcher in self.watchers:
            watcher.stop()
        self.differences.extend(told)
        self._changes()
        self._gateways()
        return self.differences

    def _changes(self):
        """Checks that each acknowledged change took effect once, and that lists give what the last change made of
        a resource."""
        effects = collections.defaultdict(list)
        newest = {}
        for each in self.revisions:
            effects[each.request_id].append(each)
            if each.version >= newest.get(each.name, each).version:
                newest[each.name] = each
        listed = states(self.context)
        for change in self.changes:
            found = effects[change.request_id]
            where = f"{change.verb} {change.request_id} {change.name}"
            if change.refused:
                self.differences.add("refused for good", f"{where}: {change.refused}")
            elif not change.acknowledged and not change.abandoned:
                self.differences.add("never acknowledged", where)
            if change.acknowledged and not found:
                self.differences.add("acknowledged and lost", where)
            if change.acknowledged and found and found[0].name != change.name:
                self.differences.add("acknowledged under another name", f"{where}, and {found[0].name} was changed")
            if len(found) > 1:
                self.differences.add("took effect twice", f"{where}: {', '.join(f'{e.name} {e.version}' for e in found)}")
        for name, revision in newest.items():
            change = self.by_request.get(revision.request_id)
            if change is None:
                continue
            for reader in READERS.get(name.split("/")[-2], ("co-pahtco",)):
                got = listed.get((name, reader), [])
                if got != [change.state]:
                    self.differences.add("read back wrong",
                                         f"{name} as {reader}: {' '.join(got) or 'absent'}, not {change.state}")

    def _records(self, told):
        """Checks that each change that took effect has one record that the owner of what was changed sees."""
        for each in self.revisions:
            change = self.by_request.get(each.request_id)
            if change is None or each.owner() not in self.records:
                continue
            records = self.records[each.owner()]
            found = records.by_digest.get(each.digest(), ())
            where = f"{change.verb} {each.request_id} {each.name} version {each.version}"
            if len(found) > 1:
                told.add("more than one record", f"{where}: entries {' '.join(map(str, sorted(found)))}")
            elif found:
                if each.name not in records.named[min(found)]:
                    told.add("record without the name", f"{where}: entry {min(found)}")
            elif records.by_request.get((each.request_id, each.name)):
                told.add("record only of the repetition", where)
            elif change.acknowledged:
                told.add("no record, acknowledged", where)
            else:
                told.add("no record, never answered", where)

    def _events(self, told):
        """Checks that each watcher was told of each change of what it may see, in order and in an event of its own: the
        state after it, or what was done."""
        expected = {tells: collections.defaultdict(list) for tells in ("state", "verb")}
        for each in sorted(self.revisions, key=lambda revision: revision.version):
            change = self.by_request.get(each.request_id)
            if change is None:
                continue
            expected["state"][each.name].append(change.state)
            expected["verb"][each.name].append(change.verb)
        for watcher in self.watchers:
            if watcher.caller.agency not in FOLLOWERS:
                for name in watcher.events:
                    told.add("told to a stranger", f"{watcher.label}: {name}")
                continue
            for name, in_order in expected[watcher.compares].items():
                if name.split("/")[-2] not in watcher.follows:
                    continue
                told_in_order = [what for what, _ in watcher.events.get(name, ())]
                wanted, got = collections.Counter(in_order), collections.Counter(told_in_order)
                if wanted == got and told_in_order != in_order:
                    told.add("events out of order", f"{watcher.label}: {name} {' '.join(told_in_order)}")
                for what, times in (wanted - got).items():
                    told.add("event missed", f"{watcher.label}: {name} {what}" + (f", {times} times" if times > 1 else ""))
                for what, times in (got - wanted).items():
                    told.add("event without a change", f"{watcher.label}: {name} {what}, {times} times")

    def _gateways(self):
        """Checks that each gateway lets in whom the registry names, and nobody else, and that every revocation held
        after its 5 seconds."""
        for (name, gateway), age in sorted(self.probes.late.items()):
            self.differences.add("revoked and let in", f"gateway {gateway + 1}: {name}, {age:.1f} s after")
        subjects = [each for each in list(self.probes.subjects.values()) if each.expected in (GRANTED, REVOKED)]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for lines in pool.map(self._last_look, subjects):
                for kind, line in lines:
                    self.differences.add(kind, line)

    def _last_look(self, subject):
        wanted, lines = subject.expected == GRANTED, []
        for gateway in range(len(self.context.direct)):
            if self._ask(subject, gateway, wanted) is not wanted:
                kind = "admitted and refused in the end" if wanted else "revoked and let in in the end"
                lines.append((kind, f"gateway {gateway + 1}: {subject.name}"))
        if subject.own_channels:
            subject.caller.identity.forget()
        return lines

    def _ask(self, subject, gateway, wanted):
        end = time.monotonic() + 10
        while True:
            answer = self.probes.ask(subject, gateway, timeout=5)
            if answer is not None or time.monotonic() > end:
                # A certificate that is not known gets no answer at all.
                return bool(answer) if subject.own_channels or answer is not None else not wanted
            time.sleep(0.1)

    def watch_lags(self):
        """Gives the seconds from the acknowledgement of a change to its event, of every watcher."""
        acknowledged = {(change.name, what): change.acknowledged for change in self.changes if change.acknowledged
                        for what in (change.state, change.verb)}
        lags = []
        for watcher in self.watchers:
            for name, events in watcher.events.items():
                lags += [max(0, at - acknowledged[name, what]) for what, at in events if (name, what) in acknowledged]
        return lags
