#!/usr/bin/env python3
"""Every npm package that package-lock.json pins says that it runs on the Node of Debian 12.

Node has no part in what is deployed; it runs checks. Whoever builds on Debian 12 has its Node 18 and no other, and npm
only warns of a package that wants a newer one. The range of each package's `engines` is read as npm reads it; a form
that is not known here is refused. tests/policy/node18_root.sh runs them where there is no other Node.

usage: node18.py [ROOT]          one line for each breach
       node18.py --self-check    every check must be able to fail"""
import json
import re
import sys

import command_line
import planted

# This is the first one that Debian 12 had.
DEBIAN = (18, 19, 0)
OWN = ">=18.19"


def version_of(text):
    """Gives the numbers that are given, fewer than three or with x in the place of those that may be any."""
    parts = re.fullmatch(r"v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:[-+].*)?", text)
    if not parts:
        raise ValueError(text)
    given = []
    for part in parts.groups():
        if part is None or part in "xX*":
            break
        given.append(int(part))
    return given


def whole(given):
    return tuple((given + [0, 0, 0])[:3])


def after(given):
    """Gives the first version past all that begin as given; of none given there is no such."""
    return whole(given[:-1] + [given[-1] + 1]) if given else (float("inf"),)


def holds(comparator, at):
    operator, text = re.fullmatch(r"(>=|<=|>|<|=|\^|~>?|)(.*)", comparator).groups()
    given = version_of(text)
    low, high = whole(given), after(given)
    if operator == ">=":
        return at >= low
    if operator == ">":
        return at >= high
    if operator == "<":
        return at < low
    if operator == "<=":
        return at < high
    if operator == "^":
        return low <= at < after(given[:1])
    if operator in ("~", "~>"):
        return low <= at < after(given[:2])
    return low <= at < high


def satisfied(wanted, at=DEBIAN):
    for either in wanted.split("||"):
        either = re.sub(r"(\S+)\s+-\s+(\S+)", r">=\1 <=\2", either.strip())
        comparators = re.sub(r"(>=|<=|>|<|=|\^|~>?)\s+", r"\1", either).split()
        if all(holds(each, at) for each in comparators):
            return True
    return False


def breaches(root):
    own = json.loads((root / "package.json").read_text())
    if own.get("engines", {}).get("node") != OWN:
        yield f"package.json: engines.node is not {OWN}"
    for where in ("dependencies", "devDependencies"):
        for name, version in own.get(where, {}).items():
            if not re.fullmatch(r"\d+\.\d+\.\d+", version):
                yield f"package.json: {name} is not pinned to one version"
    packages = json.loads((root / "package-lock.json").read_text())["packages"]
    if len(packages) < 2:
        yield "package-lock.json: it names no package"
    for path, package in packages.items():
        engines = package.get("engines", {})
        wanted = engines.get("node", "*") if isinstance(engines, dict) else "*"
        try:
            if not satisfied(wanted):
                yield f"{path} {package['version']} wants Node {wanted}; pin a version that runs on {DEBIAN[0]}.{DEBIAN[1]}"
        except ValueError as error:
            yield f"{path}: the range {wanted} is of no known form ({error})"


PLANTED = {
    "package.json": '{"engines": {"node": ">=18.19"}, "devDependencies": {"a": "1.0.0"}}',
    "package-lock.json": '{"packages": {"": {}, "node_modules/a": {"version": "1.0.0", "engines": {"node": ">= 14.6"}}}}',
}
FAULTS = [
    ("package.json", ">=18.19", ">=20", "engines.node is not"),
    ("package.json", '"1.0.0"', '"^1.0.0"', "a is not pinned"),
    ("package-lock.json", '"node_modules/a"', '""', "names no package"),
    *(("package-lock.json", ">= 14.6", wanted, "wants Node")
      for wanted in (">=22", "^20.9.0 || >=22", ">=20 <24", "^18.20.0", "~18.18", "16 - 17", "<18", "18.20.x", "20")),
    ("package-lock.json", ">= 14.6", "lts", "no known form"),
]
FITTING = ("*", ">=0.10", "6.* || 8.* || >= 10.*", "^12.20.0 || ^14.13.1 || >=16", "^18", "~18.19", "16 - 18", "<=18",
           ">=14 <19", "18.x", "=18.19.0")


def self_check():
    wrong = [each for each in FITTING if not satisfied(each)]
    if wrong:
        sys.exit(f"self-check: refused without reason: {wrong}")
    planted.self_check(PLANTED, FAULTS, breaches)


if __name__ == "__main__":
    command_line.report(breaches(command_line.root(self_check)),
                        f"every pinned package runs on Node {DEBIAN[0]}.{DEBIAN[1]}, by what it says")
