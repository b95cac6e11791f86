"""This is what the services and the log say in the end, read through the gateways as those who are entitled to
it would."""
import collections
import dataclasses
import hashlib

from context import SYSTEMS
from gateway_client import METHODS, REVISIONS
from service_writers import KINDS


# The writers change these collections; a service may note something of its own beside them, such as an alert.
COLLECTIONS = ("referrals", "actors", "certificates", *(kind.collection for kind in KINDS))


@dataclasses.dataclass(frozen=True)
class Revision:
    service: str
    name: str
    version: int
    agency: str
    actor: str
    request_id: str

    def digest(self):
        text = f"{self.service}\n{self.name}\n{self.version}"
        return hashlib.sha256(text.encode()).digest()[:16]

    def owner(self):
        return self.name.split("/")[1]


def revisions(context):
    """Gives every change of what the writers change that took effect, in each service's order."""
    office, found = context.office(direct=True), []
    for service, method in REVISIONS.items():
        after = 0
        while page := office.read(method, method.request(after_sequence=after, page_size=1000)).revisions:
            found += [Revision(service, each.name, each.version, each.agency, each.actor, each.request_id)
                      for each in page if each.name.split("/")[-2] in COLLECTIONS]
            after = page[-1].sequence
    return found


def states(context):
    """Gives, for (name, reader), the states that the reader's lists give it; more than one if a list names it more
    than once."""
    found = collections.defaultdict(list)
    for agency, actor in (("cas-york", "worker"), ("ps-york", "member")):
        method = METHODS["ListReferrals"]
        for each, _ in context.worker(agency, actor).pages(method, method.request(page_size=1000), "referrals"):
            found[each.name, agency].append(_state(each))
    for kind in KINDS:
        method = METHODS[kind.list]
        for each, _ in context.person(*kind.maker).pages(method, method.request(page_size=1000), kind.listed):
            found[each.name, kind.maker[0]].append(_state(each))
    office = context.office(direct=True)
    for agency, system in SYSTEMS.items():
        method = METHODS["ListActors"]
        for each, _ in office.pages(method, method.request(parent=f"agencies/{agency}", page_size=1000), "actors"):
            found[each.name, "co-pahtco"].append(_state(each))
        method, parent = METHODS["ListCertificates"], f"agencies/{agency}/systems/{system}"
        for each, _ in office.pages(method, method.request(parent=parent, page_size=1000), "certificates"):
            found[each.name, "co-pahtco"].append(_state(each))
    return found


def _state(resource):
    field = resource.DESCRIPTOR.fields_by_name.get("state")
    return "" if field is None else field.enum_type.values_by_number[resource.state].name


class Records:
    """This is what one owner reads in the log. Each look continues from the last page."""

    def __init__(self, context, owner):
        self.caller = context.privacy(owner)
        self.owner = owner
        self.token = ""
        self.entries = 0
        self._seen = set()
        # The digest of a revision leads to the indexes of the entries that tell of it.
        self.by_digest = collections.defaultdict(set)
        # (request id, name) leads to the indexes of the entries that name both, and an index to the names that its
        # entry has.
        self.by_request = collections.defaultdict(set)
        self.named = {}
        self.recovered = 0

    def look(self):
        method = METHODS["ListEntries"]
        for entry, token in self.caller.pages(method, method.request(page_size=1000), "entries", self.token):
            self.token = token
            if entry.index in self._seen:
                continue
            self._seen.add(entry.index)
            self.entries += 1
            self._keep(entry.index, entry.record)

    def _keep(self, index, record):
        kinds = type(record).DESCRIPTOR.fields_by_name
        phase = kinds["phase"].enum_type.values_by_number[record.phase].name
        decision = kinds["decision"].enum_type.values_by_number[record.decision].name
        if decision != "DECISION_ALLOW" or phase not in ("PHASE_COMPLETE", "PHASE_RECOVERED"):
            return
        if not record.request_id and not record.revisions:
            return
        self.recovered += phase == "PHASE_RECOVERED"
        self.named[index] = {each.name for each in record.resources if each.owner == self.owner}
        for digest in record.revisions:
            self.by_digest[digest].add(index)
        for name in self.named[index]:
            self.by_request[record.request_id, name].add(index)
