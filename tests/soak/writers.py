"""These writers carry their changes on, with the same request id, until they are acknowledged, as the contract says."""
import datetime
import random
import threading
import time
import uuid
import zoneinfo

import grpc

from gateway_client import AGAIN, BROKEN, METHODS, rule_of
from ledger import Change

OUTCOMES = ("REFERRAL_STATE_CONSULT_ONLY", "REFERRAL_STATE_NO_FURTHER_ACTION")
# This share of all changes is cancelled while it is in progress, and one half of those is never asked for again.
CANCELLED = 0.06


class Writer(threading.Thread):
    """This makes one change after the other until the run ends; subclasses say which."""

    def __init__(self, context, name, seed):
        super().__init__(daemon=True, name=name)
        self.context, self.ledger = context, context.ledger
        self.random = random.Random(f"{seed} {name}")

    def run(self):
        while not self.context.ended.is_set():
            self.work()

    def pause(self, shortest, longest):
        self.context.ended.wait(self.random.uniform(shortest, longest))

    def carry(self, caller, verb, request, change):
        """Gives the answer, or None if the change was abandoned or never acknowledged."""
        request.request_id = change.request_id
        self.ledger.begin(change)
        method = METHODS[verb]
        cancel = "cancel" in self.context.options.faults and self.random.random() < CANCELLED
        refusals = 0
        while True:
            call = caller.start(method, request, caller.gateway, timeout=5)
            if cancel:
                cancel = False
                time.sleep(self.random.uniform(0.001, 0.03))
                if call.cancel():
                    self.ledger.count("cancelled")
                    if self.random.random() < 0.5:
                        self.ledger.abandon(change)
                        return None
            try:
                answer = call.result()
                self.ledger.acknowledge(change, answer.name)
                return answer
            except grpc.FutureCancelledError:
                pass
            except grpc.RpcError as error:
                self.ledger.answered(error.code().name, rule_of(error))
                # A replica may be wrong where another is right, so a refusal is believed when it stays.
                refusals += error.code() not in AGAIN | BROKEN
                if refusals >= 20:
                    change.refused = f"{error.code().name} {rule_of(error)}"
                    return None
            if not self.context.patient():
                return None
            self.ledger.count("repeated")
            caller.turn()
            time.sleep(self.random.uniform(0.05, 0.3))


class ReferralWriter(Writer):
    """This refers to another agency, in whose name it acknowledges, screens and closes."""

    def __init__(self, context, number, seed, sender, receiver):
        super().__init__(context, f"referrals-{number}", seed)
        self.sender = context.worker(sender, "worker" if sender.startswith("cas") else "member")
        self.receiver = context.worker(receiver, "supervisor")
        self.day = datetime.datetime.now(zoneinfo.ZoneInfo("America/Toronto")).date().isoformat()

    def referral(self):
        return {"protocol": self.context.protocol, "kind": "REFERRAL_KIND_CONSULTATION",
                "to_agency": self.receiver.agency, "subject_ref": str(uuid.UUID(int=self.random.getrandbits(128))),
                "age_band": "AGE_BAND_12_15", "urgency": "URGENCY_D7", "event_date": self.day,
                "reporter_belief": "A made-up belief of the soak.", "lawful_basis": "CYFSA 2017, s. 125",
                "indicators": ["unexplained_phone"], "indigenous_identity": "INDIGENOUS_IDENTITY_NOT_ASKED"}

    def step(self, verb, state, etag, name, **more):
        request = METHODS[verb].request(name=name, etag=etag, **more)
        change = Change("protocols", verb, self.receiver.agency, self.receiver.actor, state, name)
        return self.carry(self.receiver, verb, request, change)

    def work(self):
        self.pause(0.01, 0.08)
        create = METHODS["CreateReferral"].request(parent=f"agencies/{self.sender.agency}", referral=self.referral())
        answer = self.carry(self.sender, "CreateReferral", create, Change(
            "protocols", "CreateReferral", self.sender.agency, self.sender.actor, "REFERRAL_STATE_SUBMITTED"))
        # Some are left at each step.
        if answer is None or self.random.random() < 0.2:
            return
        answer = self.step("AcknowledgeReferral", "REFERRAL_STATE_ACKNOWLEDGED", answer.etag, answer.name)
        if answer is None or self.random.random() < 0.3:
            return
        outcome = self.random.choice(OUTCOMES)
        answer = self.step("ScreenReferral", outcome, answer.etag, answer.name, outcome=outcome, reason="Seen by the soak.")
        if answer is None or self.random.random() < 0.3:
            return
        self.step("CloseReferral", "REFERRAL_STATE_CLOSED", answer.etag, answer.name)
