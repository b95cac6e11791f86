#!/usr/bin/env python3
"""This holds docs/budgets.md against what it is about: the comments and numbers of the configuration's protos, the
rules, metrics and alerts of the sources.

A budget is a field of `Limits` or of a message `...Config` whose comment ends in its default: `// Streams [100].` Every
one has a row; a row says what the proto says.

usage: budgets.py [ROOT]          one line for each breach
       budgets.py --rows          rows to paste for the fields that have none
       budgets.py --self-check    every check must be able to fail"""
import re
import sys

import command_line
import planted

PROTOS = ("protos/accord/gateway/v1/config.proto", "protos/accord/host/v1/config.proto")
PAGE = "docs/budgets.md"
ALERTS = "k8s/base/alerts.yaml"
NUMBERS = ("int32", "int64", "uint32", "uint64", "double", "float")
COLUMNS = 6  # The columns are field, what it counts, default, past it, metric, and alert.


def fields_of(text):
    """Gives (message.field, type, own comment) of every field, in order. The protos are in buf's one form."""
    message, comment = "", []
    for line in text.splitlines():
        line = line.strip()
        if opened := re.match(r"message (\w+) \{", line):
            message = opened[1]
        elif line.startswith("//"):
            comment.append(line[2:].strip())
            continue
        elif field := re.match(r"(?:repeated |optional )?([\w.]+) (\w+) = \d+", line):
            yield f"{message}.{field[2]}", field[1], " ".join(comment)
        comment = []


def budgets_of(root):
    """Gives {message.field: (default or None, comment)} of those that are budgets or should be."""
    found = {}
    for proto in PROTOS:
        for name, kind, comment in fields_of((root / proto).read_text()):
            message = name.split(".")[0]
            defaults = re.findall(r"\[(\d+(?:\.\d+)?)\]", comment)
            if kind in NUMBERS and (message == "Limits" or message.endswith("Config") and defaults):
                found[name] = (defaults[0] if len(defaults) == 1 else None, comment)
    return found


def rows_of(root):
    """Gives {field: cells} of the page's tables."""
    rows = {}
    for line in (root / PAGE).read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("| `") and "." in cells[0]:
            rows[cells[0].strip("`")] = cells
    return rows


def sources_of(root):
    return "\n".join(path.read_text(errors="replace") for folder in ("common", "services")
                     for path in sorted((root / folder).rglob("*.[ch]*")) if not path.name.endswith("_test.cc"))


def alerts_of(root):
    """Gives {alert: the text of its rule}."""
    parts = re.split(r"^ *- alert: *", (root / ALERTS).read_text(), flags=re.M)[1:]
    return {part.split()[0]: part for part in parts}


def number(text):
    return float(text.replace(",", "").replace("'", ""))


def coded_defaults(sources):
    """Gives {field: number} of ACCORD_DEFAULT(field, value) where the value is plain arithmetic."""
    found = {}
    for name, value in re.findall(r"ACCORD_DEFAULT\((\w+), ([^;]+)\);", sources):
        value = re.sub(r"(?<=\d)'(?=\d)|int64_t\{|[{}]", "", value)
        if re.fullmatch(r"[\d\s.*+<()]+", value):
            found[name] = eval(value)  # pylint: disable=eval-used
    return found


def row_breaches(name, cells, sources, alerts):
    if len(cells) != COLUMNS:
        yield f"{name}: a row has {COLUMNS} cells"
        return
    _, counts, _, past, metric, alert = cells
    if len(counts) < 10:
        yield f"{name}: the row does not say what is counted"
    rules = re.findall(r"`([A-Z][A-Z_]+)`", past)
    metrics = re.findall(r"`((?:accord|grpc)_\w+)", metric)
    named = re.findall(r"`(Accord\w+)`", alert)
    for rule in rules:
        if f'"{rule}"' not in sources:
            yield f"{name}: nothing is refused by {rule}"
    for each in metrics:
        if f'"{each}"' not in sources:
            yield f"{name}: no process has the metric {each}"
    for each in named:
        if each not in alerts:
            yield f"{name}: there is no alert {each}"
        elif not any(m in alerts[each] for m in metrics):
            yield f"{name}: {each} does not look at {' or '.join(metrics) or 'any metric'}"
    if rules and not (metrics and named):
        yield f"{name}: what is refused shows in a metric and an alert"


