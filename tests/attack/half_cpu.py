"""This limits attackers to half a CPU, by a control group where one can be made, and otherwise by stopping and
continuing them."""
import contextlib
import os
import pathlib
import signal
import threading
import time

SHARE = 0.5
# This is the period of a control group. In a long one an attacker spends its half at once and takes a whole core, or
# both, from what is measured beside it. An attacker on another core takes none.
PERIOD_US = 10_000


def cpu_seconds(pid):
    """Gives the time on a core of all threads of a process, or None once it is gone."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class HalfCpu:
    """This limits the processes that are started with `prepare` as preexec_fn, together, to half a CPU."""

    def __init__(self):
        self.group, self.kind = self._make()
        self.stopped = threading.Event()
        self.pids = []

    @staticmethod
    def _make():
        name = f"accord-attack-{os.getpid()}"
        v2 = pathlib.Path("/sys/fs/cgroup")
        quota = int(PERIOD_US * SHARE)
        tries = [(v2, {"cpu.max": f"{quota} {PERIOD_US}"}, "cgroup v2, cpu.max"),
                 (v2 / "cpu", {"cpu.cfs_period_us": str(PERIOD_US), "cpu.cfs_quota_us": str(quota)},
                  "cgroup v1, cpu.cfs_quota_us")]
        for root, limits, kind in tries:
            group = root / name
            try:
                group.mkdir()
                for file, value in limits.items():
                    (group / file).read_text()
                    (group / file).write_text(value)
                return group, kind
            except OSError:
                with contextlib.suppress(OSError):
                    group.rmdir()
        return None, "no control group here: SIGSTOP and SIGCONT by the CPU that was used"

    def prepare(self):
        """Runs in the child before the attacker's own program."""
        if self.group is not None:
            (self.group / "cgroup.procs").write_text(str(os.getpid()))

    def watch(self, pid):
        """Begins to limit one process to half a CPU of its own, where there is no control group."""
        if self.group is None:
            threading.Thread(target=self._throttle, args=(pid,), daemon=True).start()

    def _throttle(self, pid):
        start, base = time.monotonic(), cpu_seconds(pid) or 0
        while not self.stopped.wait(0.01):
            used = cpu_seconds(pid)
            if used is None:
                return
            over = used - base > SHARE * (time.monotonic() - start)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP if over else signal.SIGCONT)

    def close(self):
        self.stopped.set()
        if self.group is not None:
            # The last of them may still be ending.
            for _ in range(50):
                try:
                    self.group.rmdir()
                    return
                except OSError:
                    time.sleep(0.02)
