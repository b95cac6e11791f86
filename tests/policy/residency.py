#!/usr/bin/env python3
"""This holds docs/residency.md against what it is about: every connection of tests/kube/arrows.txt, every source that
opens one, every text among the settings of the configuration, and every volume of the manifests has its place on the
page, and nothing stands there that is not.

usage: residency.py [ROOT]          one line for each breach
       residency.py --self-check    every check must be able to fail"""
import collections
import re

import budgets
import command_line
import planted

PAGE = "docs/residency.md"
ARROWS = "tests/kube/arrows.txt"
CODE = ("clients", "common", "services")
OPENS = re.compile(r"\bCreate(?:Custom)?Channel\(|(?<![\w.>])connect\(|\bPQconnectdb\(|\bsoci::session \w+_;"
                   r"|\bhttplib::(?:SSLClient|ClientImpl|Client)\b")
# These resolve and open nothing else, or are only what tests use.
APART = ("_test.cc", "/testing/")
VOLUME = re.compile(r"- \{name: ([\w-]+), (?:emptyDir: null, )?([a-z]\w+)")
CLAIM = re.compile(r"volumeClaimTemplates:\n\s*- metadata:\n\s+name: ([\w-]+)")
NOT_VOLUMES = ("mountPath", "containerPort", "port", "sectionName", "value", "valueFrom")


def section(text, heading):
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return found[1] if found else ""


def marked(text):
    return re.findall(r"`([^`]+)`", text)


def rows(text, heading):
    """Gives the cells of each row of a section's tables, without their heads."""
    lines = [line for line in section(text, heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines
            if not re.match(r"\|(?:-+\|)+", line)][1:]


def arrows_on(text):
    for cells in rows(text, "Connections inside a deployment"):
        overlay = "" if cells[3] == "every" else f"{cells[3]}: "
        for source in marked(cells[0]):
            for target in marked(cells[1]):
                yield f"{overlay}{source} -> {target} {cells[2]}"


def settings_of(root):
    """Gives every text among the settings, as Message.field."""
    for proto in budgets.PROTOS:
        yield from (name for name, kind, _ in budgets.fields_of((root / proto).read_text()) if kind == "string")


def sources_of(root):
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.[ch]*")):
            name = path.relative_to(root).as_posix()
            if not any(part in name for part in APART) and OPENS.search(path.read_text()):
                yield name


def volumes_of(root):
    found = collections.defaultdict(set)
    for path in sorted((root / "k8s").rglob("*.yaml")):
        text = path.read_text()
        for name, kind in VOLUME.findall(text):
            if kind not in NOT_VOLUMES:
                found[name].add(kind)
        for name in CLAIM.findall(text):
            found[name].add("volumeClaimTemplates")
    return found


def volumes_on(text):
    return {name: set(cells[1].split(", ")) for cells in rows(text, "Volumes on Kubernetes")
            for name in marked(cells[0])}


def differences(what, here, there):
    """Gives what stands on one side alone."""
    yield from (f"{PAGE}: {what} {each} has no place" for each in sorted(here - there))
    yield from (f"{PAGE}: there is no {what} {each}" for each in sorted(there - here))


def breaches(root):
    text = (root / PAGE).read_text()
    arrows = {line for line in (root / ARROWS).read_text().splitlines() if line and not line.startswith("#")}
    yield from differences("connection", arrows, set(arrows_on(text)))
    yield from differences("setting", set(settings_of(root)),
                           {each for each in marked(text) if re.fullmatch(r"[A-Z]\w*\.[a-z]\w*", each)})
    on_page = {each for cells in rows(text, "Source that opens a connection") for each in marked(cells[0])}
    yield from differences("source", set(sources_of(root)), on_page)
    here, there = volumes_of(root), volumes_on(text)
    yield from differences("volume", set(here), set(there))
    for name in sorted(set(here) & set(there)):
        yield from differences(f"kind of the volume {name},", here[name], there[name])


PLANTED_PAGE = """# Where

## Connections inside a deployment

| From | To | Port | Overlay | What crosses | Settings |
|---|---|---|---|---|---|
| `a`, `b` | `c` | 1 | every | calls | `AConfig.address` |
| `a` | `d` | 2 | production | rows | none |

## Source that opens a connection

| Source | To whom |
|---|---|
| `common/a.cc` | c |

## Volumes on Kubernetes

| Volume | Of which kind | What lies there |
|---|---|---|
| `data` | emptyDir | nothing |
| `seen` | volumeClaimTemplates | a note |
"""


def self_check():
    host, gateway = budgets.PROTOS
    volumes = ("volumes:\n- {name: data, emptyDir: {}}\nvolumeMounts:\n- {name: tmp, mountPath: /tmp}\n"
               "volumeClaimTemplates:\n- metadata:\n    name: seen\n")
    tree = {PAGE: PLANTED_PAGE, ARROWS: "# All of them.\na -> c 1\nb -> c 1\nproduction: a -> d 2\n",
            host: "message AConfig {\n  // To whom.\n  string address = 1;\n  // How many.\n  int32 count = 2;\n}\n",
            gateway: "", "common/a.cc": "int fd = ::connect(1);\n", "common/a_test.cc": "connect(2);\n",
            "k8s/base/a.yaml": volumes}
    planted.self_check(tree, [
        (ARROWS, "b -> c 1", "b -> c 1\nb -> d 2", "connection b -> d 2 has no place"),
        (ARROWS, "b -> c 1\n", "", "there is no connection b -> c 1"),
        (host, "int32 count", "string trace_address", "setting AConfig.trace_address has no place"),
        (host, "string address", "int32 address", "there is no setting AConfig.address"),
        ("common/a.cc", "::connect(1)", "1", "there is no source common/a.cc"),
        (PAGE, "`common/a.cc`", "`common/b.cc`", "source common/a.cc has no place"),
        ("k8s/base/a.yaml", "name: data", "name: more", "volume more has no place"),
        ("k8s/base/a.yaml", "name: seen", "name: gone", "there is no volume seen"),
        ("k8s/base/a.yaml", "emptyDir: {}", "hostPath: {}", "kind of the volume data, hostPath has no place"),
    ], breaches)


if __name__ == "__main__":
    command_line.report(breaches(command_line.root(self_check)), "residency: no breach")
