"""These are the processes under attack, which are started, watched and asked."""
import base64
import contextlib
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
MIB = 1 << 20


class Stand:
    def __init__(self, preset, binaries, keep=False):
        self.preset, self.bin, self.keep = preset, binaries, keep
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="accord-attack.", dir="/tmp"))
        self.people = {}

    def sh(self, *words):
        run = subprocess.run([HERE / "stand.sh", *map(str, words), "--dir", self.dir, "--preset", self.preset],
                             capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(f"stand.sh {words[0]}: {run.stdout[-3000:]}{run.stderr[-3000:]}")

    def up(self):
        self.sh("up")
        self.sh("people")
        self.people = json.loads((self.dir / "people.json").read_text())

    def down(self):
        if (self.dir / "stack.env").exists():
            self.sh("down")
        if not self.keep:
            shutil.rmtree(self.dir, ignore_errors=True)

    @property
    def port(self):
        return int(re.search(r"port=(\d+)", (self.dir / "stack.env").read_text()).group(1))

    def listens(self, name):
        """Gives the port of one process."""
        config = (self.dir / "config" / f"{name}.textproto").read_text()
        return int(re.search(r'listen: "127.0.0.1:(\d+)"', config).group(1))

    def metrics(self, name):
        config = (self.dir / "config" / f"{name}.textproto").read_text()
        return int(re.search(r'metrics_listen: "127.0.0.1:(\d+)"', config).group(1))

    def pid(self, name):
        try:
            return int((self.dir / "pids" / name).read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return None

    def names(self):
        return sorted(each.name for each in (self.dir / "pids").iterdir())

    def alive(self, name):
        pid = self.pid(name)
        try:
            return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        except OSError:
            return False

    def rss(self, name):
        """Gives the resident memory in bytes, or 0 if the process does not run."""
        try:
            status = pathlib.Path(f"/proc/{self.pid(name)}/status").read_text()
        except OSError:
            return 0
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found.group(1)) * 1024 if found else 0

    def ctl(self, context, actor, purpose, *words, check=True):
        run = subprocess.run([self.bin / "accordctl", "--config", self.dir / "accordctl.yaml", "--context", context,
                              "--actor", actor, "--purpose", purpose, *map(str, words)], capture_output=True, text=True)
        if check and run.returncode != 0:
            raise RuntimeError(f"accordctl {' '.join(map(str, words))}: {run.stderr[-300:]}")
        return run

    def program(self, name, agency, actor, purpose, seconds, **more):
        """Gives the command of one attack in the name of an agency."""
        command = [self.bin / "accord_attack", name, "--port", self.port, *self.identity(agency), "--agency", agency,
                   "--actor", actor, "--purpose", purpose, "--seconds", seconds]
        for key, value in more.items():
            if value:
                command += [f"--{key}", value]
        return [str(word) for word in command]

    def attack(self, name, agency, actor, purpose, seconds, **more):
        """Gives what one attack met, at its own speed."""
        run = subprocess.run(self.program(name, agency, actor, purpose, seconds, **more), capture_output=True, text=True,
                             timeout=seconds + 60)
        return json.loads(run.stdout)

    def identity(self, agency):
        certificate, key = f"clients/{agency}/client.crt", f"clients/{agency}/client.key"
        return ["--ca", self.dir / "pki/agency-ca.crt", "--cert", self.dir / certificate, "--key", self.dir / key]

    def database(self, name):
        return sqlite3.connect(f"file:{self.dir}/data/{name}.db?mode=ro", uri=True, timeout=10)

    def log_entries(self):
        with contextlib.closing(self.database("audit")) as log:
            return log.execute("select count(*) from entry").fetchone()[0]

    def log_bytes(self):
        return sum(each.stat().st_size for each in (self.dir / "data").glob("audit.db*"))

    def records(self, since=0):
        """Gives the bytes of each record from an index on."""
        with contextlib.closing(self.database("audit")) as log:
            rows = log.execute("select record from entry where idx >= ? order by idx", (since,))
            return [base64.b64decode(row[0]) if isinstance(row[0], str) else bytes(row[0]) for row in rows]

    def changes(self, agency):
        """Says how many changes of protocols and referrals an agency has made."""
        with contextlib.closing(self.database("protocols")) as store:
            return store.execute("select count(*) from revision where agency = ?", (agency,)).fetchone()[0]

    def unrecorded(self, kind="referral"):
        """Gives the changes of referrals that the log does not hold, as (name, request id)."""
        with contextlib.closing(self.database("protocols")) as store:
            changes = store.execute("select name, request_id from revision where kind like ?", (f"%{kind}%",)).fetchall()
        held = set()
        for record in self.records():
            for name in re.findall(rb"agencies/[a-z0-9-]+/referrals/[A-Za-z0-9-]+", record):
                held.update((name, value) for _, value in fields(record) if isinstance(value, bytes))
        return [change for change in changes if (change[0].encode(), change[1].encode()) not in held]


def fields(message):
    """Gives (number, value) of each field of a serialized message: a number, or the bytes of what has a length."""
    found, at = [], 0
    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
    while at < len(message):
        tag = varint()
        if tag & 7 == 0:
            found.append((tag >> 3, varint()))
            continue
        size = {1: 8, 5: 4}.get(tag & 7) or varint()
        found.append((tag >> 3, message[at:at + size]))
        at += size
    return found


class Watcher:
    """This watches the memory of each process every 20 ms while something happens: `before`, `highest` and `after`
    in bytes."""

    def __init__(self, stand):
        self.stand = stand
        self.names = stand.names()
        self.before = {name: stand.rss(name) for name in self.names}
        self.highest = dict(self.before)
        self.after = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while not self._end.wait(0.02):
            for name in self.names:
                self.highest[name] = max(self.highest[name], self.stand.rss(name))

    def stop(self):
        self._end.set()
        self._thread.join()
        self.after = {name: self.stand.rss(name) for name in self.names}


def wait_until(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
