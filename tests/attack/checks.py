"""These checks look at more than the attacker itself met, before and after an attack. Each gives what is wrong."""
import os
import pathlib
import re
import signal
import socket
import stat
import subprocess
import time
import uuid

import relay
from stand import MIB, fields, wait_until

# One attack of some seconds may add this much to the log beside the neighbour's own calls.
MOST_ENTRIES = 2500
MOST_BYTES = 16 * MIB


def mark(stand):
    return {"entries": stand.log_entries(), "bytes": stand.log_bytes(), "unrecorded": set(stand.unrecorded()),
            "changes": stand.changes("cas-durham")}


def all_recorded(stand, before):
    def missing():
        return set(stand.unrecorded()) - before["unrecorded"]
    # A record that is on its way may come a moment later. What the gateway cannot record, the log settles itself two
    # seconds after it heard of the change, which it does within eight if it could not reach the service.
    wait_until(lambda: not missing(), 15)
    missing = missing()
    return [f"{len(missing)} changes took effect without a record"] if missing else []


def changes_recorded(stand, before):
    """Checks that changes of cas-durham took effect, and that each has its record."""
    wrong = all_recorded(stand, before)
    if stand.changes("cas-durham") == before["changes"]:
        wrong.append("not one change of the attacker took effect, so that nothing was to be recorded")
    return wrong


def log_grew_little(stand, before):
    entries, size = stand.log_entries() - before["entries"], stand.log_bytes() - before["bytes"]
    wrong = all_recorded(stand, before)
    if entries > MOST_ENTRIES or size > MOST_BYTES:
        wrong.append(f"the log grew by {entries} entries and {size / MIB:.1f} MiB")
    return wrong


def no_canary(stand, _before):
    return [f"{log.name} holds the text of a caller's header" for log in (stand.dir / "logs").iterdir()
            if "CANARY" in log.read_text(errors="replace")]


def no_zero_trace(stand, before):
    records = stand.records(before["entries"])
    zeros = [record for record in records if b"0" * 32 in record]
    if not records:
        return ["no call was recorded at all"]
    return [f"{len(zeros)} records with a trace of zeros"] if zeros else []


def owner_sees_all(stand, before):
    """Checks that every change is in the log with its name and id, at once or when the log was compared with
    the services."""
    def missing():
        return set(stand.unrecorded()) - before["unrecorded"]
    wait_until(lambda: not missing(), 5)
    if not missing():
        return []
    stand.ctl("admin", "admin", "administration", "audit", "reconcile", "--older-than-seconds", "0", check=False)
    left = missing()
    return [f"{len(left)} changes took effect without a record, and reconciling does not find them"] if left else []


def replay_recalled(stand):
    body = stand.dir / "report.json"
    text = "A vehicle moves two young women between hotels."
    body.write_text('{"predicate_offence": "279.01(1)", "suspicion_basis": "observed", "handling": "HANDLING_H2",'
                    f' "recipients": ["ps-durham"], "text": "{text}"}}')
    york = ("ps-york", "intel", "intelligence")
    request, share = str(uuid.uuid4()), str(uuid.uuid4())
    report = stand.ctl(*york, "create", "report", "--parent", "agencies/ps-york", "-f", body, "--request-id", request,
                       "-o", "name").stdout.strip()
    stand.ctl(*york, "submit", "report", report)
    stand.ctl("ci-ciso", "analyst", "intelligence", "grade", "report", report, "--source-reliability", "b",
              "--information-validity", "2")
    stand.ctl("ci-ciso", "coordinator", "intelligence", "decide", "report", report, "--event", "activate")
    shared = ("share", "report", "--report", report, "--to-agency", "ps-durham", "--purpose", "joint work",
              "--request-id", share, "-o", "json")
    stand.ctl(*york, *shared)
    stand.ctl(*york, "recall", "report", report, "--reason", "the operation changed")
    wrong = []
    again = stand.ctl(*york, "create", "report", "--parent", "agencies/ps-york", "-f", body, "--request-id", request,
                      "-o", "json", check=False)
    # Its originator may still read it; what counts is that the answer is not the old one.
    if again.returncode == 0 and '"REPORT_STATE_RECALLED"' not in again.stdout and "RECALL" not in again.stdout.upper():
        wrong.append("a repeated creation gives the report as it was before its recall")
    again = stand.ctl(*york, *shared, check=False)
    if again.returncode == 0 and text in again.stdout:
        wrong.append("a repeated sharing gives the text of a recalled report")
    return wrong


