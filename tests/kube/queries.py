#!/usr/bin/env python3
"""Writes what `promtool test rules` is given so that it evaluates every query of every dashboard on recorded data.

A query must give at least one number, none of them below zero, and where tests/kube/recorded.yaml says which ones, these.
The recorded series are of metrics and labels that the processes have (tests/policy/dashboards.py).

usage: queries.py OUT             writes the test, and prints how many queries it has
       queries.py --wrong OUT     the same with one value that is not so, at which promtool must fail"""
import json
import pathlib
import re
import sys

import yaml

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/policy"))

import dashboards  # noqa: E402

WHEN = "30m"


def filled(expression, variables):
    return re.sub(r"\$(\w+)", lambda found: str(variables[found[1]]), expression)


def unknown(recorded):
    """Gives what the recorded series name that no process has."""
    metrics, labels = dashboards.registered(ROOT)
    for each in recorded["series"]:
        name = each["series"].split("{")[0]
        yield from dashboards.query_breaches(f"recorded.yaml, {name}", each["series"], metrics, labels, False)


def tests_of(boards, recorded):
    """Gives promql_expr_test entries: each query gives something, and the expected ones what is expected."""
    for name, board in boards.items():
        for panel in board["panels"]:
            for target in panel["targets"]:
                query = filled(target["expr"], recorded["variables"])
                yield {"expr": f"count(({query}) >= 0) > bool 0", "eval_time": WHEN,
                       "exp_samples": [{"labels": "{}", "value": 1}]}
    for each in recorded["expected"]:
        [panel] = [panel for panel in boards[each["board"]]["panels"] if panel["title"] == each["panel"]]
        yield {"expr": filled(panel["targets"][0]["expr"], recorded["variables"]), "eval_time": WHEN,
               "exp_samples": each["samples"]}


def main():
    wrong, out = sys.argv[1] == "--wrong", pathlib.Path(sys.argv[-1])
    recorded = yaml.safe_load((ROOT / "tests/kube/recorded.yaml").read_text())
    found = list(unknown(recorded))
    if found:
        sys.exit("\n".join(found))
    boards = {path.stem: json.loads(path.read_text()) for path in sorted((ROOT / dashboards.FOLDER).glob("*.json"))}
    tests = list(tests_of(boards, recorded))
    if wrong:
        tests[-1]["exp_samples"] = [{"labels": "{}", "value": 12345}]
    out.write_text(yaml.safe_dump({"evaluation_interval": "1m", "tests": [
        {"interval": "1m", "input_series": recorded["series"], "promql_expr_test": tests}]}, width=1000))
    print(f"{len(tests) - len(recorded['expected'])} queries of {len(boards)} dashboards")


if __name__ == "__main__":
    main()
