"""This is the running system in which the commands of the pages are typed, and what the table of them is
written with."""
import dataclasses
import datetime
import json
import os
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# One command may take the first number of seconds, and a watch tells of a change within the second.
LONGEST, SOON = 120, 60
# A revocation has taken effect everywhere within this many seconds, as docs/operate.md says.
REVOKED = 5


class Wrong(Exception):
    """This is raised if what a command did or said does not prove that it did its work."""


def require(holds, what):
    """Stops the line unless this holds."""
    if not holds:
        raise Wrong(what)


@dataclasses.dataclass(frozen=True)
class Person:
    """This says who types: the context that the person has, the actor and the purpose. Without a context it is a
    new machine."""

    context: str = ""
    actor: str = ""
    purpose: str = ""

    def __str__(self):
        return f"{self.actor} of {self.context} for {self.purpose}" if self.context else "somebody without a context"


@dataclasses.dataclass(frozen=True)
class Line:
    """This is one line of a page: who types it, what stands for its placeholders, and what proves that it did
    its work."""

    page: str
    text: str
    person: Person
    # It takes the system and what was said, and answers what was seen of the work.
    seen: object
    # This has one value for each placeholder, or one after the other where it occurs twice; {names} are the system's.
    put: dict = dataclasses.field(default_factory=dict)
    # This makes what must be so before the line is typed.
    before: object = None
    # For a watch, this makes a change and answers with what the event must name.
    change: object = None


def filled_in(line, names):
    """Gives the line with what the table puts in the place of each placeholder, in one pass."""
    values = {}
    for word, value in line.put.items():
        values[word] = [each.format_map(names) for each in ([value] if isinstance(value, str) else value)]
        require(word in line.text, f"the line has no {word} any more")
    if not values:
        return line.text
    words = "|".join(re.escape(word) for word in sorted(values, key=len, reverse=True))
    typed = re.sub(rf"(?<!\w)(?:{words})(?!\w)", lambda found: values[found[0]].pop(0), line.text)
    require(not any(values.values()), f"a placeholder stands fewer times than the table says: {values}")
    return typed


def fill(text, answers):
    """Gives fields of a template their values, as a person would who takes the # before a field away."""
    for name, value in answers.items():
        given = f"{name}: {value}".replace("\\", r"\\")
        text, count = re.subn(rf"^#?{name}:(?: \[\])?$", given, text, count=1, flags=re.M)
        require(count == 1, f"the template has no field {name}")
    return text


