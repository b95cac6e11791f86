#!/usr/bin/env python3
"""Dashboards and alerts look at metrics that the processes register, under labels that these have.

The dashboards are Grafana's JSON in k8s/base/dashboards, the alerts k8s/base/alerts.yaml. A metric is what a source
registers: Family("name", ...), Gauge("name", ...), Counter("name", ...), Show("name", ...) or Name("name"). A counter is
looked at through rate or increase and a gauge is not, and only a histogram has buckets.
Whether a query gives anything is seen by tests/kube/queries.py, which promtool evaluates.

usage: dashboards.py [ROOT]          one line for each breach
       dashboards.py --self-check    every check must be able to fail"""
import json
import re

import yaml

import command_line
import planted

FOLDER = "k8s/base/dashboards"
ALERTS = "k8s/base/alerts.yaml"
REGISTERS = re.compile(r'\b(Family|Gauge|Counter|Show|Name)\(\s*"((?:accord|grpc)_\w+)"')
PARTS = ("_bucket", "_sum", "_count")
# Prometheus and other programs have these, and the monitor gives these labels.
OUTSIDE = {"up": "Gauge", "certmanager_certificate_expiration_timestamp_seconds": "Gauge"}
GIVEN = {"le", "namespace", "app_kubernetes_io_name", "instance", "name"}
WORDS = {"sum", "max", "min", "avg", "count", "topk", "rate", "increase", "histogram_quantile", "absent", "vector", "time",
         "or", "and", "by", "on"}
WIDTH = 24  # This is Grafana's grid.


def kind_of(text, found):
    if found[1] == "Name":
        return re.findall(r"Build(\w+)\(\)", text[:found.start()])[-1]
    if found[1] == "Family":
        return re.search(r"MetricType::(\w+)", text[found.end():])[1]
    return "Counter" if found[1] == "Counter" else "Gauge"


def registered(root):
    """Gives ({metric: Counter, Gauge or Histogram}, the labels of all of them)."""
    metrics, labels = {}, set()
    for folder in ("common", "services"):
        for path in sorted((root / folder).rglob("*.cc")):
            text = path.read_text(errors="replace")
            if path.name.endswith("_test.cc") or not REGISTERS.search(text):
                continue
            metrics |= {found[2]: kind_of(text, found) for found in REGISTERS.finditer(text)}
            labels |= set(re.findall(r'\{"(\w+)", ', text))
    return metrics, labels


def tokens_of(expression):
    """Gives (identifiers, labels) of an expression, without what stands in quotes."""
    bare = re.sub(r'"[^"]*"', '""', expression)
    labels = [name for inside in re.findall(r"\{([^}]*)\}", bare) for name in re.findall(r"(\w+)\s*[=!]", inside)]
    labels += [name for inside in re.findall(r"\b(?:by|on)\s*\(([^)]*)\)", bare) for name in re.findall(r"\w+", inside)]
    bare = re.sub(r"\b(by|on)\s*\([^)]*\)|\{[^}]*\}|\[[^]]*\]", " ", bare)
    return re.findall(r"(?<![\w.$])[A-Za-z_]\w*", bare), labels


def query_breaches(where, expression, metrics, labels, kinds):
    """Checks a query. `kinds` says whether the kind of a metric must fit the function that it stands in."""
    identifiers, used = tokens_of(expression)
    for name in used:
        if name not in labels | GIVEN:
            yield f"{where}: no metric has the label {name}"
    for name in identifiers:
        whole = next((name[:-len(part)] for part in PARTS if name.endswith(part) and name[:-len(part)] in metrics), name)
        kind = (metrics | OUTSIDE).get(whole)
        if name in WORDS:
            continue
        if kind is None:
            yield f"{where}: no process has the metric {name}"
        elif (whole != name) != (kind == "Histogram"):
            yield f"{where}: {name} is no part of a {kind.lower()}"
        elif kinds and (kind != "Gauge") != bool(re.search(rf"(rate|increase)\({name}\b", expression)):
            yield f"{where}: {name} is a {kind.lower()}, which is looked at otherwise"


