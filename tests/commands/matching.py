#!/usr/bin/env python3
"""Says which test programs have a test that a filter matches, by what the sources declare: nothing is compiled for it.

usage: matching.py TESTS FILTER <NAMES. TESTS has a program and one of its sources on each line, as CMake writes it.
NAMES are those of what ctest runs, one a line. It prints the programs, one a line, and fails if nothing matches.
"""
import difflib
import re
import subprocess
import sys
from pathlib import Path

CASE = re.compile(r"^ *(TYPED_)?TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)", re.M)
SEVERAL = re.compile(r"^ *INSTANTIATE_TEST_SUITE_P\(\s*(\w+)\s*,\s*(\w+)\b(.*?);", re.M | re.S)


def declared(text):
    """Gives the names of the cases in a source, as its program lists them; of parameters it gives those that are
    written there."""
    named = {}
    for prefix, suite, values in SEVERAL.findall(text):
        named[suite] = [(prefix, value) for value in re.findall(r'"(\w+)"', values) or [""]]
    for typed, suite, case in CASE.findall(text):
        yield f"{suite}/0.{case}" if typed else f"{suite}.{case}"
        for prefix, value in named.get(suite, []):
            yield f"{prefix}/{suite}.{case}/{value}"


def known_tests(lines):
    """Gives each name by which a program can be asked for, with the program."""
    for line in lines:
        program, file = line.split()
        yield program, program
        yield program, Path(file).name
        if Path(file).is_file():
            for name in declared(Path(file).read_text()):
                yield program, name


def matches(names, pattern):
    """Says which of the names the extended regular expression matches, by their places; grep decides, as for
    the rest."""
    said = subprocess.run(["grep", "-nE", "--", pattern], input="\n".join(names) + "\n", text=True,
                          capture_output=True, check=False)
    if said.returncode > 1:
        sys.exit(f"accord: --filter {pattern} is no regular expression: {said.stderr.strip()}")
    return [int(line.partition(":")[0]) - 1 for line in said.stdout.splitlines()]


def near(pattern, names):
    """Gives the suites and tests that are nearly called so, the nearest first."""
    simple = {name.split("/")[1 if name.count("/") > 1 else 0].split(".")[0].lower(): name.split(".")[0]
              for name in names if "." in name and not name.endswith(".cc")}
    simple |= {name.lower(): name for name in names if "." not in name}
    simple |= {name.lower(): name for name in names if "." in name and "/" not in name and not name.endswith(".cc")}
    words = [pattern.lower(), pattern.partition(".")[0].lower()]
    found = [each for word in words for each in difflib.get_close_matches(word, simple, n=4, cutoff=0.6)]
    return list(dict.fromkeys(simple[each] for each in found))[:4]


def main():
    """Prints the programs; of what only ctest runs it prints none, and succeeds."""
    file, pattern = sys.argv[1:]
    tests = list(known_tests(Path(file).read_text().splitlines()))
    names = [name for _, name in tests]
    whole = sys.stdin.read().split()
    # A parameter may have a name that only the program knows. Then all of its suite is compiled.
    parts = sorted(pattern.split("/"), key=len)
    programs = sorted({tests[place][0] for place in matches(names, pattern) or
                       (matches(names, parts[-1]) if len(parts) > 1 else [])})
    if not programs and not (whole and matches(whole, pattern)):
        nearly = near(pattern, names + whole)
        sys.exit(f"accord: no test matches '{pattern}'" + (f"; did you mean {', '.join(nearly)}?" if nearly else ""))
    print("\n".join(programs), end="\n" if programs else "")


if __name__ == "__main__":
    main()
