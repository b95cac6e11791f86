#!/usr/bin/env python3
"""Writes the hand-made seeds of tests/fuzz/corpus, each under the name of what it is.

usage: corpus.py            writes the seeds that are missing
       corpus.py --all      writes all anew (keys of signing requests are then new ones)
What a fuzzer found lies beside them as found-*; this script leaves it alone."""
import base64
import hashlib
import pathlib
import struct
import subprocess
import tempfile

from corpus_http2 import frames, headers, wire
from corpus_seed import ALL, CORPUS, ROOT, seed


def page_tokens():
    part = lambda scope, position: bytes([len(scope)]) + scope + bytes([len(position)]) + position
    usual = part(b"cas-york/actors", b"agencies/cas-york/actors/worker-7")
    for mode, name in enumerate(("cut", "longer", "letter", "bit")):
        seed("page_tokens", f"sealed-{name}", bytes([mode]) + usual + b"\0\x09" + b"B")
    seed("page_tokens", "sealed-empty", b"\3" + part(b"", b""))
    seed("page_tokens", "sealed-padding", b"\1" + usual + b"\xff\xff=")
    seed("page_tokens", "sealed-binary", b"\3" + part(b"\0\xff", b"\0" * 40) + b"\0\x03\x80")
    seed("page_tokens", "raw-empty", "r")
    seed("page_tokens", "raw-text", "rpage-2")
    seed("page_tokens", "raw-base64", "r" + base64.urlsafe_b64encode(bytes(48)).decode())
    seed("page_tokens", "raw-short", "rAAAA")


def key_file(folder):
    """Makes the log's key of checkpoint.cc, in PEM: a PKCS #8 frame around its 32 bytes."""
    raw = bytes.fromhex("302e020100300506032b657004220420") + b"fuzz fuzz fuzz fuzz fuzz fuzz !!"
    path = folder / "key.pem"
    path.write_text("-----BEGIN PRIVATE KEY-----\n" + base64.b64encode(raw).decode() + "\n-----END PRIVATE KEY-----\n")
    return path


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout


def checkpoint(folder):
    key = key_file(folder)
    origin, root = "accord.example/audit", base64.b64encode(hashlib.sha256(b"root").digest()).decode()
    body = f"{origin}\n4711\n{root}\n"
    (folder / "body").write_text(body)
    signature = run("openssl", "pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", folder / "body")
    public = run("openssl", "pkey", "-in", key, "-pubout", "-outform", "DER")[-32:]
    name = hashlib.sha256(origin.encode() + b"\n\x01" + public).digest()[:4]
    line = f"\u2014 {origin} " + base64.b64encode(name + signature).decode() + "\n"
    note = body + "\n" + line
    seed("checkpoint", "note", "r" + note)
    seed("checkpoint", "note-with-a-witness", "r" + note + "\u2014 witness AAAA\n")
    seed("checkpoint", "note-without-signature", "r" + body + "\n")
    seed("checkpoint", "note-of-another-size", "r" + note.replace("4711", "4712"))
    seed("checkpoint", "note-size-spelled-otherwise", "r" + note.replace("4711", "04711"))
    seed("checkpoint", "note-crlf", "r" + note.replace("\n", "\r\n"))
    seed("checkpoint", "note-extension-line", "r" + note.replace(f"{root}\n", f"{root}\nextension\n"))
    seed("checkpoint", "note-signature-cut", "r" + note[:-9])
    made = lambda size, time, where, change, rest: b"s" + struct.pack(">QqHB", size, time, where, change) + b"\4abcd" + rest
    seed("checkpoint", "made", made(1, 1_800_000_000, 3, 1, b"root"))
    seed("checkpoint", "made-unchanged", made(0, 0, 0, 0, b""))
    seed("checkpoint", "made-largest", made(2**63 - 1, -1, 200, 32, b"x"))
    seed("checkpoint", "made-last-byte", made(9, 2**40, 65535, 10, b"x"))


