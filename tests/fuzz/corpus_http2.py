"""These are seeds of what a gateway reads: the wire's small forms, frames of HTTP/2, and headers of calls."""
import struct

from corpus_seed import seed


def wire():
    for text in ("5S", "0m", "99999999H", "1n", "999999u", "00000000M", "123456789S", "7"):
        seed("wire", f"timeout-{text}", "t" + text)
    seed("wire", "message-plain", "mNo such record.")
    seed("wire", "message-percent", b"m50 %25 %zz %e2%80%94 \xe2\x80\x94 \0%")
    seed("wire", "status-number", "m5")
    message = lambda size, body: b"\0" + struct.pack(">I", size) + body
    seed("wire", "frames-two", b"f\x07" + message(2, b"hi") + message(0, b""))
    seed("wire", "frames-too-large", b"f\x05" + message(65, b"x" * 65))
    seed("wire", "frames-half", b"f\x03" + message(9, b"half"))
    seed("wire", "frames-compressed", b"f\x02\x01\0\0\0\x02hi")
    seed("wire", "watch-preface", b"w\x05" + PREFACE + h2(4, 0, 0, b"") + h2(1, 4, 1, b"\x88") + h2(0, 1, 1, b"data"))
    seed("wire", "watch-open-block", b"w\x1e" + PREFACE + h2(1, 0, 1, b"\x88"))


PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def h2(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def literal(name, value):
    """Encodes HPACK without index and Huffman; values are below 127 bytes."""
    return b"\0" + bytes([len(name)]) + name.encode() + bytes([len(value)]) + value.encode()


def request(path="/accord.testing.v1.EchoService/Echo", extra=()):
    fields = [(":method", "POST"), (":scheme", "https"), (":path", path), (":authority", "localhost"), ("te", "trailers"),
              ("content-type", "application/grpc"), ("accord-actor", "officer-1"), *extra]
    return b"".join(literal(*field) for field in fields)


def frames():
    """Makes frames for the modes of frames.cc. `f` is its form of a frame, in which no length is wrong."""
    f = lambda kind, flags, stream, payload=b"": bytes([kind, flags, stream]) + struct.pack(">H", len(payload)) + payload
    body = b"\0\0\0\0\x07\x0a\x05hello"
    call = f(1, 4, 1, request()) + f(0, 1, 1, body)
    add = lambda name, mode, content: seed("frames", name, bytes([mode]) + content)
    add("call", 18, call)
    add("call-cut", 22, b"\x2f" + call)
    add("call-reset", 26, call)
    add("call-left", 2, call)
    add("two-calls", 18, call + f(1, 4, 3, request()) + f(0, 1, 3, body))
    add("stream", 18, f(1, 4, 1, request("/accord.testing.v1.EchoService/Chat")) + f(0, 0, 1, body) + f(0, 1, 1, body))
    add("expand", 18, f(1, 4, 1, request("/accord.testing.v1.EchoService/Expand")) + f(0, 1, 1, b"\0\0\0\0\x06\x10\x80\x80\x01\x18\x04"))
    add("held-and-left", 10, f(1, 4, 1, request()) + f(0, 1, 1, b"\0\0\0\0\x03\x28\xe8\x07"))
    add("held-and-rst", 18, f(1, 4, 1, request()) + f(0, 1, 1, b"\0\0\0\0\x03\x28\xe8\x07") + f(3, 0, 1, b"\0\0\0\x08"))
    add("health", 18, f(1, 5, 1, request("/grpc.health.v1.Health/Check")))
    add("unknown-method", 18, f(1, 5, 1, request("/accord.none.v1.None/None")))
    add("no-body", 18, f(1, 5, 1, request()))
    add("two-messages", 18, f(1, 4, 1, request()) + f(0, 1, 1, body + body))
    add("message-half", 18, f(1, 4, 1, request()) + f(0, 1, 1, body[:8]))
    add("message-claims-much", 18, f(1, 4, 1, request()) + f(0, 1, 1, b"\0\x7f\xff\xff\xff"))
    add("compressed-flag", 18, f(1, 4, 1, request()) + f(0, 1, 1, b"\x01" + body[1:]))
    add("trailers-of-a-request", 18, f(1, 4, 1, request()) + f(0, 0, 1, body) + f(1, 5, 1, literal("x", "y")))
    add("continuation", 18, f(1, 0, 1, request()[:40]) + f(9, 4, 1, request()[40:]) + f(0, 1, 1, body))
    add("block-never-ends", 18, f(1, 0, 1, request()))
    add("padded", 18, f(0, 9, 1, b"\x05xxxxx") + f(1, 12, 1, b"\x02" + request() + b"\0\0"))
    add("priority", 18, f(2, 0, 1, b"\0\0\0\0\x10") + f(1, 36, 1, b"\0\0\0\0\x10" + request()) + f(0, 1, 1, body))
    add("settings-table-and-window", 18, f(4, 0, 0, struct.pack(">HIHI", 1, 0, 4, 0)) + call)
    add("window-overflow", 18, f(8, 0, 0, b"\x7f\xff\xff\xff") + f(8, 0, 0, b"\x7f\xff\xff\xff"))
    add("window-of-zero", 18, f(8, 0, 0, b"\0\0\0\0"))
    add("rst-of-idle", 18, f(3, 0, 9, b"\0\0\0\x08"))
    add("goaway-then-call", 18, f(7, 0, 0, b"\0\0\0\0\0\0\0\0") + call)
    add("push-promise", 18, f(5, 4, 1, b"\0\0\0\x02" + request()))
    add("unknown-frame", 18, f(200, 255, 77, b"abc") + call)
    add("even-stream", 18, f(1, 5, 2, request()))
    add("settings-ack-with-payload", 18, f(4, 1, 0, b"abcdef"))
    add("ping-short", 18, f(6, 0, 0, b"abc"))
    add("hpack-index-beyond-table", 18, f(1, 5, 1, b"\xff\xff\x7f"))
    add("hpack-table-update", 18, f(1, 5, 1, b"\x3f\xe1\xff\x03" + request()))
    add("raw-http1", 1, b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
    add("raw-preface-half", 1, PREFACE[:11])
    add("raw-frame-too-long", 3, b"\x01\0\1\0\0\0\0\0\1")
    add("raw-call", 3, h2(1, 4, 1, request()) + h2(0, 1, 1, body))
    add("raw-call-cut-in-frame", 3, h2(1, 4, 1, request())[:30])
    add("nothing", 0, b"")


def headers():
    body = "\n\n\x0a\x05hello"
    cases = {
        "good": "grpc-timeout: 5S",
        "purpose": "accord-purpose: criminal_investigation",
        "purpose-unknown": "accord-purpose: curiosity",
        "actor-unknown": "accord-actor: nobody",
        "actor-twice": "accord-actor: officer-1\naccord-actor: officer-2",
        "reserved-caller": "accord-caller-bin: AAAA",
        "reserved-touched": "accord-touched-bin: AAAA",
        "encoding-gzip": "grpc-encoding: gzip",
        "timeout-zero": "grpc-timeout: 0S",
        "timeout-bad": "grpc-timeout: 5fortnights",
        "trace": "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\ntracestate: a=b",
        "trace-zero": "traceparent: 00-00000000000000000000000000000000-0000000000000000-01",
        "type-web": "content-type: application/grpc-web+proto",
        "type-longer": "content-type: grpcfoo",
        "verb-get": ":method: GET",
        "path-long": ":path: /" + "a" * 9000,
        "path-none": ":path: ",
        "path-other": ":path: /accord.testing.v1.EchoService/Nothing",
        "pseudo-unknown": ":protocol: websocket",
        "authority-twice": ":authority: a\n:authority: b",
        "connection": "connection: close\ntransfer-encoding: chunked",
        "content-length-wrong": "content-length: 3",
        "host": "host: elsewhere",
        "attempts": "grpc-previous-rpc-attempts: CANARY",
        "tags": "grpc-tags-bin: AAAA\ngrpc-trace-bin: AAAA",
        "cookie": "cookie: a=b\ncookie: c=d",
        "capitals": "X-Upper: a",
        "for-police": ":path: /accord.testing.v1.EchoService/EchoForPolice\naccord-purpose: criminal_investigation",
        "health-unknown": ":path: /grpc.health.v1.Health/Check",
        "binary-not-base64": "x-bin: !!!",
        "binary-two": "x-bin: AAAA,BBBB",
    }
    for name, text in cases.items():
        seed("headers", name, text + body)
    seed("headers", "actor-not-utf8", b"accord-actor: \xff\xfe" + body.encode())
    seed("headers", "many", "".join(f"x-{i}: {i}\n" for i in range(200)) + body[1:])
    seed("headers", "large", "x-large: " + "x" * 20000 + body)
