#!/usr/bin/env python3
"""This makes a steady load of unary calls by clients that follow gRPC's retry rules, until a file appears.

It makes a read and a write of every service in turn, as the agencies that the case of tests/case has let in. Afterwards
each write that was acknowledged is looked for among the revisions: there, and once. PYTHONPATH holds the messages that
protoc makes. Prints one line; exit 1 if a call failed or a write was lost or done twice.
"""
import argparse
import collections
import importlib
import json
import os
import re
import sys
import threading
import time
import uuid

import grpc
import yaml
from google.protobuf import json_format

# gRFC A6 permits at most 5 attempts, with waits of about 0.5, 1.5, 4 and 4 seconds. Only UNAVAILABLE is retried,
# because nothing else says that it may pass.
SERVICE_CONFIG = json.dumps({
    "loadBalancingConfig": [{"round_robin": {}}],
    "methodConfig": [{
        "name": [{}],
        "retryPolicy": {"maxAttempts": 5, "initialBackoff": "0.5s", "maxBackoff": "4s", "backoffMultiplier": 3,
                        "retryableStatusCodes": ["UNAVAILABLE"]},
    }],
})
SERVICES = ("intelligence", "prosecution", "protocols", "registry", "training")
# This says what is created: its name in the request, method, context, actor, purpose, body of the case, and the field
# that must differ.
WRITES = {
    "intelligence": ("report", "ReportService/CreateReport", "ps-york", "intel", "intelligence", "report", None),
    "prosecution": ("case", "CaseService/CreateCase", "cr-york", "clerk", "prosecution", "prosecution", "information_number"),
    "protocols": ("referral", "ReferralService/CreateReferral", "cas-york", "worker", "child_protection", "referral", "subject_ref"),
    "registry": ("actor", "RegistryAdminService/CreateActor", "admin", "admin", "administration", None, "actor_id"),
    "training": ("course", "CourseService/CreateCourse", "pc-opc", "registrar", "training", "course", "course_id"),
}


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Clients:
    """These are a channel for each context of accordctl."""

    def __init__(self, config, address):
        with open(config, encoding="utf-8") as file:
            self.contexts = yaml.safe_load(file)["contexts"]
        self.address = address
        self.channels = {}

    def method(self, context, path, response_type=None):
        if context not in self.channels:
            files = self.contexts[context]
            credentials = grpc.ssl_channel_credentials(read(files["ca_file"]), read(files["key_file"]),
                                                       read(files["certificate_file"]))
            self.channels[context] = grpc.secure_channel("ipv4:" + self.address, credentials, [
                ("grpc.ssl_target_name_override", "localhost"), ("grpc.enable_retries", 1),
                ("grpc.service_config", SERVICE_CONFIG), ("grpc.max_reconnect_backoff_ms", 500),
                ("grpc.initial_reconnect_backoff_ms", 100)])
        return self.channels[context].unary_unary(path, response_deserializer=response_type and response_type.FromString)


def requests_of(service, bodies):
    """Gives requests that each create something new; `bodies` is the folder of what the case sent."""
    what, method, context, _, _, body, differs = WRITES[service]
    # ReferralService is declared in referral_service.proto.
    module = re.sub(r"(?<!^)(?=[A-Z])", "_", method.split("/")[0]).lower()
    messages = importlib.import_module(f"accord.{service}.v1.{module}_pb2")
    request_type = getattr(messages, f"Create{what.capitalize()}Request")
    resource = {"roles": ["ROLE_POLICE_MEMBER"]}
    if body:
        with open(os.path.join(bodies, body + ".json"), encoding="utf-8") as file:
            resource = json.load(file)
    for count in range(10**9):
        request = {"parent": "agencies/ps-york" if service == "registry" else "agencies/" + context,
                   "request_id": str(uuid.uuid4()), what: resource}
        if differs in request_type.DESCRIPTOR.fields_by_name:
            request[differs] = f"load-{os.getpid()}-{count}"
        elif differs:
            request[what] = {**resource, differs: f"load-{os.getpid()}-{count}"}
        yield json_format.ParseDict(request, request_type())


