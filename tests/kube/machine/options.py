"""This reads the command line of a play, and other text: names of tests, and versions."""
import dataclasses
from collections.abc import Iterator, Sequence


class Usage(Exception):
    """This is raised if the words of the command line are wrong."""


@dataclasses.dataclass(frozen=True)
class Options:
    """This is what the command line says."""

    overlay: str = "dev"
    built: bool = False
    rolls: int = 1
    # An empty filter leaves the suite out.
    suite: str = "-TheInside.*:Field*"


def _value(option: str, rest: Iterator[str]) -> str:
    value = next(rest, None)
    if value is None:
        raise Usage(f"{option} needs a value")
    return value


def options_of(words: Sequence[str]) -> Options:
    """Reads the command line. The value of --suite may begin with a dash."""
    options, rest = Options(), iter(words)
    for word in rest:
        if word == "--overlay":
            options = dataclasses.replace(options, overlay=_value(word, rest))
        elif word == "--built":
            options = dataclasses.replace(options, built=True)
        elif word == "--rolls":
            value = _value(word, rest)
            if not value.isdecimal():
                raise Usage(f"--rolls is a number, not {value}")
            options = dataclasses.replace(options, rolls=int(value))
        elif word == "--suite":
            options = dataclasses.replace(options, suite=_value(word, rest))
        elif word == "--no-suite":
            options = dataclasses.replace(options, suite="")
        else:
            raise Usage(f"there is no {word}")
    return options


def tests_of(listing: str) -> list[str]:
    """Gives Suite.Name of each test that --gtest_list_tests prints."""
    names, suite = [], ""
    for line in listing.splitlines():
        if line.startswith("  "):
            names.append(suite + line.split()[0])
        elif line and line[0] != " ":
            suite = line.split()[0]
    return names


def version_of(roll: int) -> str:
    """Gives the version that a roll leads to. Rolls alternate between two versions, so that each one changes
    the image."""
    return "next" if roll % 2 == 0 else "dev"
