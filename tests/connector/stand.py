"""The processes of Accord, the connector beside them, and the two agencies that take part."""
import json
import os
import pathlib
import re
import secrets
import socket
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PURPOSES = {"cas-york": "child_protection", "ps-york": "criminal_investigation", "co-pahtco": "administration"}
# The agency whose system the connector serves, its person, and the certificate.
AGENCY, ACTOR = "ps-york", "supervisor"
METHODS = ("ReferralService.AssignReferral", "ReferralService.GetReferral")


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def write_private(path, text):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(text)


class Stand:
    def __init__(self, directory, binaries, database):
        self.dir, self.bin, self.database = directory, binaries, database
        self.environment = dict(os.environ, ACCORD_BIN_DIR=str(binaries))

    def run(self, *words):
        ran = subprocess.run([*map(str, words)], capture_output=True, text=True, env=self.environment)
        if ran.returncode != 0:
            raise SystemExit(f"connector: {words[0]} {words[1]} failed: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
        return ran.stdout

    def up(self):
        self.run(HERE / "stand.sh", "up", "--dir", self.dir, "--database", self.database)

    def down(self):
        if (self.dir / "stack.env").exists():
            self.run(HERE / "stand.sh", "down", "--dir", self.dir)

    def stop_gateway(self):
        self.run(ROOT / "accord", "kill", "gateway", "--dir", self.dir)

    def start_gateway(self):
        self.run(ROOT / "accord", "start", "gateway", "--dir", self.dir)

    @property
    def port(self):
        return int(re.search(r"port=(\d+)", (self.dir / "stack.env").read_text()).group(1))

    @property
    def protocol(self):
        return (self.dir / "protocol").read_text().strip()


class Connector:
    """One process of the connector over a folder of state of its own. With a receiver it watches referrals."""

    def __init__(self, stand, name, callers, receiver=None, senders=32):
        self.stand, self.folder = stand, stand.dir / name
        self.folder.mkdir()
        self.port = free_port()
        self.tokens = {}
        files = stand.dir / "clients" / AGENCY
        (files / "client.key").chmod(0o600)
        write_private(self.folder / "client.json", json.dumps({
            "address": f"127.0.0.1:{stand.port}", "ca_file": str(stand.dir / "pki/agency-ca.crt"),
            "certificate_file": str(files / "client.crt"), "key_file": str(files / "client.key"),
            "server_name": "localhost"}))
        lines = [f'client_file: "{self.folder}/client.json" state_folder: "{self.folder}/state"',
                 f'listen: "127.0.0.1:{self.port}"', f"limits {{ senders: {senders} }}"]
        methods = " ".join(f'methods: "accord.protocols.v1.{each}"' for each in METHODS)
        for number in range(callers):
            token = secrets.token_hex(32)
            self.tokens[f"caller-{number}"] = token
            write_private(self.folder / f"caller-{number}.token", token + "\n")
            lines.append(f'callers {{ name: "caller-{number}" token_file: "{self.folder}/caller-{number}.token" '
                         f'actors: "{ACTOR}" purposes: "{PURPOSES[AGENCY]}" {methods} }}')
        if receiver is not None:
            write_private(self.folder / "hook.whsec", receiver.secret + "\n")
            lines.append(f'''webhooks {{ name: "records" url: "{receiver.url}" secret_files: "{self.folder}/hook.whsec"
  timeout_seconds: 2 }}
watches {{ name: "referrals" actor: "{ACTOR}" purpose: "{PURPOSES[AGENCY]}" kinds: "referral" webhooks: "records"
  feed: "accord.protocols.v1.ChangeService.WatchChanges"
  list: "accord.protocols.v1.ReferralService.ListReferrals" list_request: "{{\\"sent_to_us\\": true}}"
  get: "accord.protocols.v1.ReferralService.GetReferral" }}''')
        self.config = self.folder / "connector.textproto"
        write_private(self.config, "\n".join(lines) + "\n")
        self.process, self.closing = None, False

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen([self.stand.bin / "accord-connector", "--config", self.config],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)

    def kill(self):
        """False if it had ended by itself, which nothing but a kill makes it do."""
        alive = self.process.poll() is None
        self.process.kill()
        self.process.wait()
        return alive

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()

    def await_serving(self, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"connector: it does not serve after {seconds} s:\n{(self.folder / 'log').read_text()[-1500:]}")

    def dead_letters(self):
        """How many there are, by the command that people use."""
        listed = self.stand.run(self.stand.bin / "accord-connector", "dead-letters", "list", "--config", self.config)
        return sum("  webhook " in line for line in listed.splitlines())

    def cpu_seconds(self):
        return cpu_seconds(self.process.pid)


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
