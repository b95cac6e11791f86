#!/usr/bin/python3
"""Every client carries this case through; here the Python client does, as tests/clients/sdks.sh says.

usage: conformance.py WORK     the folder that sdks.sh has made"""
import concurrent.futures
import json
import pathlib
import shutil
import subprocess
import sys
import threading
import time
import uuid

import grpc
from accord.host.v1.changes_pb2 import WatchChangesRequest
from accord.protocols.v1.referral_service_pb2 import (
    AcknowledgeReferralRequest, CreateReferralRequest, GetReferralRequest, ListReferralsRequest)
from accord.protocols.v1.resources_pb2 import Referral, ReferralState
from accord_client import AccordError, Kind, Refusal, Rule, connect
from accord_client.services.protocols_v1 import ChangeService, ReferralService
from conformance_relay import Relay
from google.protobuf import json_format

WORK = pathlib.Path(sys.argv[1])
SECONDS = 60
POOL = concurrent.futures.ThreadPoolExecutor()


def step(what):
    print(f"clients: Python {what}", flush=True)


def act(*words):
    """Does something around the client."""
    subprocess.run([pathlib.Path(__file__).with_name("acts.sh"), WORK, *words], check=True, stdout=subprocess.DEVNULL)


def settings(agency):
    return json.loads((WORK / agency / "accord.json").read_text())


def refused(call):
    """Gives the refusal of a call that must not succeed."""
    try:
        call()
    except Refusal as refusal:
        return refusal
    raise AssertionError("a call was answered that is to be refused")


def eventually(holds):
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, "it does not come true"
        time.sleep(0.1)


class Watcher(threading.Thread):
    """This keeps all events of a watch of the referrals."""

    def __init__(self, accord):
        super().__init__(daemon=True)
        self.watch = accord.watch(ReferralService(accord).list_referrals, ListReferralsRequest(page_size=1),
                                  ChangeService(accord).watch_changes, WatchChangesRequest(kinds=["referral"]))
        self.events, self.failure = [], None
        self._news = threading.Condition()
        self.start()

    def run(self):
        try:
            for event in self.watch:
                with self._news:
                    self.events.append(event)
                    self._news.notify_all()
        except AccordError as error:
            with self._news:
                self.failure = error
                self._news.notify_all()

    def until(self, fits, what):
        """Gives the first event that fits."""
        with self._news:
            self._news.wait_for(lambda: self.failure or any(fits(event) for event in self.events), SECONDS)
            found = next((event for event in self.events if fits(event)), None)
            assert found, f"the watch does not tell of {what}: {self.failure or self.events[-5:]}"
            return found

    def told_of(self, name, state=None):
        return self.until(lambda event: event.kind is Kind.CHANGED and event.change.name == name
                          and (state is None or event.change.state == state), f"{name} {state or ''}")


