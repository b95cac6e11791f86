"""This runs commands, keeps what they print for whoever has to find a fault, and says how far the play is."""
import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

# A condition is asked for this often, and with this pause between two times: half a minute in all.
TRIES, PAUSE = 300, 0.1


def say(text: str) -> None:
    """Prints a line with the time of day."""
    print(f"{time.strftime('%H:%M:%S', time.gmtime())}  {text}", flush=True)


def complain(text: str) -> None:
    """Prints to the standard error output, in order with what was printed before."""
    sys.stdout.flush()
    print(text, file=sys.stderr, flush=True)


def die(text: str) -> NoReturn:
    """Ends the play with a reason."""
    complain(f"accord test kube: {text}")
    raise SystemExit(1)


def show_end(path: pathlib.Path, lines: int) -> None:
    """Prints the last lines of a log, at most this many."""
    for line in path.read_text(errors="replace").splitlines()[-lines:]:
        complain(line)


class Signals:
    """SIGINT and SIGTERM end the play with 130: at once, or when the command that is running has ended."""

    def __init__(self) -> None:
        self._running = self._came = False

    def install(self) -> None:
        """Makes both signals come here from now on."""
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, self.come)

    def come(self, _number: int, _frame: object) -> None:
        """Ends the play, or notes that it is to end."""
        self._came = self._running
        if not self._running:
            raise SystemExit(130)

    @contextlib.contextmanager
    def deferred(self) -> Iterator[None]:
        """Defers a signal that comes inside, which ends the play afterwards."""
        self._running = True
        try:
            yield
        finally:
            self._running = False
        if self._came:
            self._came = False
            raise SystemExit(130)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Runner:
    """This runs commands in the root of the repository; `work` is the folder of this run."""

    def __init__(self, work: pathlib.Path, environment: Mapping[str, str], signals: Signals) -> None:
        self.work = work
        self.environment = dict(environment)
        self._signals = signals
        self._behind: list[subprocess.Popen[bytes]] = []

    def run(self, *command: str | os.PathLike[str], **how: Any) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end, as subprocess.run does. A program that is missing ends with 127, as in a shell."""
        words = [str(word) for word in command]
        with self._signals.deferred():
            try:
                return subprocess.run(words, env=self.environment, text=True, check=False, **how)
            except FileNotFoundError as error:
                complain(f"{words[0]}: {error.strerror}")
                return subprocess.CompletedProcess(words, 127, "", "")

    def must(self, *command: str | os.PathLike[str], **how: Any) -> subprocess.CompletedProcess[str]:
        """Runs a command; if it fails, the play ends as it did."""
        done = self.run(*command, **how)
        if done.returncode != 0:
            raise SystemExit(done.returncode)
        return done

    def output(self, *command: str | os.PathLike[str]) -> str:
        """Gives what a command that must succeed prints, without the ends of its last lines."""
        return self.must(*command, stdout=subprocess.PIPE).stdout.rstrip("\n")

    def quiet(self, *command: str | os.PathLike[str], cwd: pathlib.Path | None = None,
              given: str | None = None) -> None:
        """Runs a command that is heard only if it fails, which ends the play; `given` is what it reads."""
        log = self.work / "log"
        with open(log, "wb") as file:
            done = self.run(*command, stdout=file, stderr=subprocess.STDOUT, cwd=cwd, input=given)
        if done.returncode != 0:
            show_end(log, 30)
            die(f"failed: {' '.join(map(str, command))}")

    def succeeds(self, *command: str | os.PathLike[str]) -> bool:
        """Asks a command, whose last answer is kept in `asked`."""
        with open(self.work / "asked", "wb") as file:
            return self.run(*command, stdout=file, stderr=subprocess.STDOUT).returncode == 0

    def answer(self, *command: str | os.PathLike[str]) -> str:
        """Gives what a command prints that may fail; what it says of that is kept in `asked`."""
        with open(self.work / "asked", "wb") as file:
            return self.run(*command, stdout=subprocess.PIPE, stderr=file).stdout.rstrip("\n")

    def until_true(self, what: str, condition: Callable[[], bool]) -> None:
        """Asks for a condition again and again; if it never holds, the play ends with `what`."""
        for _ in range(TRIES):
            if condition():
                return
            time.sleep(PAUSE)  # This is the pause between polls of the condition.
        asked = self.work / "asked"
        if asked.exists():
            complain(asked.read_text(errors="replace").rstrip("\n"))
        die(what)

    def start_behind(self, *command: str | os.PathLike[str], log: pathlib.Path,
                     extra: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Starts a process that goes on beside the play, with `extra` in its environment. Ctrl-C does not reach it:
        the play ends it in its own time."""
        with open(log, "wb") as file:
            process = subprocess.Popen([str(word) for word in command], env={**self.environment, **extra},
                                       stdout=file, stderr=subprocess.STDOUT, preexec_fn=_ignore_interrupt)
        self._behind.append(process)
        return process

    def end_behind(self) -> None:
        """Ends what still goes on beside the play, and waits for it."""
        for process in self._behind:
            if process.poll() is None:
                process.terminate()
        for process in self._behind:
            process.wait()
