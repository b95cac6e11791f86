"""These are the processes of Accord, two replicas of each, as children of this one."""
import os
import pathlib
import re
import signal
import subprocess
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
# This library makes a clock wrong; it is None where it is not installed.
CLOCK = next(map(str, pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)


class Replica:
    """This is one process. `clock` names a file whose content, for example `+30`, is by how much its clock is wrong."""

    def __init__(self, stack, service, number):
        self.stack, self.service = stack, service
        self.name = service if number == 1 else f"{service}-{number}"
        self.config = stack.dir / "config" / f"{self.name}.textproto"
        # The gateway's allocator, jemalloc, asks for the time before libfaketime is ready; what a wrong clock does between
        # two processes shows in the services as well.
        wrong = number == 2 and stack.clocks and service != "gateway"
        self.clock = stack.dir / "data" / f"{self.name}.clock" if wrong else None
        self.process = None

    def start(self):
        environment = dict(os.environ)
        if self.clock:
            self.clock.write_text("+0\n")
            environment |= {"LD_PRELOAD": CLOCK, "FAKETIME_TIMESTAMP_FILE": str(self.clock),
                            "FAKETIME_CACHE_DURATION": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        with self.stack.lock, open(self.stack.dir / "logs" / f"{self.name}.log", "ab") as log:
            # A fault that is being repaired while everything ends repairs no more.
            if self.stack.closing:
                return
            self.process = subprocess.Popen([self.stack.bin / f"accord-{self.service}", "--config", self.config],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment,
                                            start_new_session=True)

    def notice(self):
        """Keeps in mind that the process has ended, if it has: nobody but a fault ends one."""
        if self.process is not None and self.process.poll() is not None:
            self.stack.ended.append(f"{self.name}, exit {self.process.returncode}")

    def kill(self):
        self.notice()
        self.process.kill()
        self.process.wait()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def set_clock(self, seconds):
        self.clock.write_text(f"{seconds:+d}\n")

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def serving(self):
        probe = [self.stack.bin / "accord-probe", "--config", self.config]
        return subprocess.run(probe, capture_output=True).returncode == 0

    def listens(self):
        return int(re.search(r'listen: "127\.0\.0\.1:(\d+)"', self.config.read_text()).group(1))

    def log_end(self):
        return (self.stack.dir / "logs" / f"{self.name}.log").read_text(errors="replace")[-1500:]


class Stack:
    def __init__(self, directory, binaries, database, clocks):
        self.dir, self.bin, self.database, self.clocks = directory, binaries, database, clocks
        self.replicas = {}
        # These processes ended without a fault of this run.
        self.ended = []
        self.lock, self.closing = threading.Lock(), False

    def sh(self, command):
        run = subprocess.run([HERE / "stand.sh", command, "--dir", self.dir, "--database", self.database],
                             capture_output=True, text=True, env=dict(os.environ, ACCORD_BIN_DIR=str(self.bin)))
        if run.returncode != 0:
            raise SystemExit(f"soak: stand.sh {command} failed: {run.stdout[-2000:]}{run.stderr[-2000:]}")

    def up(self):
        self.sh("prepare")
        services = sorted({each.stem.removesuffix("-2") for each in (self.dir / "config").glob("*.textproto")} - {"gateway"})
        # The first of each makes the schema where there is none; then the others start.
        for number in (1, 2):
            for service in (*services, "gateway"):
                replica = Replica(self, service, number)
                self.replicas[replica.name] = replica
                replica.start()
            self.await_serving(number)
        self.sh("people")

    def await_serving(self, number=None, seconds=60):
        """Waits until every replica says that it serves."""
        for replica in self.replicas.values():
            if number == 1 and replica.name.endswith("-2"):
                continue
            if not wait_until(replica.serving, seconds):
                raise SystemExit(f"soak: {replica.name} does not serve after {seconds} s:\n{replica.log_end()}")

    def gateways(self):
        return [self.replicas["gateway"], self.replicas["gateway-2"]]

    def heal(self):
        """Makes every replica run, with a right clock."""
        for replica in self.replicas.values():
            if not replica.alive():
                replica.notice()
                replica.start()
            else:
                replica.thaw()
                if replica.clock:
                    replica.set_clock(0)
        self.await_serving()

    def down(self):
        with self.lock:
            self.closing = True
        for replica in self.replicas.values():
            if replica.alive():
                replica.thaw()
                replica.process.terminate()
        for replica in filter(Replica.alive, self.replicas.values()):
            try:
                replica.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                replica.kill()
        if (self.dir / "stack.env").exists():
            self.sh("down")


def wait_until(condition, seconds, pause=0.1):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(pause)
    return condition()
