"""Tests use this in the place of the machine."""
import pathlib
import subprocess
from collections.abc import Callable, Mapping
from typing import Any

from machine.commands import Runner, Signals

WORKLOADS = """\
migrate Job 1 - -
gateway Deployment 2 10.89.76.10 7400
audit StatefulSet 1 10.89.76.11 7400
registry Deployment 2 10.89.76.12 7400
training Recreate 1 10.89.76.13 7400
"""


class Recorder(Runner):
    """Runs nothing, keeps what it is asked to run and what that would read, and answers as it was told."""

    def __init__(self, work: pathlib.Path, answers: Mapping[str, str] | None = None,
                 fails: Callable[[str], bool] = lambda command: False) -> None:
        super().__init__(work, {}, Signals())
        self.commands: list[str] = []
        self.given: list[str] = []
        self._answers, self._fails = dict(answers or {}), fails

    def run(self, *command: object, **how: Any) -> subprocess.CompletedProcess[str]:
        """Notes the command. Its answer is the one whose words it begins with."""
        line = " ".join(map(str, command))
        self.commands.append(line)
        if how.get("input") is not None:
            self.given.append(how["input"])
        answer = next((text for begin, text in self._answers.items() if line.startswith(begin)), "")
        return subprocess.CompletedProcess(line, int(self._fails(line)), answer, "")

    def beginning(self, *begins: str) -> list[str]:
        """Gives the commands that begin so, in order."""
        return [line for line in self.commands if line.startswith(begins)]