class System:
    """These are the processes of `accord run`, a machine for each person, and a folder for the lines of each page."""

    def __init__(self, binaries, folder, work):
        self.binaries, self.folder, self.work = Path(binaries).resolve(), Path(folder).resolve(), Path(work)
        address = re.search(r'address: "?([\w.:]+)"?', (self.folder / "accordctl.yaml").read_text())
        until = datetime.datetime.now() + datetime.timedelta(days=2)
        self.names = {"config": f"{self.folder}/config", "address": address[1], "port": address[1].rpartition(":")[2],
                      "until": f"{until:%Y-%m-%dT%H:%M}"}

    def place(self, page):
        """Gives the folder in which the lines of this page are typed, empty at first."""
        place = self.work / Path(page).stem.lower()
        place.mkdir(exist_ok=True)
        return place

    def contexts(self, person, identity=None):
        """Gives the contexts file of a person's own machine, with one context and the certificate in the
        folder `identity`."""
        identity = identity or self.folder / "clients" / person.context
        own = (identity.parent.name, identity.name) if person.context else ("new",)
        machine = "-".join((*own, person.actor, person.purpose))
        file = self.work / "people" / machine / "accordctl.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        if person.context and not file.exists():
            file.write_text(json.dumps({"current": person.context, "contexts": {person.context: {
                "address": self.names["address"], "server_name": "localhost", "actor": person.actor,
                "purpose": person.purpose, "ca_file": f"{self.folder}/pki/agency-ca.crt",
                "certificate_file": f"{identity}/client.crt", "key_file": f"{identity}/client.key"}}}))
        return file

    def environment(self, person, identity=None):
        """Gives what the person's shell has set: the path, the contexts, and an editor that fills in a referral."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ACCORD_", "VISUAL"))}
        editor = [sys.executable, str(HERE / "typed.py"), "--fill", str(self.work / "answers.json")]
        return kept | {"PATH": f"{self.binaries}:{kept['PATH']}", "EDITOR": shlex.join(editor),
                       "ACCORD_CONFIG": str(self.contexts(person, identity)), "ACCORD_BIN_DIR": str(self.binaries)}

    def run(self, person, words, place=None, identity=None):
        """Runs a program as this person, in the folder."""
        return subprocess.run(words, cwd=place or self.work, env=self.environment(person, identity), text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=LONGEST, check=False)

    def ask(self, person, *words, identity=None):
        """Gives what accordctl prints for this person; it must succeed."""
        said = self.run(person, ["accordctl", *words], identity=identity)
        require(said.returncode == 0, f"accordctl {shlex.join(words)}: {said.returncode}, {said.stdout}{said.stderr}")
        return said.stdout

    def read(self, person, *words):
        """Gives the same as JSON."""
        return json.loads(self.ask(person, *words, "-o", "json"))

    def refused(self, person, *words):
        """Gives the exit code of a call that must fail, and repeats the call until it does, for as long as a revocation
        may take."""
        end = time.monotonic() + REVOKED
        while (said := self.run(person, ["accordctl", *words])).returncode == 0:
            require(time.monotonic() < end, f"accordctl {shlex.join(words)} is still answered")
        return said.returncode

    def reaches(self, person, identity, *words):
        """Gives what is answered under a new certificate, as soon as news of it has reached the gateway."""
        end = time.monotonic() + SOON
        while self.run(person, ["accordctl", *words], identity=identity).returncode and time.monotonic() < end:
            pass
        return self.ask(person, *words, identity=identity)

    def accord(self, *words):
        """Runs the developer script on the system's folder."""
        saved = (self.folder / "stack.env").read_text()
        preset = ["--preset", re.search(r"preset=(\w+)", saved)[1]] if words[0] == "up" else []
        said = self.run(Person(), [str(ROOT / "accord"), *words, "--dir", str(self.folder), *preset], place=ROOT)
        require(said.returncode == 0, f"./accord {' '.join(words)}: {said.stdout}{said.stderr}")

    def lose_databases(self):
        """Takes every database away, as a lost disk does; the processes must be stopped."""
        lost = self.work / "lost"
        lost.mkdir()
        for file in (self.folder / "data").glob("*.db*"):
            shutil.move(file, lost / file.name)

    def type(self, line, typed):
        """Types the line into a shell; a watch is interrupted once it has told of a change."""
        words, place = ["bash", "-c", typed], self.place(line.page)
        return self.watched(line, words, place) if line.change else self.run(line.person, words, place)

    def watched(self, line, words, place):
        """Gives what a watch has told when it is interrupted, which is how it ends."""
        with subprocess.Popen(words, cwd=place, env=self.environment(line.person), stdin=subprocess.DEVNULL, bufsize=0,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as watch:
            told, fault = "", None
            try:
                told = self.first_told(line, watch.stdout)
            except Wrong as wrong:
                fault = wrong
            finally:
                os.killpg(watch.pid, signal.SIGINT)
                errors = watch.communicate(timeout=LONGEST)[1].decode()
        require(not fault, f"{fault}: {errors}")
        require(watch.returncode == -signal.SIGINT, f"interrupted, it ended with {watch.returncode}: {errors}")
        return subprocess.CompletedProcess(words, 0, told, errors)

    def first_told(self, line, output):
        """Gives the first event that names a change. Changes are made until then, since the first may come
        too early."""
        made, end = [], time.monotonic() + SOON
        while time.monotonic() < end:
            made.append(line.change(self))
            while select.select([output], [], [], 0.3)[0]:
                event = output.readline().decode()
                require(event, "the watch ended by itself")
                if any(name in event for name in made):
                    return event
        raise Wrong(f"{SOON} seconds, and no event names any of {len(made)} changes")


def shows(*patterns):
    """Proves by what is on the screen: every pattern is found, and the line of the first one was seen."""

    def look(system, said):
        for pattern in patterns:
            found = re.search(pattern.format_map(system.names), said.stdout, re.M)
            require(found, f"nothing is like {pattern} in what it says:\n{said.stdout[-2000:]}")
        first = re.search(f".*(?:{patterns[0].format_map(system.names)}).*", said.stdout, re.M)
        return first[0]

    return look


def writes(page, name, *patterns):
    """Proves by a file: it exists, and every pattern is found in it."""

    def look(system, _):
        file = system.place(page) / name
        require(file.is_file(), f"there is no file {name}")
        text = file.read_text()
        for pattern in patterns:
            require(re.search(pattern.format_map(system.names), text, re.M), f"nothing in {name} is like {pattern}")
        return f"{name}, {text.count(chr(10))} lines"

    return look


def both(*looks):
    """Proves by all of these, and tells what the first one saw."""
    return lambda system, said: [look(system, said) for look in looks][0]