def board_breaches(name, board, metrics, labels):
    taken = set()
    if board["uid"] != f"accord-{name}" or not board["description"]:
        yield f"{name}: its uid is not accord-{name}, or it has no description"
    variables = {each["name"] for each in board["templating"]["list"]}
    for panel in board["panels"]:
        where = f"{name}, {panel['title']}"
        if not re.fullmatch(r"[A-Z].*\.", panel["description"]) or not panel["fieldConfig"]["defaults"]["unit"]:
            yield f"{where}: it has no unit, or no sentence that says what is seen"
        grid = panel["gridPos"]
        cells = {(x, y) for x in range(grid["x"], grid["x"] + grid["w"]) for y in range(grid["y"], grid["y"] + grid["h"])}
        if cells & taken or grid["x"] + grid["w"] > WIDTH:
            yield f"{where}: it lies over another panel or beside the grid"
        taken |= cells
        if panel["datasource"]["uid"] != "${datasource}" or not panel["targets"]:
            yield f"{where}: it asks nothing, or a source of its own"
        for target in panel["targets"]:
            for used in re.findall(r"\$(\w+)", target["expr"]):
                if used not in variables | {"__rate_interval"}:
                    yield f"{where}: there is no variable {used}"
            yield from query_breaches(where, target["expr"], metrics, labels, True)
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            asked = re.fullmatch(r"label_values\((.*), (\w+)\)", variable["query"]["query"])
            where = f"{name}, variable {variable['name']}"
            yield from query_breaches(where, f"sum by ({asked[2]}) ({asked[1]})", metrics, labels, False)


def breaches(root):
    metrics, labels = registered(root)
    boards = {path.stem: json.loads(path.read_text()) for path in sorted((root / FOLDER).glob("*.json"))}
    if not metrics or not boards:
        yield "no metrics or no dashboards found: have they moved?"
    for name, board in boards.items():
        yield from board_breaches(name, board, metrics, labels)
    for group in yaml.safe_load((root / ALERTS).read_text())["spec"]["groups"]:
        for rule in group["rules"]:
            yield from query_breaches(rule["alert"], rule["expr"], metrics, labels, False)


BOARD = {
    "uid": "accord-all", "description": "All of it.", "templating": {"list": [
        {"name": "datasource", "type": "datasource"},
        {"name": "agency", "type": "query", "query": {"query": "label_values(accord_calls_total, agency)"}}]},
    "panels": [
        {"title": title, "description": "What is seen.", "datasource": {"uid": "${datasource}"},
         "fieldConfig": {"defaults": {"unit": "short"}}, "gridPos": {"x": x, "y": 0, "w": 8, "h": 8},
         "targets": [{"expr": expression}]}
        for x, title, expression in (
            (0, "Calls", 'sum by (agency) (rate(accord_calls_total{agency="$agency"}[$__rate_interval]))'),
            (8, "Time", "histogram_quantile(0.9, sum by (le) (rate(accord_seconds_bucket[5m])))"),
            (16, "Open", "max(accord_open) or vector(0)"))]}
PLANTED = {
    f"{FOLDER}/all.json": json.dumps(BOARD),
    ALERTS: "spec:\n  groups:\n  - rules:\n    - {alert: A, expr: 'rate(accord_calls_total[5m]) > 1 and up == 1'}\n",
    "common/a.cc": 'Family("accord_calls_total", "Calls.", MetricType::Counter); label = {{"agency", who}};\n'
                   'BuildHistogram().Name("accord_seconds");\n',
    "services/b.cc": 'Gauge("accord_open", "Open.", 1);\n',
    "services/b_test.cc": 'Gauge("accord_tested", "Open.", 1);\n',
}
BOARDS = f"{FOLDER}/all.json"
FAULTS = [
    (BOARDS, "max(accord_open)", "max(accord_opened)", "no process has the metric accord_opened"),
    (BOARDS, "max(accord_open)", "max(accord_tested)", "no process has the metric accord_tested"),
    (BOARDS, "max(accord_open)", "max(other_open)", "no process has the metric other_open"),
    (BOARDS, "max(accord_open)", "max(rate(accord_open[5m]))", "accord_open is a gauge"),
    (BOARDS, "max(accord_open)", "max(accord_calls_total)", "accord_calls_total is a counter"),
    (BOARDS, "accord_seconds_bucket", "accord_seconds", "accord_seconds is no part of a histogram"),
    (BOARDS, "by (agency)", "by (person)", "no metric has the label person"),
    (BOARDS, "{agency=", "{actor=", "no metric has the label actor"),
    (BOARDS, "$agency", "$office", "there is no variable office"),
    (BOARDS, "total, agency)", "total, person)", "no metric has the label person"),
    (BOARDS, '"x": 8', '"x": 4', "over another panel"),
    (BOARDS, '"x": 16', '"x": 20', "beside the grid"),
    (BOARDS, "What is seen.", "seen", "no sentence"),
    (BOARDS, "${datasource}", "mine", "a source of its own"),
    (BOARDS, "accord-all", "accord-one", "its uid"),
    (ALERTS, "accord_calls_total", "accord_calls", "A: no process has the metric accord_calls"),
    ("services/b.cc", "accord_open", "accord_more", "no process has the metric accord_open"),
    ("common/a.cc", "MetricType::Counter", "MetricType::Gauge", "accord_calls_total is a gauge"),
]


if __name__ == "__main__":
    command_line.report(breaches(command_line.root(lambda: planted.self_check(PLANTED, FAULTS, breaches))),
                        "dashboards and alerts look at what there is")
