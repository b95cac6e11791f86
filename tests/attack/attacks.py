"""This table says which attacks there are: who attacks, for how long, and what is looked at afterwards."""
import dataclasses
import typing

import checks

MEMBER = ("ps-durham", "member", "criminal_investigation")
WORKER = ("cas-durham", "worker", "child_protection")
DIRECTOR = ("cas-durham", "director", "protocol_governance")
PRIVACY = ("ps-durham", "privacy", "privacy_review")
BOSS = ("ps-durham", "boss", "administration")
REVOKED = ("cas-halton", "worker", "child_protection")
# Agencies have addresses of their own. The neighbour comes from 127.0.0.1, and so do attackers who name no other.
ELSEWHERE = "127.0.0.2"


@dataclasses.dataclass
class Attack:
    name: str
    by: tuple = WORKER
    seconds: float = 4
    connections: int = 4
    count: int = 0
    # The attack comes from this address, if not from the neighbour's own.
    address: str = ""
    resource: typing.Callable = None
    # This is the program's name for the attack, where two attacks differ only in who makes them.
    program: str = ""
    # These agencies do the same at the same time.
    also: tuple = ()
    # `before` is called with the stand before the attack. `after` is called with the stand and what `before` gave, and
    # gives a list of what is wrong.
    before: typing.Callable = None
    after: typing.Callable = None
    # This attack runs in CI.
    short: bool = True
    # This runs instead of the program. It is called with the stand while the neighbour calls, and gives what is wrong.
    act: typing.Callable = None
    # The cost of an outage is not held against the gateway, only what comes after it. This is its length in seconds.
    grace: float = 0


