#!/usr/bin/env python3
"""This holds the statements of every migration against tests/migrations.golden. Databases store a checksum of each step
that they took, and a process refuses one whose statements are others now: a changed space would stop every deployment
at its next upgrade.

usage: migrations.py [ROOT]          one line for each breach
       migrations.py --write         adds the steps that are new, and changes no line that is there
       migrations.py --self-check    every check must be able to fail"""
import hashlib
import sys

import command_line
import planted

GOLDEN = "tests/migrations.golden"


def statements(text):
    """Headers and remarks are no part of what databases store, but for the header that says which line ends they do."""
    lines = text.splitlines()
    while lines and lines[0].startswith("--"):
        line = lines.pop(0)
        if line.startswith("-- stored line ends:"):
            yield line
    yield "\n".join(lines).strip("\n")


def steps(root):
    """Gives the checksum by path."""
    return {str(path.relative_to(root)): hashlib.sha256("\n".join(statements(path.read_text())).encode()).hexdigest()
            for folder in ("common", "services") for path in (root / folder).rglob("migrations/*.sql")}


def golden(root):
    return dict(line.split("  ")[::-1] for line in (root / GOLDEN).read_text().splitlines())


def breaches(root):
    now, then = steps(root), golden(root)
    for path in sorted(now.keys() | then.keys()):
        if path not in then:
            yield f"{path}: a new step: run tests/policy/migrations.py --write"
        elif path not in now:
            yield f"{path}: this step is gone, and databases that took it would not start: bring it back"
        elif now[path] != then[path]:
            yield f"{path}: its statements are not what databases have taken: bring them back, and write a step that follows"


def write(root):
    rows = sorted((steps(root) | golden(root)).items())
    (root / GOLDEN).write_text("".join(f"{checksum}  {path}\n" for path, checksum in rows))
    return (root / GOLDEN).read_text()


def self_check():
    step = "services/a/migrations/0100_tables.sql"
    tree = {step: "-- title: tables\n-- stored line ends: none\n--\n-- A remark.\n\ncreate table a (b text)\n", GOLDEN: ""}
    tree[GOLDEN] = planted.made_of(tree, write)
    planted.self_check(tree, [
        (step, "b text", "b  text", "are not what databases have taken"),
        (step, "ends: none", "ends: before", "are not what databases have taken"),
        (GOLDEN, tree[GOLDEN], "", "a new step"),
        (GOLDEN, "0100", "0099", "this step is gone"),
    ], breaches)
    planted.self_check(tree | {step: tree[step].replace("A remark", "Another remark")}, [], breaches)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write(command_line.TREE)
    else:
        command_line.report(breaches(command_line.root(self_check)), "migrations: no breach")
