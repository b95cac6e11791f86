#!/usr/bin/env python3
"""This writes the bill of materials of an image in CycloneDX 1.6: Accord's own programs, and each package of Debian.
Nothing else is in an image, so nothing of npm or another registry stands there. The same image gives the same bill.

usage: sbom.py --name NAME --version VERSION --commit COMMIT --digest sha256:... --time SECONDS FOLDER
  FOLDER has what was read in the image:
    packages.txt   a line a package: its name, version and architecture, and the name and version of its source
    programs.txt   what sha256sum says of Accord's programs
    os-release     the image's own"""
from __future__ import annotations

import argparse
import datetime
import json
import pathlib
import re
import shlex
import sys
import uuid
from urllib.parse import quote

# Serial numbers are made of what they number, below this one.
SPACE = uuid.UUID("8a7f9c44-3f0e-4e0d-9a35-6d1c6f0f5b1e")
LICENCE = [{"license": {"id": "Apache-2.0"}}]


def purl(kind: str, name: str, version: str, **qualifiers: str) -> str:
    """Gives a package URL. Each part is encoded by itself, as its specification says."""
    said = "&".join(f"{key}={quote(value, safe='')}" for key, value in sorted(qualifiers.items()))
    return f"pkg:{kind}/{quote(name, safe='')}@{quote(version, safe='')}" + (f"?{said}" if said else "")


def os_release(text: str) -> dict[str, str]:
    """Gives what /etc/os-release says."""
    return dict(word.split("=", 1) for line in text.splitlines() for word in shlex.split(line, comments=True) if "=" in word)


def package(line: str, system: dict[str, str]) -> dict:
    """Gives the component of a line of packages.txt."""
    name, version, architecture, source, source_version = line.split(" ")
    upstream = source if source_version == version else f"{source}@{source_version}"
    distro = f"{system['ID']}-{system['VERSION_ID']}"
    # Where the source has the package's name and version, nothing has to be said of it.
    more = {} if (source, source_version) == (name, version) else {"upstream": upstream}
    url = purl(f"deb/{system['ID']}", name, version, arch=architecture, distro=distro, **more)
    return {"type": "library", "bom-ref": url, "name": name, "version": version, "purl": url,
            "properties": [{"name": "accord:debian:source", "value": f"{source} {source_version}"}]}


def program(line: str, version: str) -> dict:
    """Gives the component of a line of programs.txt."""
    found = re.fullmatch(r"([0-9a-f]{64})  (/\S*/(\S+))", line)
    if found is None:
        raise ValueError(f"programs.txt: {line}")
    digest, path, name = found.groups()
    return {"type": "application", "bom-ref": path, "name": name, "version": version,
            "hashes": [{"alg": "SHA-256", "content": digest}], "licenses": LICENCE}


def bill(folder: pathlib.Path, name: str, version: str, commit: str, digest: str, time: int) -> dict:
    """Gives the whole bill."""
    def lines(file: str) -> list[str]:
        return sorted(line for line in (folder / file).read_text().splitlines() if line)

    if not re.fullmatch(r"sha256:[0-9a-f]{64}", digest):
        raise ValueError(f"{digest} is no digest of an image")
    system = os_release((folder / "os-release").read_text())
    programs = [program(line, version) for line in lines("programs.txt")]
    packages = [package(line, system) for line in lines("packages.txt")]
    if not programs or not packages:
        raise ValueError("an image has programs and packages")
    base = {"type": "operating-system", "bom-ref": "system", "name": system["ID"], "version": system["VERSION_ID"]}
    image = {"type": "container", "bom-ref": "image", "name": name, "version": version, "licenses": LICENCE,
             "purl": purl("oci", name, digest), "hashes": [{"alg": "SHA-256", "content": digest.removeprefix("sha256:")}],
             "properties": [{"name": "accord:commit", "value": commit}]}
    inside = [each["bom-ref"] for each in (*programs, base, *packages)]
    when = datetime.datetime.fromtimestamp(time, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = {"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6",
            "version": 1, "metadata": {"timestamp": when, "component": image}, "components": [*programs, base, *packages],
            "dependencies": [{"ref": "image", "dependsOn": inside}],
            "compositions": [{"aggregate": "complete", "assemblies": ["image"]}]}
    return {**made, "serialNumber": f"urn:uuid:{uuid.uuid5(SPACE, json.dumps(made, sort_keys=True))}"}


def main() -> int:
    """Prints the bill."""
    parser = argparse.ArgumentParser(description="Writes the bill of materials of an image in CycloneDX 1.6.")
    for option in ("--name", "--version", "--commit", "--digest"):
        parser.add_argument(option, required=True)
    parser.add_argument("--time", type=int, required=True, help="seconds since 1970, of the commit")
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    try:
        made = bill(**vars(options))
    except (OSError, KeyError, ValueError) as error:
        print(f"sbom: {error}", file=sys.stderr)
        return 1
    json.dump(made, sys.stdout, indent=1, ensure_ascii=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
