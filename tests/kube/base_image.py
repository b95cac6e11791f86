#!/usr/bin/env python3
"""Makes the image that Accord's images begin from out of Debian's packages, if it is not there, with the storage that
./accord test kube has. Needs root.

usage: base_image.py FOLDER   FOLDER gets containers.conf and storage.conf, by which buildah finds the image"""
import os
import pathlib
import sys

sys.dont_write_bytecode = True

from machine.cluster import configured  # noqa: E402
from machine.commands import Runner, Signals  # noqa: E402
from machine.images import BASE, make_base  # noqa: E402


def main() -> None:
    """Makes it, and prints its name."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__[__doc__.index("usage:"):])
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    # What make_base says of its progress is not the name.
    name, sys.stdout = sys.stdout, sys.stderr
    make_base(Runner(folder, configured(folder, os.environ), Signals()))
    print(BASE, file=name)


if __name__ == "__main__":
    main()