ATTACKS = [
    # These attack by headers.
    Attack("actor-bytes", REVOKED, before=checks.mark, after=checks.all_recorded),
    Attack("actor-bytes-active", WORKER, program="actor-bytes", before=checks.mark, after=checks.all_recorded),
    Attack("actor-long", WORKER, before=checks.mark, after=checks.all_recorded),
    Attack("path-bytes", WORKER, before=checks.mark, after=checks.all_recorded),
    Attack("path-long", WORKER, before=checks.mark, after=checks.all_recorded),
    Attack("fat-records", WORKER, also=(MEMBER,), before=checks.mark, after=checks.log_grew_little),
    Attack("purpose-bytes", WORKER, short=False),
    Attack("binary-header", WORKER),
    Attack("canary", WORKER, seconds=3, after=checks.no_canary),
    Attack("many-headers", WORKER, seconds=3, short=False),
    Attack("unknown-headers", act=checks.unknown_headers, seconds=3),
    Attack("huge-headers", WORKER, short=False),
    Attack("zero-trace", WORKER, seconds=1, before=checks.mark, after=checks.no_zero_trace),
    # These attack by frames.
    Attack("window-updates", WORKER),
    Attack("stream-window-updates", WORKER, short=False),
    Attack("deaf-flood", DIRECTOR, seconds=6),
    Attack("unknown-frames", WORKER, short=False),
    Attack("empty-data", WORKER),
    Attack("padding", WORKER, short=False),
    Attack("continuations", WORKER, short=False),
    Attack("no-calls", WORKER),
    Attack("settings", WORKER, short=False),
    Attack("pings", WORKER, short=False),
    Attack("priorities", WORKER, short=False),
    Attack("key-updates", WORKER, short=False),
    Attack("hpack-bomb", WORKER),
    Attack("window-flips", WORKER, short=False),
    Attack("byte-windows", DIRECTOR, short=False),
    Attack("rapid-reset", WORKER),
    Attack("late-reset", WORKER, short=False, before=checks.mark, after=checks.all_recorded),
    Attack("half-headers", REVOKED, seconds=6),
    Attack("half-headers-active", WORKER, seconds=6, program="half-headers", short=False),
    Attack("drip-headers", WORKER, seconds=8, count=50, short=False),
    Attack("unread-answers", DIRECTOR, seconds=6, count=100),
    Attack("unread-answers-two", DIRECTOR, seconds=10, count=180, program="unread-answers", connections=8,
           also=(("ps-durham", "chief", "protocol_governance"),), short=False),
    # These attack by connections.
    Attack("bare-sockets", WORKER, seconds=6, address=ELSEWHERE),
    Attack("half-hello", WORKER, address=ELSEWHERE),
    Attack("not-tls", WORKER, short=False),
    Attack("hellos", WORKER, address=ELSEWHERE, short=False),
    Attack("hellos-same-address", WORKER, program="hellos", short=False),
    Attack("costly-hellos", WORKER),
    Attack("handshakes", WORKER, address=ELSEWHERE, short=False),
    Attack("handshakes-revoked", REVOKED, program="handshakes"),
    Attack("idle-connections", WORKER),
    Attack("idle-connections-revoked", REVOKED, program="idle-connections", count=600, short=False),
    Attack("abrupt-ends", WORKER, short=False),
    Attack("inactive-closes", REVOKED, seconds=1),
    Attack("old-tls", WORKER, seconds=1),
    # These attack by messages.
    Attack("bomb-messages", DIRECTOR, connections=5),
    Attack("bomb-strings", DIRECTOR, connections=5, short=False),
    Attack("bomb-unknown", DIRECTOR, connections=5, short=False),
    Attack("bomb-deep", DIRECTOR, connections=5, short=False),
    Attack("bomb-small-methods", WORKER, connections=5, short=False),
    Attack("uploads", DIRECTOR, seconds=6),
    Attack("uploads-two", DIRECTOR, seconds=8, program="uploads", connections=8,
           also=(("ps-durham", "chief", "protocol_governance"),), short=False),
    Attack("large-requests", DIRECTOR, seconds=6, short=False),
    Attack("drip-bodies", WORKER, seconds=6, short=False),
    # These attack by calls.
    Attack("health", WORKER),
    Attack("health-revoked", REVOKED, short=False),
    Attack("refusals", REVOKED, before=checks.mark, after=checks.log_grew_little),
    Attack("varied-refusals", REVOKED, before=checks.mark, after=checks.log_grew_little, short=False),
    Attack("varied-refusals-active", WORKER, program="varied-refusals", before=checks.mark,
           after=checks.log_grew_little),
    Attack("actor-refusals", WORKER, before=checks.mark, after=checks.log_grew_little, short=False),
    Attack("refusals-counted", act=checks.refusals_are_counted, seconds=6, short=False),
    Attack("watches", WORKER, also=(MEMBER,), seconds=5),
    Attack("old-watches", WORKER, seconds=5),
    Attack("dead-watches", WORKER, seconds=75, short=False),
    Attack("long-lists", ("cas-durham", "worker", "child_protection"), seconds=3),
    Attack("heavy-lists", WORKER, seconds=6),
    Attack("heavy-lists-at-once", WORKER, also=(MEMBER,), seconds=6, short=False),
    Attack("left-lists", ("cas-durham", "boss", "administration"), seconds=6, connections=8, short=False),
    Attack("empty-filter", PRIVACY, seconds=6),
    Attack("burst", WORKER, also=(MEMBER,), seconds=6, short=False),
    Attack("own-changes", BOSS, seconds=6, short=False),
    # These attack by the form of calls.
    Attack("second-message", WORKER, seconds=1),
    Attack("compressed", WORKER, seconds=1),
    Attack("encodings", WORKER, seconds=1),
    Attack("content-types", WORKER, seconds=1),
    Attack("health-unknown", WORKER, seconds=1),
    Attack("foreign-admin", BOSS, seconds=1, resource=lambda people: people["referrals"][0]),
    Attack("reused-request-id", ("ps-york", "member", "criminal_investigation"), seconds=1,
           resource=lambda people: ",".join(people["referrals"][1:7]), before=checks.mark,
           after=checks.owner_sees_all),
    Attack("short-deadlines", WORKER, seconds=3, resource=lambda people: people["durham"], before=checks.mark,
           after=checks.all_recorded),
    Attack("left-changes", WORKER, seconds=3, resource=lambda people: people["durham"], before=checks.mark,
           after=checks.changes_recorded),
    Attack("edges", PRIVACY, seconds=1),
    # These fail machines and networks.
    Attack("replay-recalled", act=checks.replay_recalled, seconds=2),
    Attack("metrics-idle", act=checks.metrics_with_idle_connections, seconds=2),
    Attack("files", act=checks.files_and_limits, seconds=1),
    Attack("silent-registry", act=checks.silent("registry"), seconds=16, grace=8, short=False),
    Attack("silent-audit", act=checks.silent("audit"), seconds=16, grace=8, short=False),
    Attack("silent-protocols", act=checks.silent("protocols"), seconds=16, grace=8),
    Attack("stopped-training", act=checks.stopped("training"), seconds=5, short=False),
]
