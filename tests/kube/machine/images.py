"""This makes the images that the pods run. They stay for the next run under .accord/kube."""
import os
import pathlib
import subprocess

from machine import ROOT
from machine.commands import Runner, say

# It is made here, and no registry is asked for it.
BASE = "localhost/accord-base:bookworm"


def make_base(runner: Runner) -> None:
    """Makes the base image out of Debian's packages, if it is not there."""
    listed = runner.run("buildah", "images", "-q", BASE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if listed.returncode == 0 and listed.stdout:
        return
    say("making the base image out of packages")
    archive = runner.work / "base.tar"
    runner.quiet("mmdebstrap", "--variant=minbase", "--dpkgopt=path-exclude=/usr/share/doc/*",
                 "--dpkgopt=path-exclude=/usr/share/man/*", "--dpkgopt=path-exclude=/usr/share/locale/*",
                 "bookworm", archive)
    made = runner.output("buildah", "from", "scratch")
    runner.quiet("buildah", "add", made, archive, "/")
    runner.quiet("buildah", "commit", "--rm", made, BASE)
    archive.unlink()


def _lay_out_built(runner: Runner, binaries: pathlib.Path) -> pathlib.Path:
    """Lays out what the image's build stage would make, out of the release build."""
    build = runner.work / "build"
    for folder in ("bin", "share"):
        (build / "image" / folder).mkdir(parents=True, exist_ok=True)
    runner.must("cp", *sorted(binaries.glob("accord-*")), build / "image/bin/")
    runner.must("strip", *sorted((build / "image/bin").iterdir()))
    for data in sorted(ROOT.glob("services/*/data")):
        share = build / "image/share" / data.relative_to(ROOT)
        share.mkdir(parents=True, exist_ok=True)
        runner.must("cp", "-r", f"{data}/.", f"{share}/")
    runner.must("chmod", "-R", "a+rX", build)
    return build


def build_command(version: str, how: list[str]) -> list[str]:
    """Builds an image of Accord; `how` says where its build stage comes from."""
    return ["buildah", "bud", "--isolation", "chroot", "--pull-never", "--layers", "--build-arg", f"BASE={BASE}",
            "--build-arg", f"VERSION={version}", *how, "-f", "k8s/Dockerfile", "-t", f"localhost/accord:{version}", "."]


def from_build(build: pathlib.Path) -> list[str]:
    """Takes what was laid out as the build stage."""
    return ["--build-context", f"build={build}"]


def compiled(cache: pathlib.Path, commit: str) -> list[str]:
    """Compiles in the build stage, with a compiler's cache that stays."""
    return ["--volume", f"{cache}:/root/.cache/ccache", "--build-arg", f"COMMIT={commit}"]


def make(runner: Runner, version: str, binaries: pathlib.Path | None) -> None:
    """Makes localhost/accord:VERSION, with the binaries of a build or, without any, compiled in the image."""
    if binaries is not None:
        how = from_build(_lay_out_built(runner, binaries))
    else:
        cache = pathlib.Path(os.environ["HOME"]) / ".cache/ccache"
        cache.mkdir(parents=True, exist_ok=True)
        how = compiled(cache, runner.output("git", "rev-parse", "--short=12", "HEAD"))
    say(f"building the image accord:{version}")
    runner.quiet(*build_command(version, how))
