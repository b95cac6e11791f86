#!/usr/bin/env python3
"""This makes the Helm chart k8s/helm/accord out of the production overlay and the components, so that there is one
description of what runs. values.yaml and its schema are written by hand; every default there has to be what the
overlay says.

usage: generate.py [--kubectl PROGRAM]           exit 1 if the chart is not what the overlay makes of it
       generate.py --write [--kubectl PROGRAM]   writes the chart"""
from __future__ import annotations

import argparse
import copy
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from typing import Any

import yaml
from places import HASHED, Places
from template import MISSING, Choice, lines, merged

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHART = ROOT / "k8s/helm/accord"
# A value switches these components on; the others are values themselves.
SWITCHED = {"authorities": "authorities", "backup": "backup", "client-addresses": "clientAddresses",
            "external-secrets": "externalSecrets", "secrets-store": "secretsStore", "spire": "spire", "tls-route": "tlsRoute",
            "zones": "zones"}
VALUES = {"node-local-dns", "outside-database", "trust-domain"}
# Nobody but the chart's user makes the namespace: Helm keeps the release in it.
LEFT_OUT = {"Namespace"}
# This is the authority of the services, which another issuer may stand for.
AUTHORITY = {("Issuer", "self"), ("Certificate", "service-ca"), ("Issuer", "services")}
SEMVER = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?")
HEAD = "# This file is made by k8s/helm/generate.py out of k8s/overlays/production and k8s/components, where changes belong."

Key = tuple[str, str]


def kubectl() -> str:
    """Gives the kubectl that the tests fetch, or else the machine's."""
    fetched = ROOT / ".accord/kubectl/usr/bin/kubectl"
    return str(fetched) if fetched.exists() else "kubectl"


def rendered(program: str, components: list[str]) -> list[dict[str, Any]]:
    """Gives the objects of the production overlay with these components."""
    with tempfile.TemporaryDirectory(prefix="accord-chart-") as name:
        copied = pathlib.Path(name) / "k8s"
        shutil.copytree(ROOT / "k8s", copied, ignore=shutil.ignore_patterns("helm", "pki"))
        overlay = copied / "overlays/chart"
        overlay.mkdir()
        (overlay / "kustomization.yaml").write_text(yaml.safe_dump({
            "resources": ["../production"], "components": [f"../../components/{each}" for each in components]}))
        made = subprocess.run([program, "kustomize", overlay], stdout=subprocess.PIPE, check=True, text=True)
    return [each for each in yaml.safe_load_all(made.stdout) if each is not None and each["kind"] not in LEFT_OUT]


def tag_of(documents: list[dict[str, Any]]) -> str:
    """Gives the tag of the release."""
    (gateway,) = (each for each in documents if each["kind"] == "Deployment" and each["metadata"]["name"] == "gateway")
    tag = gateway["spec"]["template"]["spec"]["containers"][0]["image"].rpartition(":")[2]
    if not SEMVER.fullmatch(tag):
        raise ValueError(f"a chart's version is a version as SemVer has it, and the tag {tag} is none")
    return tag


def key_of(document: dict[str, Any]) -> Key:
    """Gives the kind and name of an object, as it was rendered."""
    return document["kind"], document["metadata"]["name"]


def file_of(kind: str, name: str, component: str | None, processes: list[str]) -> str:
    """Gives the template in which an object stands."""
    if kind == "ConfigMap" and name.endswith("-config"):
        return f"configuration/{name.removesuffix('-config')}.yaml"
    if component is not None:
        return f"components/{component}.yaml"
    if name in processes and kind != "Certificate":
        return f"processes/{name}.yaml" if kind != "HorizontalPodAutoscaler" else "autoscaler.yaml"
    return {"Certificate": "certificates.yaml", "Issuer": "certificates.yaml", "ConfigMap": "dashboards.yaml",
            "Job": "migrations.yaml", "PrometheusRule": "alerts.yaml", "NetworkPolicy": "network.yaml"}.get(kind, "monitoring.yaml")


def at(values: Any, path: str) -> Any:
    """Gives what values.yaml has at a path, or MISSING."""
    for part in path.split("."):
        values = values.get(part, MISSING) if isinstance(values, dict) else MISSING
    return values


def leaves(values: Any, path: str = "") -> list[str]:
    """Gives the paths at which values.yaml has something that is no map with entries."""
    if not isinstance(values, dict) or not values:
        return [path]
    return [leaf for key, each in values.items() for leaf in leaves(each, f"{path}.{key}" if path else key)]


