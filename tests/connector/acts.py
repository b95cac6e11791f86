"""Acts on referrals: who makes the referrals, what is done with each, and how an act is handed over and its answer fetched."""
import datetime
import http.client
import json
import threading
import time
import uuid
import zoneinfo

from gateway_client import METHODS, Method, referrals
from stand import ACTOR, AGENCY, PURPOSES

METHODS["AssignReferral"] = Method(referrals, "ReferralService", "AssignReferral")
METHODS["GetReferral"] = Method(referrals, "ReferralService", "GetReferral")
SERVICE = "accord.protocols.v1.ReferralService."


class Lane:
    """One referral with the acts on it, each of which carries the version that the one before has made."""

    def __init__(self, name):
        self.name, self.version = name, 1
        self._lock = threading.Lock()
        # Request ids in the order in which they were handed over.
        self.handed = []

    def assign(self):
        """The next change. It is refused unless all before it have been carried out, and none twice."""
        with self._lock:
            request = {"name": self.name, "etag": f"v{self.version}", "request_id": str(uuid.uuid4())}
            if self.version % 2:
                request["assignee"] = "member"
            self.version += 1
            self.handed.append(request["request_id"])
            return request


def refer(worker, protocol):
    """Makes a referral to the agency of the connector; gives its lane."""
    day = datetime.datetime.now(zoneinfo.ZoneInfo("America/Toronto")).date().isoformat()
    answer = worker.read(METHODS["CreateReferral"], METHODS["CreateReferral"].request(
        parent="agencies/cas-york", request_id=str(uuid.uuid4()), referral={
            "protocol": protocol, "kind": "REFERRAL_KIND_CONSULTATION", "to_agency": AGENCY,
            "subject_ref": str(uuid.uuid4()), "age_band": "AGE_BAND_12_15", "urgency": "URGENCY_D7", "event_date": day,
            "reporter_belief": "A made-up belief of the bench.", "lawful_basis": "CYFSA 2017, s. 125",
            "indicators": ["unexplained_phone"], "indigenous_identity": "INDIGENOUS_IDENTITY_NOT_ASKED"}))
    return Lane(answer.name)


class LocalCaller:
    """A program beside the connector, with its own token and one connection. It is for one thread."""

    def __init__(self, port, token, counts):
        self.port, self.counts = port, counts
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._connection = None

    def ask(self, verb, path, body=None, headers=None):
        """The status and the JSON of the answer; raises OSError or HTTPException where there is none."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            self._connection.request(verb, path, body, self.headers | (headers or {}))
            answer = self._connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self._connection = None
            raise
        return answer.status, json.loads(text) if text else None

    def insist(self, verb, path, body=None, headers=None, end=float("inf")):
        """Asks until there is an answer that another attempt would not change."""
        while True:
            try:
                status, answer = self.ask(verb, path, body, headers)
                if status not in (500, 503, 507):
                    return status, answer
                self.counts[f"answered {status}"] += 1
            except (OSError, http.client.HTTPException):
                self.counts["gave no answer"] += 1
            if time.monotonic() > end:
                raise TimeoutError(f"{verb} {path} met no answer")
            time.sleep(0.05)

    def hand_over(self, method, request, key):
        """The id of the act; the same key makes it the same act however often it is handed over."""
        act = json.dumps({"method": SERVICE + method, "actor": ACTOR, "purpose": PURPOSES[AGENCY], "request": request})
        status, answer = self.insist("POST", "/v1/calls", act, {"Idempotency-Key": key})
        if status != 202:
            raise RuntimeError(f"an act was not taken: {status} {answer}")
        self.counts["handed over again"] += not answer["new"]
        return answer["id"]

    def fetch(self, call, pause=0.05, end=float("inf")):
        """The final answer or refusal; None if there is none by `end`."""
        while True:
            status, answer = self.insist("GET", f"/v1/calls/{call}")
            if status != 200:
                return {"state": f"answered {status}"}
            if answer["state"] in ("answered", "refused"):
                return answer
            if time.monotonic() > end:
                return None
            time.sleep(pause)
