"""The comparison at the end: what was handed over against what the service did and what the receiver was told."""
import collections
import datetime

from gateway_client import REVISIONS


class Differences:
    """Each is a class of them and a line that says where to look."""

    def __init__(self):
        self.lines = collections.defaultdict(list)

    def add(self, kind, line):
        self.lines[kind].append(line)

    def total(self):
        return sum(map(len, self.lines.values()))


def revisions(office, lanes):
    """Name of a lane -> its changes by their versions, each as (version, request id, microseconds)."""
    found, method, after = {lane.name: [] for lane in lanes}, REVISIONS["protocols"], 0
    while page := office.read(method, method.request(after_sequence=after, page_size=1000)).revisions:
        for each in page:
            if each.name in found:
                found[each.name].append((each.version, each.request_id, each.time.ToMicroseconds()))
        after = page[-1].sequence
    for changes in found.values():
        changes.sort()
    return found


def compare_acts(lanes, found, differences):
    """Each act took effect once, and those on one referral in the order in which they were taken."""
    for lane in lanes:
        done = [request for version, request, _ in found[lane.name] if version > 1]
        times, before = collections.Counter(done), differences.total()
        for request in lane.handed:
            if times[request] == 0:
                differences.add("act not carried out", f"{lane.name} {request}")
            elif times[request] > 1:
                differences.add("act carried out more than once", f"{lane.name} {request}: {times[request]} times")
        known = set(lane.handed)
        for request in done:
            if request not in known:
                differences.add("change without an act", f"{lane.name} {request}")
        if differences.total() == before and done != lane.handed:
            differences.add("acts out of order", lane.name)


def compare_answers(answers, differences):
    for lane, answer in answers:
        if answer is None:
            differences.add("act without a final answer", lane.name)
        elif answer["state"] != "answered":
            reason = answer.get("refusal", {}).get("reason", "")
            differences.add("act refused", f"{lane.name}: {answer['state']} {reason}")


def arrivals(events):
    """Name -> microseconds of its changes in the order in which each first arrived; all numbers that there were."""
    first, numbers = collections.defaultdict(list), set()
    seen = set()
    for _, event in events:
        numbers.add(event["number"])
        if event["event"] != "changed":
            continue
        text = event["change"]["time"].removesuffix("Z")
        whole, _, part = text.partition(".")
        at = datetime.datetime.fromisoformat(whole).replace(tzinfo=datetime.timezone.utc)
        micros = int(at.timestamp()) * 1_000_000 + int((part + "000000")[:6])
        if (event["name"], micros) not in seen:
            seen.add((event["name"], micros))
            first[event["name"]].append(micros)
    return first, numbers


def compare_changes(lanes, found, since, events, differences):
    """Each change after `since` was delivered, those of one referral in their order, and no event was left out."""
    first, numbers = arrivals(events)
    expected = 0
    for lane in lanes:
        wanted = [micros for version, _, micros in found[lane.name] if version > since[lane.name]]
        expected += len(wanted)
        got = first[lane.name]
        for micros in set(wanted) - set(got):
            differences.add("change not delivered", f"{lane.name} at {micros}")
        # A watch may tell what was just before its position again, and so a change from before the beginning.
        got = [micros for micros in got if micros in set(wanted)]
        if got != sorted(got):
            differences.add("changes delivered out of order", lane.name)
    for number in set(range(1, max(numbers, default=0) + 1)) - numbers:
        differences.add("event not delivered", f"number {number}")
    return expected


def missing(lanes, found, since, events):
    """How many changes have not been delivered so far."""
    first, _ = arrivals(events)
    return sum(len({micros for version, _, micros in found[lane.name] if version > since[lane.name]}
                   - set(first[lane.name])) for lane in lanes)
