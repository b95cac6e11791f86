#!/usr/bin/python3
"""This program makes the wheel of the Python client: these sources, the messages that protoc makes, and the
service classes.

usage: build.py OUT     writes the wheel into the folder OUT, where that of an earlier version goes

It needs Debian's python3-setuptools, python3-wheel and protobuf-compiler, and no network. The same tree gives the same
bytes."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "clients/reference"))

from contract import Contract, access_of, descriptor_set, protoc, shipped  # noqa: E402
import stubs  # noqa: E402

OWN = ("pyproject.toml", "README.md", "accord_rules.py")
# This is the time of all files in the wheel, which is the earliest that a zip can store.
EPOCH = "315532800"


def write_tree(folder):
    """This gives the sources of the wheel."""
    names = shipped(ROOT / "protos")
    for name in OWN:
        shutil.copy(HERE / name, folder / name)
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    shutil.copytree(HERE / "accord_client", folder / "accord_client", ignore=shutil.ignore_patterns("__pycache__"))
    protoc(ROOT / "protos", f"--python_out={folder}", f"--pyi_out={folder}", *names)
    made = stubs.services(Contract(descriptor_set(ROOT / "protos", names)), lambda rpc: bool(access_of(rpc).audience))
    services = folder / "accord_client/services"
    services.mkdir()
    made["__init__.py"] = '"""A module for each package of the contract, with a class for each gRPC service."""\n'
    for name, text in made.items():
        (services / name).write_text(text)


def write_wheel(out):
    with tempfile.TemporaryDirectory() as scratch:
        tree, made = pathlib.Path(scratch) / "tree", pathlib.Path(scratch) / "made"
        tree.mkdir()
        made.mkdir()
        write_tree(tree)
        built = subprocess.run(
            [sys.executable, "-c", "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])",
             str(made)], cwd=tree, env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH}, capture_output=True, text=True)
        if built.returncode:
            sys.exit(f"setuptools makes no wheel:\n{built.stderr[-3000:]}")
        out.mkdir(parents=True, exist_ok=True)
        for old in out.glob("accord_client-*.whl"):
            old.unlink()
        for wheel in made.glob("*.whl"):
            shutil.copy(wheel, out / wheel.name)
            print(f"{wheel.stat().st_size:>9,}  {out / wheel.name}")


def main(arguments):
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.exit(__doc__)
    write_wheel(pathlib.Path(arguments[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
