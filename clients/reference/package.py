#!/usr/bin/python3
"""This program makes what an agency's developer needs: the protos as a zip and as a descriptor set, the
reference, and SHA-256 sums.

usage: package.py OUT     writes into the folder OUT, where those of an earlier version go

The same tree gives the same bytes. `google/protobuf` comes with every protoc and `google.rpc` with every language's own
library, so that neither is among the protos."""
import hashlib
import io
import pathlib
import sys
import zipfile

from contract import ROOT, Refused, descriptor_set, shipped
from reference import made, version_of

SUMS = "SHA256SUMS"


def zip_of(files):
    """This gives a zip of files, given as bytes by name, which does not depend on the day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def contents(root=ROOT):
    """This gives the files of a release by name."""
    version, names = version_of(root), shipped(root / "protos")
    protos = {f"protos/{name}": (root / "protos" / name).read_bytes() for name in names}
    protos |= {"protos/buf.yaml": (root / "protos/buf.yaml").read_bytes(), "LICENSE": (root / "LICENSE").read_bytes()}
    pages = {f"reference/{name}": text.encode() for name, text in made(root).items()}
    files = {f"accord-protos-{version}.zip": zip_of(protos), "accord.binpb": descriptor_set(root / "protos", names),
             f"accord-reference-{version}.zip": zip_of(pages)}
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return files | {SUMS: sums.encode()}


def main(arguments):
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.exit(__doc__)
    try:
        files = contents()
    except Refused as refused:
        sys.exit(str(refused))
    out = pathlib.Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    for name in files:
        for old in out.glob(name.replace(version_of(), "*")):
            old.unlink()
    for name, content in files.items():
        (out / name).write_bytes(content)
        print(f"{len(content):>9,}  {out / name}")


if __name__ == "__main__":
    main(sys.argv[1:])