def metrics_with_idle_connections(stand):
    wrong = []
    for name in ("gateway", "protocols", "audit"):
        port = stand.metrics(name)
        idle = [socket.create_connection(("127.0.0.1", port), 2) for _ in range(8)]
        idle[0].sendall(b"GET /met")
        start = time.monotonic()
        try:
            with socket.create_connection(("127.0.0.1", port), 3) as asks:
                asks.settimeout(3)
                asks.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                got = asks.recv(64)
        except OSError:
            got = b""
        if not got.startswith(b"HTTP/1.1 200"):
            wrong.append(f"metrics of {name}: no answer in {time.monotonic() - start:.1f} s beside 8 idle connections")
        for one in idle:
            one.close()
    return wrong


def files_and_limits(stand):
    wrong = []
    for path in sorted((stand.dir / "data").rglob("*")):
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            wrong.append(f"data/{path.name} has mode {stat.S_IMODE(path.stat().st_mode):04o}")
    for name in stand.names():
        limits = pathlib.Path(f"/proc/{stand.pid(name)}/limits").read_text()
        core = re.search(r"Max core file size\s+(\S+)\s+(\S+)", limits)
        if core and core.group(2) != "0":
            wrong.append(f"{name} may dump core: {core.group(1)}, {core.group(2)}")
    return wrong[:6] + ([f"and {len(wrong) - 6} more"] if len(wrong) > 6 else [])


# A service may learn these of a caller's headers: the caller's trace, and what gRPC and the gateway add themselves.
ALLOWED_HEADERS = {":method", ":scheme", ":path", ":authority", "te", "content-type", "grpc-timeout", "grpc-encoding",
                   "grpc-accept-encoding", "traceparent", "tracestate", "user-agent", "accord-caller-bin",
                   "accord-caller"}


def unknown_headers(stand):
    """Checks, by a spy in the place of the training service, that none of 200 unknown headers reaches it."""
    seen = stand.dir / "seen"
    pki = stand.dir / "pki"
    port = stand.listens("training")
    stand.sh("stop", "training")
    spy = subprocess.Popen([stand.bin / "spy_backend", str(port), pki / "services/training.crt",
                            pki / "services/training.key", pki / "service-ca.crt", seen], stdout=subprocess.PIPE)
    spy.stdout.readline()
    try:
        told = stand.attack("many-headers", "cas-durham", "worker", "child_protection", 2)
    finally:
        spy.terminate()
        spy.wait()
        stand.sh("start", "training")
    if not told["answers"].get("OK") or not seen.exists():
        return [f"the spy was not reached: {told['answers']}"]
    strange = set(seen.read_text().split()) - ALLOWED_HEADERS
    return [f"{len(strange)} headers of the caller reached a service, {sorted(strange)[0]} among them"] if strange else []


def refusals_are_counted(stand):
    """Checks that every refusal of a flood is in a summary or whole, and the first and the last of them whole."""
    since = stand.log_entries()
    told = stand.attack("varied-refusals", "cas-peel", "worker", "child_protection", 3)
    sent = sum(told["answers"].values())
    if not sent:
        return ["nothing was refused, so that nothing was to be counted"]
    def of_agency():
        return [fields(record) for record in stand.records(since) if dict(fields(record)).get(4) == b"cas-peel"]
    def summaries():
        return [record for record in of_agency() if any(number == 22 for number, _ in record)]
    if not wait_until(summaries, 75):
        whole = len(of_agency())
        return [] if whole >= sent else [f"of {sent} refusals {whole} are in the log, and no summary came in 75 s"]
    counted = sum(dict(fields(value)).get(4, 0) for record in summaries() for number, value in record if number == 22)
    whole = len(of_agency()) - len(summaries())
    wrong = [] if counted == sent else [f"{sent} refusals were told, {counted} are counted"]
    return wrong if whole >= 120 else wrong + [f"only {whole} of them are in the log whole"]


def silent(service):
    """Makes the connections that are open between the gateway and a service swallow everything."""
    def act(stand):
        way = relay.Relay(stand.listens(service))
        stand.sh("stop", "gateway")
        stand.sh("start", "gateway", "--through", f"{service}={way.port}")
        yield
        way.fall_silent()
        yield
        stand.sh("stop", "gateway")
        stand.sh("start", "gateway")
        way.close()
    act.steps = True
    return act


def stopped(service):
    """Stops a process, so that it is there and does nothing."""
    def act(stand):
        yield
        os.kill(stand.pid(service), signal.SIGSTOP)
        yield
        os.kill(stand.pid(service), signal.SIGCONT)
    act.steps = True
    return act
