"""These watch: each goes on from its last token, on the other gateway, whenever its stream ends.

A watch tells every event at least once: what came just before a token may come again.
"""
import collections
import random
import threading
import time

import grpc

from gateway_client import FEEDS, METHODS, rule_of


class Watcher(threading.Thread):
    """This reads one stream after the other, until it is stopped."""

    method, filters = METHODS["WatchReferrals"], {}
    # These say what of a change is compared, and of which collections it tells.
    compares, follows = "state", ("referrals",)

    def __init__(self, caller, ledger, label):
        super().__init__(daemon=True, name=label)
        self.caller, self.ledger, self.label = caller, ledger, label
        # For what tells an event from others this counts the times that it was told.
        self.told = collections.Counter()
        # For each name this has [(what is compared, when it arrived)], each event once, in the order of arrival.
        self.events = collections.defaultdict(list)
        self.token = ""
        self.streams = 0
        self._ended = threading.Event()
        self._stream = None

    def run(self):
        watch = self.method
        while not self._ended.is_set():
            open_stream = self.caller.identity.channel(self.caller.gateway).unary_stream(
                watch.path, request_serializer=watch.request.SerializeToString,
                response_deserializer=watch.response.FromString)
            # A stream ends by its deadline too, as an agency's own would.
            self._stream = open_stream(watch.request(watch_token=self.token, progress=True, **self.filters),
                                       timeout=random.uniform(20, 60), metadata=self.caller.metadata())
            self.streams += 1
            try:
                for event in self._stream:
                    self.token = event.watch_token
                    if not event.name:
                        continue
                    key, compared = self.tells(event)
                    self.told[key] += 1
                    if self.told[key] == 1:
                        self.events[event.name].append((compared, time.time()))
            except grpc.RpcError as error:
                if error.code() is not grpc.StatusCode.DEADLINE_EXCEEDED and not self._ended.is_set():
                    self.ledger.count("streams cut")
                    self.ledger.answered(f"watch {error.code().name}", rule_of(error))
            self.caller.turn()
            self._ended.wait(0.1)

    @staticmethod
    def tells(event):
        """Gives what tells the event from others, and the state after the change."""
        return event.sequence, event.DESCRIPTOR.fields_by_name["state"].enum_type.values_by_number[event.state].name

    def ready(self):
        """Waits until it is told of whatever changes from now on."""
        return self.token != ""

    def stop(self):
        self._ended.set()
        if self._stream is not None:
            self._stream.cancel()
        self.join(10)


class FeedWatcher(Watcher):
    """This reads the feed of everything, which tells each change by what was done."""

    method, filters = FEEDS["protocols"], {"kinds": ["referral"]}
    compares = "verb"

    @staticmethod
    def tells(event):
        return (event.name, event.verb, event.time.ToMicroseconds()), event.verb


class RegistryWatcher(FeedWatcher):
    """This reads the registry's feed of everything, which tells administrators of people and certificates."""

    method, filters = FEEDS["registry"], {"kinds": ["actor", "certificate"]}
    follows = ("actors", "certificates")


class RecordWatcher(FeedWatcher):
    """This reads the feed of another service, of the kind that a writer makes."""

    def __init__(self, caller, ledger, label, kind):
        super().__init__(caller, ledger, label)
        self.method, self.filters = FEEDS[kind.service], {"kinds": [kind.singular]}
        self.follows = (kind.collection,)