class Chart:
    """These are the files of the chart, by their path in it."""

    def __init__(self, program: str):
        found = {path.name for path in (ROOT / "k8s/components").iterdir()}
        if found != set(SWITCHED) | VALUES:
            raise ValueError(f"neither a switch nor a value of the chart: {', '.join(sorted(found ^ (set(SWITCHED) | VALUES)))}")
        base = rendered(program, [])
        others = {f"components.{flag}": rendered(program, [component]) for component, flag in SWITCHED.items()}
        hashed = {each["metadata"]["name"] for documents in (base, *others.values()) for each in documents
                  if each["kind"] == "ConfigMap" and HASHED.search(each["metadata"]["name"])}
        self.tag = tag_of(base)
        self.places = Places(self.tag, hashed)
        self.processes = [each["metadata"]["name"] for each in base if each["kind"] in ("Deployment", "StatefulSet")]
        self.files = self._templates(self._filled(base), {path: self._filled(documents) for path, documents in others.items()})
        self.files["Chart.yaml"] = self._about()

    def _filled(self, documents: list[dict[str, Any]]) -> dict[Key, Any]:
        filled: dict[Key, Any] = {}
        for document in documents:
            # YAML that names one thing twice would be changed twice.
            document = copy.deepcopy(yaml.safe_load(yaml.dump(document, Dumper=_NoAliases)))
            kind, name = key_of(document)
            name = HASHED.sub("", name) if name in self.places.hashed else name
            each = self.places.fill(document)
            filled[kind, name] = Choice("issuer.create", each, MISSING) if (kind, name) in AUTHORITY else each
        return filled

    def _templates(self, base: dict[Key, Any], others: dict[str, dict[Key, Any]]) -> dict[str, str]:
        texts: dict[str, list[str]] = {}
        for kind, name in sorted(set(base).union(*others.values())):
            whole = merged(base.get((kind, name), MISSING), {path: other.get((kind, name), MISSING) for path, other in others.items()})
            component = None
            if (kind, name) not in base:
                component = next(part for part, flag in SWITCHED.items() if (kind, name) in others[f"components.{flag}"])
            file = f"templates/{file_of(kind, name, component, self.processes)}"
            written = lines([whole])
            texts.setdefault(file, [HEAD]).extend(_document(written))
        return {file: "\n".join(text) + "\n" for file, text in texts.items()}

    def _about(self) -> str:
        return "\n".join([HEAD, "apiVersion: v2", "name: accord",
                          "description: Agencies work cases of human trafficking together, by the gateway and services of Accord.",
                          "type: application", f'version: "{self.tag}"', f'appVersion: "{self.tag}"', 'kubeVersion: ">=1.30.0-0"', ""])

    def faults(self) -> list[str]:
        """Says where values.yaml and the templates disagree."""
        values = yaml.safe_load((CHART / "values.yaml").read_text())
        used = {path for text in self.files.values() for path in re.findall(r"\.Values\.([\w.]+)", text)}
        found = [f"values.yaml says {at(values, path)} at {path}, and the overlay {default}"
                 for path, default in self.places.defaults.items() if at(values, path) != default]
        found += [f"values.yaml has no {path}" for path in used if at(values, path) is MISSING]
        found += [f"values.yaml has {leaf}, which nothing reads" for leaf in leaves(values)
                  if not any(leaf == path or leaf.startswith(f"{path}.") for path in used)]
        return found

    def differing(self) -> list[str]:
        """Gives the files that are not what the overlay makes of them."""
        there = {path.relative_to(CHART).as_posix() for path in (CHART / "templates").rglob("*.yaml")} | {"Chart.yaml"}
        return sorted(file for file in there | set(self.files)
                      if not (CHART / file).exists() or (CHART / file).read_text() != self.files.get(file))

    def write(self) -> None:
        """Writes what differs and takes away what nothing makes any more."""
        for file in self.differing():
            if file not in self.files:
                (CHART / file).unlink()
                continue
            (CHART / file).parent.mkdir(parents=True, exist_ok=True)
            (CHART / file).write_text(self.files[file])


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _document(written: list[str]) -> list[str]:
    """Makes an object of its own out of the lines of a list's item."""
    made = []
    for line in written:
        if line.startswith("- "):
            made.append("---")
        made.append(line if line.startswith("{{-") else line[2:])
    return made


def main() -> int:
    """Checks or writes the chart."""
    parser = argparse.ArgumentParser(description="Makes the Helm chart out of the production overlay.")
    parser.add_argument("--kubectl", default=kubectl(), help="reads the overlay; 1.32 or newer")
    parser.add_argument("--write", action="store_true", help="write the chart instead of comparing it")
    options = parser.parse_args()
    try:
        chart = Chart(options.kubectl)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        print(f"chart: {error}", file=sys.stderr)
        return 1
    if options.write:
        chart.write()
    found = chart.faults() + [f"k8s/helm/accord/{file} is not what the overlay makes of it: run k8s/helm/generate.py --write"
                              for file in chart.differing()]
    for fault in found:
        print(f"chart: {fault}", file=sys.stderr)
    if not found:
        print(f"chart: {len(chart.files)} files are what the overlay makes of them")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