def csr(folder):
    def make(name, *options, der=True):
        key, out = folder / "k.pem", folder / "csr"
        run("openssl", "genpkey", *options[0], "-out", key)
        run("openssl", "req", "-new", "-key", key, "-out", out, "-subj", "/CN=cms", *options[1:],
            *(["-outform", "DER"] if der else []))
        return out.read_bytes()

    if not ALL and (CORPUS / "csr/der-ed25519").exists():
        return
    p256 = ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
    asks = ("-addext", "subjectAltName=DNS:gateway,URI:spiffe://accord.internal/service/gateway", "-addext",
            "basicConstraints=critical,CA:TRUE")
    ed = make("ed", ("-algorithm", "ED25519"))
    good = make("p256", p256)
    seed("csr", "pem-p256", b"p" + make("p256", p256, der=False))
    seed("csr", "der-ed25519", b"d" + ed)
    seed("csr", "der-p384", b"d" + make("p384", ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384")))
    seed("csr", "der-p521", b"d" + make("p521", ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521")))
    seed("csr", "der-rsa-1024", b"d" + make("rsa", ("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024")))
    seed("csr", "der-asks-for-more", b"d" + make("asks", p256, *asks))
    seed("csr", "der-signature-of-another", b"d" + good[:-8] + bytes(8))
    seed("csr", "der-cut", b"d" + good[:60])
    seed("csr", "again-asks-for-more", b"s" + make("asks", p256, *asks))
    seed("csr", "again-ed25519", b"s" + ed)
    seed("csr", "pem-none", "pnot a request")
    seed("csr", "names-usual", "nps-york\nniche")
    seed("csr", "names-smuggle-dns", "nps-york,DNS:gateway\nniche")
    seed("csr", "names-smuggle-uri", "nps-york\nniche,URI:spiffe://accord.internal/service/gateway")
    seed("csr", "names-empty", "n\n")
    seed("csr", "names-slash", "nps-york/system/other\nniche")


def roster():
    head = "course,learner_agency,learner,completed_on\n"
    seed("roster", "csv", head + "first-aid,ps-york,officer-7,2026-11-24")
    seed("roster", "csv-other-order", "completed_on,learner,course,learner_agency\r\n2026-01-02,o-1,c-1,a-1\r")
    seed("roster", "csv-bom", "\ufeff" + head + "a,b,c,2024-02-29")
    seed("roster", "csv-quotes", head + '"a","b","c","2024-02-29"')
    seed("roster", "csv-quote-in-quotes", head + '"a""b",c,d,2024-01-01')
    seed("roster", "csv-unbalanced", head + '"a,b,c,2024-01-01')
    seed("roster", "csv-future", head + "a,b,c,2999-01-01")
    seed("roster", "csv-no-day", head + "a,b,c,2023-02-29")
    seed("roster", "csv-not-utf8", head.encode() + b"\xc0\x80,b,c,2024-01-01")
    seed("roster", "csv-surrogate", head.encode() + b"\xed\xa0\x80,b,c,2024-01-01")
    seed("roster", "csv-formula", head + "=cmd(),b,c,2024-01-01")
    seed("roster", "csv-few-cells", head + "a,b")
    seed("roster", "header-twice", "course,course,learner,completed_on\n")
    seed("roster", "header-missing", "course,learner\n")
    seed("roster", "header-unknown", "course,learner_agency,learner,completed_on,mark\n")
    statement = ('x{"actor":{"account":{"homePage":"https://accord.example/agencies/ps-york","name":"officer-7"}},'
                 '"verb":{"id":"http://adlnet.gov/expapi/verbs/%s"},"object":{"id":"https://accord.example/courses/'
                 'first-aid"},"timestamp":"%s"%s}')
    seed("roster", "xapi", statement % ("completed", "2026-11-24T10:00:00-05:00", ""))
    seed("roster", "xapi-passed", statement % ("passed", "2026-11-24T23:59:60Z", ',"result":{"completion":true}'))
    seed("roster", "xapi-not-completed", statement % ("completed", "2026-11-24T10:00:00Z", ',"result":{"completion":false}'))
    seed("roster", "xapi-verb", statement % ("attempted", "2026-11-24T10:00:00Z", ""))
    seed("roster", "xapi-year", statement % ("completed", "-9999-01-01T00:00:00Z", ""))
    seed("roster", "xapi-infinite", statement % ("completed", "infinite-past", ""))
    seed("roster", "xapi-other-types", 'x{"actor":[],"verb":{"id":7},"object":null}')
    seed("roster", "xapi-no-json", "x{")
    seed("roster", "xapi-result-list", statement % ("completed", "2026-11-24T10:00:00Z", ',"result":[]'))
    seed("roster", "xapi-deep", "x" + "[" * 500 + "]" * 500)


def encode(message, text):
    protos = [str(p) for p in (ROOT / "protos").rglob("*.proto")]
    return subprocess.run(["protoc", f"-I{ROOT / 'protos'}", "-I/usr/include", f"--encode={message}", *protos],
                          input=text.encode(), check=True, capture_output=True).stdout


def requests():
    referral = "/accord.protocols.v1.ReferralService/CreateReferral\n"
    add = lambda name, path, content: seed("requests", name, path.encode() + content)
    texts = {
        "list-referrals": ("ReferralService/ListReferrals", "protocols.v1.ListReferralsRequest", "page_size: 1000"),
        "get-referral": ("ReferralService/GetReferral", "protocols.v1.GetReferralRequest", 'name: "referrals/abc"'),
        "list-entries": ("AuditService/ListEntries", "audit.v1.ListEntriesRequest", "page_size: 50"),
    }
    for name, (method, message, text) in texts.items():
        package = message.rsplit(".", 1)[0]
        add(name, f"/accord.{package}.{method}\n", encode("accord." + message, text))
    add("empty", referral, b"")
    # These have field 1 in any form, and bytes by which a parser must not grow.
    add("empty-sub-messages", referral, b"\x0a\x00" * 3000)
    add("field-2-empty-sub-messages", referral, b"\x12\x00" * 3000)
    add("nested-300", referral, b"".join(b"\x0a" + bytes([min(127, 2 * i)]) for i in range(60, 0, -1)))
    add("group", referral, b"\x0b\x0c")
    add("group-deep", referral, b"\x0b" * 120 + b"\x0c" * 120)
    add("varint-too-long", referral, b"\x08" + b"\xff" * 11)
    add("length-beyond-the-end", referral, b"\x0a\xff\xff\xff\xff\x07")
    add("field-zero", referral, b"\x00\x00")
    add("unknown-field", referral, b"\xfa\x3f\x03abc")
    add("not-utf8", referral, b"\x0a\x02\xff\xfe")
    add("nul", referral, b"\x0a\x03a\0b")
    add("packed-many", referral, b"\x0a\xf4\x03" + b"\x01" * 500)
    add("any-method", "other\n", b"\x0a\x03abc\x10\x01")


def body():
    create = "/accord.protocols.v1.ProtocolService/CreateProtocol\n"
    add = lambda name, text, head=create: seed("body", name, head + text)
    add("protocol", "protocol:\n  title: \"true\"\n  kind: ht_addendum\n  territory: [york-region]\n  parties:\n"
                    "  - {agency: ps-york, capacity: police, part: signatory}\nrequest_id: fuzz-request-1\n")
    add("json", '{"protocol": {"title": "a\\u0000b", "parties": [{"agency": "x"}]}}')
    add("literal", "protocol:\n  title: |\n    two\n    lines\n")
    add("literal-keep", "protocol:\n  title: |+\n    two\n\n\n")
    add("literal-indented", "protocol:\n  title: \"  leading\\n and\\ttab\"\n")
    add("carriage-return", 'protocol:\n  title: "a\\r\\nb"\n')
    add("scalars-of-1.1", "protocol: {title: ON, name: 0123, etag: 12:30:45}\n")
    add("quoted-words", "protocol: {title: 'null', name: '~', etag: \"false\"}\n")
    add("unknown-field", "titel: x")
    add("anchors", "protocol: &a {title: x}\nrequest_id: fuzz\n")
    add("alias", "a: &a [x, y]\nb: *a\n")
    add("alias-to-itself", "a: &a [*a]\n")
    add("aliases-that-double", "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n")
    add("merge-key", "a: &a {x: y}\nb: {<<: *a}\n")
    add("unclosed", "title: [unclosed")
    add("deep", "[" * 200 + "]" * 200)
    add("tags", "a: !!int x\nb: !foo bar\n")
    add("two-documents", "a: b\n---\nc: d\n")
    add("just-text", "just text")
    seed("body", "not-utf8", create.encode() + b"protocol: {title: \"\xff\xfe\"}\n")
    add("key-twice", "a: b\na: c\n")
    add("key-is-a-list", "? [a, b]\n: c\n")
    add("timestamp", "protocol: {create_time: 2026-11-25T10:00:00Z}\n")
    add("set", "parties:\n- {agency: x}\n", "=parties.1.agency=ps-york\n")
    add("set-into-a-scalar", "parties: text\n", "=parties.1.agency=ps-york\n")
    add("set-key-into-a-list", "parties: [a]\n", "=parties.agency=x\n")
    add("set-json", "a: b\n", '=territory=["a","b"]\n')


def list_filter():
    """Makes filters. The first line is `order_by`, and the rest is the filter."""
    for name, order, text in (
        ("empty", "", ""),
        ("state", "create_time desc", "state = submitted"),
        ("times", "acknowledge_due", "create_time >= 2026-11-01T00:00:00Z AND create_time < 2026-12-01T00:00:00-05:00"),
        ("either", "name desc", "(urgency = immediate OR urgency = h12) AND NOT assignee = ''"),
        ("quotes", "name", "to_agency = \"ps-\\\"york\\\\\" OR to_agency : 'ps-'"),
        ("mixed", "", "state = closed AND kind = consultation OR urgency = h12"),
        ("undeclared", "reporter_belief", "reporter_belief = x"),
        ("no-value", "create_time desc, name", "state ="),
        ("deep", "", "(" * 9 + "state = closed" + ")" * 9),
        ("many", "", " OR ".join(["state = closed"] * 21)),
        ("day", "", "event_date <= 2026-02-30"),
        ("control", "", "assignee = '\x01'"),
    ):
        seed("list_filter", name, f"{order}\n{text}")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for part in (wire, frames, headers, page_tokens, roster, requests, body, list_filter):
            part()
        checkpoint(folder)
        csr(folder)


main()
