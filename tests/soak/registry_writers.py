"""These are writers of the registry: people and certificates come, and go again."""
import subprocess

from context import SYSTEMS
from gateway_client import METHODS, Identity
from ledger import Change
from writers import Writer


class ActorWriter(Writer):
    """This registers people, and disables most of them: some at once, some after both gateways knew them."""

    def __init__(self, context, number, seed, probes):
        super().__init__(context, f"people-{number}", seed)
        self.office, self.probes = context.office(), probes
        self.made = 0

    def work(self):
        self.pause(0.1, 0.4)
        agency = self.random.choice(list(SYSTEMS))
        self.made += 1
        actor = f"soak-{self.name}-{self.made}"
        request = METHODS["CreateActor"].request(
            parent=f"agencies/{agency}", actor_id=actor,
            actor={"roles": ["ROLE_CAS_WORKER" if agency.startswith("cas") else "ROLE_POLICE_MEMBER"]})
        name = f"agencies/{agency}/actors/{actor}"
        answer = self.carry(self.office, "CreateActor", request,
                            Change("registry", "CreateActor", "co-pahtco", "admin", "ACTOR_STATE_ACTIVE", name))
        if answer is None:
            return
        key = self.probes.granted(name, self.context.identity(agency, direct=True), agency, actor)
        kind = self.random.random()
        if kind < 0.3:
            return
        if kind < 0.7:
            self.probes.await_granted(key, 10)
        request = METHODS["DisableActor"].request(name=name, etag=answer.etag)
        change = Change("registry", "DisableActor", "co-pahtco", "admin", "ACTOR_STATE_DISABLED", name)
        self.probes.uncertain(key)
        if self.carry(self.office, "DisableActor", request, change) is not None:
            self.probes.revoked(key, change.acknowledged)


class CertificateWriter(Writer):
    """This issues certificates for one key, and revokes them under their open connections."""

    def __init__(self, context, number, seed, probes):
        super().__init__(context, f"certificates-{number}", seed)
        self.office, self.probes = context.office(), probes
        folder = context.stack.dir / "clients" / self.name
        folder.mkdir()
        subprocess.run([context.stack.bin / "accordctl", "pki", "csr", "--out", folder], check=True, capture_output=True)
        self.csr, self.key = (folder / "client.csr").read_text(), (folder / "client.key").read_bytes()

    def work(self):
        self.pause(0.5, 1.5)
        agency = self.random.choice(list(SYSTEMS))
        system = f"agencies/{agency}/systems/{SYSTEMS[agency]}"
        request = METHODS["IssueCertificate"].request(parent=system, csr_pem=self.csr)
        answer = self.carry(self.office, "IssueCertificate", request,
                            Change("registry", "IssueCertificate", "co-pahtco", "admin", "CERTIFICATE_STATE_ACTIVE"))
        if answer is None:
            return
        identity = Identity(self.context.authority, answer.certificate_pem.encode(), self.key, self.context.direct)
        actor = "worker" if agency.startswith("cas") else "member"
        key = self.probes.granted(answer.name, identity, agency, actor)
        if self.random.random() < 0.7:
            self.probes.await_granted(key, 10)
        request = METHODS["RevokeCertificate"].request(name=answer.name, etag=answer.etag, reason="The soak revokes it.")
        change = Change("registry", "RevokeCertificate", "co-pahtco", "admin", "CERTIFICATE_STATE_REVOKED", answer.name)
        self.probes.uncertain(key)
        if self.carry(self.office, "RevokeCertificate", request, change) is not None:
            self.probes.revoked(key, change.acknowledged)
