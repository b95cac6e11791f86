#!/usr/bin/env python3
"""A steady load of unary calls by a client that follows gRPC's retry rules, until a file appears.

Reads of every service in turn.
Prints one line: calls, failed, the longest; exit 1 if any failed. Each failure is printed with its code and rule.
"""
import argparse
import collections
import json
import os
import sys
import threading
import time

import grpc

# gRFC A6: at most 5 attempts, waits of about 0.5, 1.5, 4 and 4 seconds. UNAVAILABLE only: nothing else says that it may pass.
SERVICE_CONFIG = json.dumps({
    "loadBalancingConfig": [{"round_robin": {}}],
    "methodConfig": [{
        "name": [{}],
        "retryPolicy": {"maxAttempts": 5, "initialBackoff": "0.5s", "maxBackoff": "4s", "backoffMultiplier": 3,
                        "retryableStatusCodes": ["UNAVAILABLE"]},
    }],
})


def read(path):
    with open(path, "rb") as file:
        return file.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", required=True, help="HOST:PORT,HOST:PORT of the gateways")
    parser.add_argument("--ca", required=True)
    parser.add_argument("--certificate", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--rate", type=float, default=40, help="calls a second")
    parser.add_argument("--until", required=True, help="a file that ends the load")
    args = parser.parse_args()
    credentials = grpc.ssl_channel_credentials(read(args.ca), read(args.key), read(args.certificate))
    channel = grpc.secure_channel("ipv4:" + args.addresses, credentials, [
        ("grpc.ssl_target_name_override", "localhost"), ("grpc.enable_retries", 1),
        ("grpc.service_config", SERVICE_CONFIG), ("grpc.max_reconnect_backoff_ms", 500),
        ("grpc.initial_reconnect_backoff_ms", 100)])
    methods = [channel.unary_unary("/" + path) for path in (
        "accord.audit.v1.AuditService/GetCheckpoint",
        "accord.intelligence.v1.RevisionService/ListRevisionKeys",
        "accord.prosecution.v1.RevisionService/ListRevisionKeys",
        "accord.protocols.v1.RevisionService/ListRevisionKeys",
        "accord.registry.v1.RevisionService/ListRevisionKeys",
        "accord.training.v1.RevisionService/ListRevisionKeys")]
    metadata = [("accord-actor", "admin"), ("accord-purpose", "administration")]
    lock, idle = threading.Lock(), threading.Condition()
    failures, open_calls, calls, longest = collections.Counter(), [0], 0, [0.0]

    def ended(call, path, start):
        with lock:
            longest[0] = max(longest[0], time.monotonic() - start)
            if call.code() != grpc.StatusCode.OK:
                failures[f"{path} {call.code().name} {call.details()}"] += 1
        with idle:
            open_calls[0] -= 1
            idle.notify()

    start = time.monotonic()
    while not os.path.exists(args.until):
        method = methods[calls % len(methods)]
        with idle:
            open_calls[0] += 1
        now = time.monotonic()
        call = method.future(b"", timeout=20, metadata=metadata)
        call.add_done_callback(lambda done, i=calls % len(methods), at=now: ended(done, i, at))
        calls += 1
        time.sleep(max(0.0, start + calls / args.rate - time.monotonic()))
    with idle:
        idle.wait_for(lambda: open_calls[0] == 0, timeout=30)
    for what, count in failures.items():
        print(f"  {count} x {what}", file=sys.stderr)
    print(f"calls {calls}, failed {sum(failures.values())}, longest {longest[0]:.1f} s")
    return 1 if failures or calls == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