def kinds(clients, bodies):
    """Gives what is called in turn: a path, its stub, the metadata, and requests, of which bytes are a read."""
    admin = [("accord-actor", "admin"), ("accord-purpose", "administration")]
    yield "GetCheckpoint", clients.method("admin", "/accord.audit.v1.AuditService/GetCheckpoint"), admin, None, None
    for service in SERVICES:
        path = f"/accord.{service}.v1.StatusService/GetServiceStatus"
        yield path, clients.method("admin", path), admin, None, None
        what, method, context, actor, purpose, _, _ = WRITES[service]
        path = f"/accord.{service}.v1.{method}"
        resources = importlib.import_module(f"accord.{service}.v1.resources_pb2")
        yield (path, clients.method(context, path, getattr(resources, what.capitalize())),
               [("accord-actor", actor), ("accord-purpose", purpose)], requests_of(service, bodies), service)


def revisions(clients, service):
    """Gives resource names by request id."""
    keys = importlib.import_module("accord.host.v1.revisions_pb2")
    method = clients.method("admin", f"/accord.{service}.v1.RevisionService/ListRevisionKeys", keys.ListRevisionKeysResponse)
    names, after = collections.defaultdict(set), 0
    while True:
        page = method(keys.ListRevisionKeysRequest(after_sequence=after, page_size=1000).SerializeToString(), timeout=20,
                      metadata=[("accord-actor", "admin"), ("accord-purpose", "administration")])
        if not page.revisions:
            return names
        for key in page.revisions:
            names[key.request_id].add(key.name)
        after = page.revisions[-1].sequence


def misdone(clients, acknowledged):
    """Says how many acknowledged writes are not there, and how many made more than one resource of their kind."""
    lost = twice = 0
    for service, writes in acknowledged.items():
        names = revisions(clients, service)
        for request_id, name in writes.items():
            kind = name.split("/")[-2]
            made = {each for each in names[request_id] if each.split("/")[-2] == kind}
            lost += name not in made
            twice += len(made) > 1
    return lost, twice


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", required=True, help="HOST:PORT of the gateway")
    parser.add_argument("--config", required=True, help="contexts of accordctl")
    parser.add_argument("--bodies", required=True, help="the folder of what the case sent")
    parser.add_argument("--rate", type=float, default=40, help="calls a second")
    parser.add_argument("--until", required=True, help="a file that ends the load")
    args = parser.parse_args()
    clients = Clients(args.config, args.address)
    turn = list(kinds(clients, args.bodies))
    idle = threading.Condition()
    failures, acknowledged = collections.Counter(), collections.defaultdict(dict)
    open_calls, calls, longest = 0, 0, 0.0

    def ended(call, path, service, request, at):
        nonlocal open_calls, longest
        with idle:
            longest = max(longest, time.monotonic() - at)
            if call.code() != grpc.StatusCode.OK:
                failures[f"{path} {call.code().name} {call.details()}"] += 1
            elif service:
                acknowledged[service][request.request_id] = call.result().name
            open_calls -= 1
            idle.notify()

    start = time.monotonic()
    while not os.path.exists(args.until):
        path, method, metadata, requests, service = turn[calls % len(turn)]
        request = next(requests) if requests else None
        with idle:
            open_calls += 1
        call = method.future(request.SerializeToString() if request else b"", timeout=20, metadata=metadata)
        call.add_done_callback(lambda done, of=(path, service, request, time.monotonic()): ended(done, *of))
        calls += 1
        time.sleep(max(0.0, start + calls / args.rate - time.monotonic()))
    with idle:
        idle.wait_for(lambda: open_calls == 0, timeout=30)
    for what, count in failures.items():
        print(f"  {count} x {what}", file=sys.stderr)
    lost, twice = misdone(clients, acknowledged)
    writes = sum(len(each) for each in acknowledged.values())
    failed = sum(failures.values()) + open_calls
    print(f"calls {calls}, failed {failed}, longest {longest:.2f} s; "
          f"writes acknowledged {writes}, lost {lost}, done twice {twice}")
    return 1 if failed or lost or twice or writes == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
