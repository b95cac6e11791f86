"""A receiver of webhooks that fails as it is told, and keeps what came with a valid signature."""
import base64
import collections
import hashlib
import hmac
import http.server
import json
import secrets
import threading
import time

# What it does with a request: takes it, answers 500, or gives no answer before the connector has given up.
TAKES, FAILS, HANGS = "takes", "fails", "hangs"


class Receiver:
    def __init__(self):
        self._key = secrets.token_bytes(32)
        self.secret = "whsec_" + base64.b64encode(self._key).decode()
        self.mode = TAKES
        self.counts = collections.Counter()
        # Every event that was taken, as (webhook-id, event), in the order of arrival.
        self.taken = []
        self._ids = set()
        self._lock = threading.Lock()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/changes"
        threading.Thread(target=self._server.serve_forever, daemon=True, name="receiver").start()

    def signed(self, headers, body):
        """By the scheme of Standard Webhooks, and no more than five minutes off."""
        try:
            at = int(headers["webhook-timestamp"])
        except (KeyError, TypeError, ValueError):
            return False
        text = f"{headers['webhook-id']}.{at}.".encode() + body
        expected = "v1," + base64.b64encode(hmac.new(self._key, text, hashlib.sha256).digest()).decode()
        given = (headers["webhook-signature"] or "").split()
        return abs(time.time() - at) < 300 and any(hmac.compare_digest(expected, each) for each in given)

    def take(self, headers, body):
        """The status of the answer; None for none."""
        mode = self.mode
        with self._lock:
            self.counts["requests"] += 1
            if not self.signed(headers, body):
                self.counts["wrong signature"] += 1
                return 401
            self.counts[mode] += 1
            if mode == TAKES:
                if headers["webhook-id"] in self._ids:
                    self.counts["taken again"] += 1
                self._ids.add(headers["webhook-id"])
                self.taken.append((headers["webhook-id"], json.loads(body)))
        return {TAKES: 200, FAILS: 500, HANGS: None}[mode]

    def _handler(self):
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.take(self.headers, body)
                if status is None:
                    time.sleep(3)
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        return Handler

    def count(self):
        with self._lock:
            return len(self._ids)

    def close(self):
        self._server.shutdown()
