#!/usr/bin/env python3
"""This holds tests/policy/scenarios.tsv against the tree: each scenario, statement and invariant by which the services
`strategy` and `supports` are judged has a row, and each row names a test that there is.

usage: scenarios.py [ROOT]          one line for each breach
       scenarios.py --self-check    every check must be able to fail"""
import re

import command_line
import planted

TABLE = "tests/policy/scenarios.tsv"
# These are scenarios, statements and invariants.
IDS = [f"{letter}{number}" for letter, last in (("E", 20), ("T", 31), ("I", 15)) for number in range(1, last + 1)]
FOLDERS = ("clients", "common", "services", "tests")
TEST = re.compile(r"^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", re.M)


def rows(root):
    """Gives (number of the line, its cells) of each row."""
    for number, line in enumerate((root / TABLE).read_text().splitlines(), 1):
        if line and not line.startswith("#"):
            yield number, line.split("\t")


def tests_of(root):
    return {f"{suite}.{name}" for folder in FOLDERS for path in (root / folder).rglob("*_test.cc")
            for suite, name in TEST.findall(path.read_text())}


def breaches(root):
    tests, seen, shown = tests_of(root), set(), set()
    for number, cells in rows(root):
        where = f"{TABLE}:{number}"
        if len(cells) != 3 or not all(cell.strip() == cell and cell for cell in cells):
            yield f"{where}: a row is an id, a step and a test, with tabs between them"
            continue
        name, step, test = cells
        if name not in IDS:
            yield f"{where}: there is no scenario, statement or invariant {name}"
        if test not in tests:
            yield f"{where}: {test} is no test"
        if (name, step, test) in seen:
            yield f"{where}: the row is there twice"
        seen.add((name, step, test))
        shown.add(name)
    yield from (f"{TABLE}: {name} has no row" for name in IDS if name not in shown)


def self_check():
    lines = [f"{name}\ta step\tOffice.Opens" for name in IDS[:-1]] + [f"{IDS[-1]}\tanother step\tDoors.Close"]
    tree = {TABLE: "# What is proved.\n" + "\n".join(lines) + "\n",
            "services/a_test.cc": "TEST_F(Office, Opens) {\n}\n",
            "tests/e2e/b_test.cc": "TEST_P(Doors,\n       Close) {\n}\n"}
    planted.self_check(tree, [
        ("services/a_test.cc", "Opens", "Shuts", "Office.Opens is no test"),
        ("tests/e2e/b_test.cc", "TEST_P", "// TEST_P", "Doors.Close is no test"),
        (TABLE, "E7\ta step\tOffice.Opens\n", "", "E7 has no row"),
        (TABLE, "I15\tanother step", "I16\tanother step", "there is no scenario, statement or invariant I16"),
        (TABLE, "E2\ta step\t", "E2\t", "a row is an id, a step and a test"),
        (TABLE, "E2\ta step", "E1\ta step", "the row is there twice"),
    ], breaches)


if __name__ == "__main__":
    command_line.report(breaches(command_line.root(self_check)), "scenarios: no breach")