class Case:
    def __init__(self):
        # One side connects by a file, and the other by the environment.
        self.york = connect(WORK / "cas-york/accord.json")
        values = settings("ps-york")
        folder = WORK / "ps-york"
        named = {name: str(folder / value) if name.endswith("_file") else value for name, value in values.items()}
        self.police = connect(environment={f"ACCORD_{name.upper()}": str(value) for name, value in named.items()})
        host, port = values["address"].split(":")
        self.lossy, self.rough = Relay((host, int(port))), Relay((host, int(port)))
        self.by_lossy = connect(WORK / "cas-york/accord.json", address=self.lossy.address)
        self.by_rough = connect(WORK / "cas-york/accord.json", address=self.rough.address)
        self.body = json.loads((WORK / "referral.json").read_text())
        self.made = []
        # The society watches over the network that breaks off connections.
        self.sent, self.received = Watcher(self.by_rough), Watcher(self.police)
        for watcher in (self.sent, self.received):
            watcher.until(lambda event: event.kind is Kind.POSITION, "its position")

    def create(self, accord=None, **changed):
        body = json_format.ParseDict(self.body | {"subject_ref": f"york-{uuid.uuid4()}"} | changed, Referral())
        made = ReferralService(accord or self.york).create_referral(
            CreateReferralRequest(parent="agencies/cas-york", referral=body))
        self.made.append(made.name)
        return made

    def acknowledge(self, name):
        referrals = ReferralService(self.police)
        read = referrals.get_referral(GetReferralRequest(name=name))
        done = referrals.acknowledge_referral(AcknowledgeReferralRequest(name=name, etag=read.etag))
        assert done.state == ReferralState.REFERRAL_STATE_ACKNOWLEDGED

    def names(self):
        return [each.name for each in ReferralService(self.york).list_referrals.all(ListReferralsRequest(page_size=2))]

    def creates(self):
        made = self.create()
        assert made.state == ReferralState.REFERRAL_STATE_SUBMITTED
        self.received.told_of(made.name)
        step("creates a referral, and the receiver's watch tells of it")

    def repeats_a_lost_answer(self):
        ReferralService(self.by_lossy).list_referrals(ListReferralsRequest())
        before, asked = set(self.names()), self.lossy.accepted
        self.lossy.swallows = True
        answer = POOL.submit(self.create, self.by_lossy)
        arrived = self.received.until(
            lambda event: event.kind is Kind.CHANGED and event.change.name not in before, "the referral that arrived")
        assert not answer.done()
        self.lossy.swallows = False
        self.lossy.cut()
        assert answer.result(SECONDS).name == arrived.change.name
        assert self.lossy.accepted > asked
        assert set(self.names()) - before == {arrived.change.name}
        step("repeats a call whose answer was lost, and one referral was made")

    def acknowledges(self):
        self.acknowledge(self.made[0])
        self.sent.told_of(self.made[0], "acknowledged")
        self.rough.shut = True
        self.rough.cut()
        self.acknowledge(self.made[1])
        self.rough.shut = False
        self.sent.told_of(self.made[1], "acknowledged")
        step("watches, and misses nothing of what happens while it is cut off")

    def pages(self):
        listing = ReferralService(self.york).list_referrals
        pages = list(listing.pages(ListReferralsRequest(page_size=1)))
        names = [each.name for page in pages for each in page.referrals]
        assert len(pages) >= len(names) >= len(self.made)
        assert sorted(names) == sorted(set(self.names()))
        step("reads a list page by page")

    def decodes_refusals(self):
        other = self.york.on_behalf_of(purpose="intelligence")
        refusal = refused(lambda: ReferralService(other).list_referrals(ListReferralsRequest()))
        assert refusal.rule is Rule.PURPOSE_NOT_PERMITTED and refusal.code is grpc.StatusCode.PERMISSION_DENIED
        assert not refusal.may_pass
        refusal = refused(lambda: self.create(lawful_basis=""))
        assert refusal.rule is Rule.FIELD_INVALID
        assert [each.field for each in refusal.fields] == ["referral.lawful_basis"]
        absent = self.made[0][:-1] + ("1" if self.made[0].endswith("0") else "0")
        french = self.york.on_behalf_of(language="fr")
        refusal = refused(lambda: ReferralService(french).get_referral(GetReferralRequest(name=absent)))
        assert refusal.rule is Rule.NOT_FOUND and refusal.localized
        act("kill", "protocols")
        refusal = refused(lambda: ReferralService(self.york).list_referrals(ListReferralsRequest(), patience=0))
        assert refusal.rule is Rule.BACKEND_UNAVAILABLE and refusal.retry_after > 0 and refusal.may_pass
        answer = POOL.submit(self.create)
        act("start", "protocols")
        name = answer.result(2 * SECONDS).name
        self.received.told_of(name)
        step("knows the rule, the fields and the time of refusals, and waits for a service that is away")

    def rotates(self):
        shutil.copytree(WORK / "cas-york", WORK / "cas-york-before", dirs_exist_ok=True)
        rotated = POOL.submit(act, "rotate")
        while not concurrent.futures.wait([rotated], timeout=0.05).done:
            self.names()
        rotated.result()
        before = connect(WORK / "cas-york-before/accord.json", patience=0)

        def is_shut_out():
            try:
                ReferralService(before).list_referrals(ListReferralsRequest())
            except AccordError as error:
                return not isinstance(error, Refusal) or error.rule is Rule.CERTIFICATE_REVOKED
            return False
        eventually(is_shut_out)
        before.close()
        name = self.create().name
        self.acknowledge(name)
        self.sent.told_of(name, "acknowledged")
        step("takes up a new certificate under way, while the one before is revoked")

    def outlives_the_gateway(self):
        act("kill", "gateway")
        answer = POOL.submit(self.create)
        act("start", "gateway")
        name = answer.result(2 * SECONDS).name
        self.received.told_of(name)
        self.acknowledge(name)
        self.sent.told_of(name, "acknowledged")
        step("goes on when the gateway was killed and is back")

    def nothing_was_missed(self):
        for watcher in (self.sent, self.received):
            assert [event.kind for event in watcher.events].count(Kind.BEGUN) == 1
            for name in self.made:
                watcher.told_of(name)
        assert len(set(self.made)) == len(self.made)
        assert set(self.made) <= set(self.names())

    def close(self):
        for watcher in (self.sent, self.received):
            watcher.watch.close()
            watcher.join(SECONDS)
            assert not watcher.is_alive() and watcher.failure is None
        for accord in (self.york, self.police, self.by_lossy, self.by_rough):
            accord.close()
        for relay in (self.lossy, self.rough):
            relay.close()


def main():
    case = Case()
    case.creates()
    case.repeats_a_lost_answer()
    case.acknowledges()
    case.pages()
    case.decodes_refusals()
    case.rotates()
    case.outlives_the_gateway()
    case.nothing_was_missed()
    case.close()
    step("misses no change of all that")


if __name__ == "__main__":
    main()
