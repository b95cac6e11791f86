"""What all parts of one run share: options, processes, ledger, identities, and when to end."""
import threading
import time

from gateway_client import Caller, Identity
from ledger import Ledger

SYSTEMS = {"cas-york": "cms", "ps-york": "rms", "cas-durham": "cms", "ps-durham": "rms"}
DUTIES = {"cas": "child_protection", "ps": "criminal_investigation"}
# Seconds after the last fault within which everything is to be as it should.
PATIENCE = 60


class Context:
    def __init__(self, stack, options, ports):
        self.stack, self.options = stack, options
        # Ports that lead to the gateways: through what can cut connections, and without it.
        self.ports = ports
        self.direct = [gateway.listens() for gateway in stack.gateways()]
        self.ledger = Ledger()
        self.ended = threading.Event()
        self.ends = float("inf")
        self.authority = (stack.dir / "pki/agency-ca.crt").read_bytes()
        self._identities = {}
        self.protocol = (stack.dir / "protocol").read_text().strip()

    def identity(self, folder, direct=False):
        """One system's channels: all people of an agency share them."""
        key = (folder, direct)
        if key not in self._identities:
            files = self.stack.dir / "clients" / folder
            self._identities[key] = Identity(self.authority, (files / "client.crt").read_bytes(),
                                             (files / "client.key").read_bytes(), self.direct if direct else self.ports)
        return self._identities[key]

    def worker(self, agency, actor):
        """Somebody on duty."""
        return Caller(self.identity(agency), agency, actor, DUTIES[agency.split("-")[0]])

    def person(self, agency, actor, purpose, direct=False):
        return Caller(self.identity(agency, direct), agency, actor, purpose)

    def privacy(self, agency):
        return Caller(self.identity(agency, direct=True), agency, "privacy", "privacy_review")

    def office(self, direct=False):
        return Caller(self.identity("admin", direct), "co-pahtco", "admin", "administration")

    def end(self):
        """No new changes; those under way are carried on."""
        self.ends = time.monotonic() + PATIENCE
        self.ended.set()

    def patient(self):
        return time.monotonic() < self.ends
