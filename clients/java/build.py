#!/usr/bin/python3
"""Makes the package of the Java client: a project of Maven with these sources, the code that protoc and gRPC's plugin make
of the protos, and a class for each gRPC service.

usage: build.py OUT                       writes the package into the folder OUT, where that of an earlier version goes
       build.py --tree FOLDER [PROTO...]  writes the project into FOLDER, with its tests; if protos are named, only
                                          with the code of these and of what they import

It needs Debian's protobuf-compiler and protobuf-compiler-grpc-java-plugin. It compiles nothing and needs no network. The
same tree gives the same bytes."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "clients/reference"))

from contract import Contract, Refused, access_of, descriptor_set, protoc, shipped  # noqa: E402
from package import zip_of  # noqa: E402
from reference import version_of  # noqa: E402
import services  # noqa: E402

PROTOS = ROOT / "protos"
# It stands beside the client for C++, and both read refusals by its messages.
DETAILS = ("clients/cpp", "accord/client/details.proto")
# JDK 9 and later have no such annotation, which only says that the file was generated.
GENERATED = re.compile(r"^@javax\.annotation\.Generated\(.*?\)\n", re.M | re.S)


def plugin():
    found = shutil.which("grpc_java_plugin")
    if not found:
        raise Refused("Debian's protobuf-compiler-grpc-java-plugin is missing: run ./accord setup")
    return found


def imported_by(names):
    """Gives these protos and all of Accord's that they import."""
    return sorted(file.name for file in Contract(descriptor_set(PROTOS, names)).files)


def write_generated(folder, names):
    """Writes the messages, gRPC's methods, and a class for each service."""
    protoc(PROTOS, f"--plugin=protoc-gen-grpc-java={plugin()}", f"--java_out={folder}", f"--grpc-java_out={folder}", *names)
    protoc(ROOT / DETAILS[0], f"--java_out={folder}", DETAILS[1])
    for path in folder.rglob("*Grpc.java"):
        path.write_text(GENERATED.sub("", path.read_text()))
    contract = Contract(descriptor_set(PROTOS, names))
    for name, text in services.classes(contract, lambda rpc: bool(access_of(rpc).audience)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def write_tree(folder, names, parts):
    """Writes the project with these parts of its sources, such as `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (HERE / "pom.xml", HERE / "README.md", ROOT / "LICENSE"):
        shutil.copy(path, folder)
    for part in parts:
        shutil.copytree(HERE / "src" / part, folder / "src" / part, dirs_exist_ok=True)
    write_generated(folder / "src/main/java", names)


def write_package(out):
    with tempfile.TemporaryDirectory() as scratch:
        tree = pathlib.Path(scratch)
        write_tree(tree, shipped(PROTOS), ["main"])
        files = {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    name = f"accord-client-java-{version_of(ROOT)}"
    content = zip_of({f"{name}/{each}": files[each] for each in files})
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("accord-client-java-*.zip"):
        old.unlink()
    (out / f"{name}.zip").write_bytes(content)
    print(f"{len(content):>9,}  {out / name}.zip")


def main(arguments):
    try:
        if arguments[:1] == ["--tree"] and len(arguments) > 1:
            names = imported_by(arguments[2:]) if arguments[2:] else shipped(PROTOS)
            write_tree(pathlib.Path(arguments[1]), names, ["main", "test"])
        elif len(arguments) == 1 and not arguments[0].startswith("-"):
            write_package(pathlib.Path(arguments[0]))
        else:
            sys.exit(__doc__)
    except (Refused, subprocess.CalledProcessError) as error:
        sys.exit(f"java client: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
