#!/usr/bin/env python3
"""Builds the image, plays the pods of an overlay in containers on this machine, carries the case through the gateway's
Service from outside, kills every process, replaces every process by the next image under a steady load of calls, runs
the end-to-end suite against pods of the dev overlay that begin anew for each test, and takes everything down again.
Needs root.

usage: play.py [--overlay dev|production] [--built] [--rolls N] [--suite FILTER | --no-suite]
  --overlay   dev (SQLite, one of each) or production (PostgreSQL, replicas, migrations) [dev]
  --built     takes the binaries of build/release; otherwise they are compiled in the image's build stage
  --rolls     how often every process is replaced [1]
  --suite     these tests of the end-to-end suite only, as --gtest_filter takes them
  --no-suite  leaves the end-to-end suite out
"""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from machine import LEASE, ROOT  # noqa: E402
from machine.cluster import configured  # noqa: E402
from machine.commands import Runner, Signals, die  # noqa: E402
from machine.leases import Lease, Taken  # noqa: E402
from machine.options import Options, Usage, options_of  # noqa: E402
from machine.stages import BIN, Play  # noqa: E402

# Fetches what reads the manifests, as manifests.sh does.
FETCH_TOOLS = ("die() { printf 'accord test kube: %s\\n' \"$*\" >&2; exit 1; }\n"
               "set -euo pipefail; . tests/kube/tools.sh; debian_kubectl; node_modules")


def prepare(options: Options) -> None:
    """Sees that everything is there that a play needs, and fetches what can be fetched."""
    if os.geteuid() != 0:
        die("needs root, for network namespaces and mounts")
    if not os.access(BIN / "accordctl", os.X_OK):
        die("no release build: ./accord build release")
    os.chdir(ROOT)
    if not options.overlay or not (ROOT / "k8s/overlays" / options.overlay).is_dir():
        die(f"no overlay {options.overlay}")
    fetched = subprocess.run(["bash", "-c", FETCH_TOOLS], check=False)
    if fetched.returncode != 0:
        raise SystemExit(fetched.returncode)


def main() -> None:
    """Plays, and takes everything down however it ended."""
    usage = __doc__[__doc__.index('usage:'):]
    if {"-h", "--help"} & set(sys.argv[1:]):
        print(usage, end="")
        return
    try:
        options = options_of(sys.argv[1:])
    except Usage as error:
        print(f"{error}\n{usage}", end="", file=sys.stderr)
        raise SystemExit(2) from error
    prepare(options)
    try:
        lease = Lease(LEASE)
    except Taken:
        die("another run goes on")
    (ROOT / ".accord/kube").mkdir(parents=True, exist_ok=True)
    work = pathlib.Path(tempfile.mkdtemp(prefix="accord-kube.", dir=os.environ.get("TMPDIR") or "/tmp"))
    signals = Signals()
    play = Play(options, Runner(work, configured(work, os.environ), signals))
    signals.install()
    failed = True
    try:
        play.stages()
        failed = False
    finally:
        play.take_down(failed)
        lease.end()


if __name__ == "__main__":
    main()
