"""All parts of one run share this: options, processes, ledger, identities, and when to end."""
import threading
import time

from gateway_client import Caller, Identity
from ledger import Ledger

SYSTEMS = {"cas-york": "cms", "ps-york": "rms", "cas-durham": "cms", "ps-durham": "rms"}
DUTIES = {"cas": "child_protection", "ps": "criminal_investigation"}
# Everything is to be as it should be within this many seconds after the last fault.
PATIENCE = 60


class Context:
    def __init__(self, stack, options, ports):
        self.stack, self.options = stack, options
        # These ports lead to the gateways: through what can cut connections, and without it.
        self.ports = ports
        self.direct = [gateway.listens() for gateway in stack.gateways()]
        self.ledger = Ledger()
        self.ended = threading.Event()
        self.ends = float("inf")
        self.authority = (stack.dir / "pki/agency-ca.crt").read_bytes()
        self._identities = {}
        self.protocol = (stack.dir / "protocol").read_text().strip()

    def identity(self, folder, direct=False):
        """Gives one system's channels, which all people of an agency share."""
        key = (folder, direct)
        if key not in self._identities:
            files = self.stack.dir / "clients" / folder
            self._identities[key] = Identity(self.authority, (files / "client.crt").read_bytes(),
                                             (files / "client.key").read_bytes(), self.direct if direct else self.ports)
        return self._identities[key]

    def worker(self, agency, actor):
        """Gives somebody on duty."""
        return Caller(self.identity(agency), agency, actor, DUTIES[agency.split("-")[0]])

    def person(self, agency, actor, purpose, direct=False):
        return Caller(self.identity(agency, direct), agency, actor, purpose)

    def privacy(self, agency):
        return Caller(self.identity(agency, direct=True), agency, "privacy", "privacy_review")

    def office(self, direct=False):
        return Caller(self.identity("admin", direct), "co-pahtco", "admin", "administration")

    def end(self):
        """Ends new changes; those in progress are completed."""
        self.ends = time.monotonic() + PATIENCE
        self.ended.set()

    def patient(self):
        return time.monotonic() < self.ends