def breaches(root):
    budgets, rows, sources, alerts = budgets_of(root), rows_of(root), sources_of(root), alerts_of(root)
    if not budgets:
        yield "no budgets found: have the protos moved?"
    coded = coded_defaults(sources)
    for name, (default, comment) in budgets.items():
        if default is None:
            yield f"{name}: its comment in the proto gives no one [default]: {comment or 'none'}"
            continue
        if name not in rows:
            yield f"{name}: {PAGE} has no row; budgets.py --rows writes one"
        elif number(rows[name][2] or "-1") != number(default):
            yield f"{name}: the row says {rows[name][2]}, the proto [{default}]"
        field = name.split(".")[1]
        if name.startswith("Limits.") and coded.get(field, number(default)) != number(default):
            yield f"{name}: the code says {coded[field]}, the proto [{default}]"
    for name, cells in rows.items():
        if name not in budgets:
            yield f"{name}: the protos have no such budget"
        yield from row_breaches(name, cells, sources, alerts)


def print_rows(root):
    rows = rows_of(root)
    for name, (default, comment) in budgets_of(root).items():
        if name not in rows:
            text = re.sub(r" ?\[[\d.]+\]", "", comment)
            print(f"| `{name}` | {text} | {default} | `RULE` | `accord_gateway_refusals_total` | `AccordBudgetSpent` |")


PLANTED = {
    PROTOS[0]: "message Limits {\n  // Calls that\n  // may be open [200].\n  int32 open_calls = 1;\n}\n",
    PROTOS[1]: "message HostConfig {\n  // A name.\n  string name = 1;\n  // Threads [8].\n  int32 workers = 2;\n}\n",
    PAGE: "| Field | Counts | Default | Past it | Metric | Alert |\n|---|---|---|---|---|---|\n"
          "| `Limits.open_calls` | Calls of one agency | 200 | `TOO_MANY` | `accord_refusals_total` | `AccordSpent` |\n"
          "| `HostConfig.workers` | Threads that work | 8 | the call waits | `grpc_started_total` | - |\n",
    ALERTS: "    - alert: AccordSpent\n      expr: accord_refusals_total > 1\n",
    "services/gateway/a.cc": 'Refuse("TOO_MANY"); Family("accord_refusals_total"); ACCORD_DEFAULT(open_calls, 2 * 1\'00);\n',
    "common/host/m.cc": 'Family("grpc_started_total");\n',
}
# This says what is changed in which planted file, and what must be said of it.
FAULTS = [
    (PROTOS[0], " [200]", "", "gives no one [default]"),
    (PROTOS[0], "[200]", "[200] or [300]", "gives no one [default]"),
    (PROTOS[0], "[200]", "[201]", "the row says 200, the proto [201]"),
    (PROTOS[0], "}\n", "  // More [1].\n  int64 more = 2;\n}\n", "Limits.more: docs/budgets.md has no row"),
    (PROTOS[0], "}\n", "  int64 more = 2;\n}\n", "Limits.more: its comment"),
    (PROTOS[1], "workers", "threads", "HostConfig.workers: the protos have no such budget"),
    (PAGE, "| `HostConfig", "| HostConfig", "HostConfig.workers: docs/budgets.md has no row"),
    (PAGE, "TOO_MANY", "TOO_FEW", "nothing is refused by TOO_FEW"),
    (PAGE, "`accord_refusals_total`", "`accord_nothing`", "no process has the metric"),
    (PAGE, "`grpc_started_total`", "`accord_none_total`", "no process has the metric"),
    (PAGE, "`AccordSpent`", "`AccordNone`", "there is no alert"),
    (PAGE, "`AccordSpent`", "-", "shows in a metric and an alert"),
    (PAGE, "Calls of one agency", "", "does not say what is counted"),
    (PAGE, " | `AccordSpent` |", " |", "a row has 6 cells"),
    (ALERTS, "accord_refusals_total", "up", "does not look at"),
    ("services/gateway/a.cc", "2 * ", "3 * ", "the code says 300"),
    ("common/host/m.cc", "grpc_started_total", "x", "no process has the metric"),
]


def self_check():
    planted.self_check(PLANTED, FAULTS, breaches)


if __name__ == "__main__":
    if sys.argv[1:] == ["--rows"]:
        print_rows(command_line.TREE)
        sys.exit()
    ROOT = command_line.root(self_check)
    command_line.report(breaches(ROOT), f"{len(rows_of(ROOT))} budgets are what docs/budgets.md says")
