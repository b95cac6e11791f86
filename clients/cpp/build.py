#!/usr/bin/python3
"""This program makes the package of the C++ client: its sources and the protos, which CMake compiles
and installs.

usage: build.py OUT     writes the package into the folder OUT, where that of an earlier version goes

It compiles nothing and needs no network. The same tree gives the same bytes."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "clients/reference"))

from contract import shipped  # noqa: E402
from package import zip_of  # noqa: E402
from reference import version_of  # noqa: E402


def contents():
    """This gives the files of the package by their names in it."""
    files = {"README.md": HERE / "README.md", "LICENSE": ROOT / "LICENSE"}
    files |= {path.name: path for path in (HERE / "package").iterdir()}
    files |= {f"example/{path.name}": path for path in (HERE / "example").iterdir()}
    files |= {f"accord/client/{path.name}": path for path in (HERE / "accord/client").iterdir()}
    files |= {f"protos/{name}": ROOT / "protos" / name for name in shipped(ROOT / "protos")}
    return {name: path.read_bytes() for name, path in files.items()} | {"VERSION": f"{version_of(ROOT)}\n".encode()}


def main(arguments):
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.exit(__doc__)
    out, folder = pathlib.Path(arguments[0]), f"accord-client-cpp-{version_of(ROOT)}"
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("accord-client-cpp-*.zip"):
        old.unlink()
    content = zip_of({f"{folder}/{name}": each for name, each in contents().items()})
    (out / f"{folder}.zip").write_bytes(content)
    print(f"{len(content):>9,}  {out / folder}.zip")


if __name__ == "__main__":
    main(sys.argv[1:])
