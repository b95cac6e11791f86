"""This reads the contract by means of protoc: files with their comments, and Accord's own options."""
import importlib
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Debian has the protos of google.protobuf here.
INCLUDES = "/usr/include"
ANNOTATIONS = [f"accord/annotations/v1/{name}.proto" for name in ("access", "fields", "vocabulary")]


class Refused(Exception):
    """The protos or the rules cannot be turned into a reference; the text says why."""


def protoc(protos, *options):
    try:
        subprocess.run(["protoc", f"-I{protos}", f"-I{INCLUDES}", *options], check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        raise Refused(error.stderr.strip()) from error


def files_of(protos):
    return sorted(path.relative_to(protos).as_posix() for path in pathlib.Path(protos).rglob("*.proto"))


def descriptor_set(protos, names):
    """This gives a serialized FileDescriptorSet of these files and of all that they import,
    with comments."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "accord.binpb"
        protoc(protos, f"--descriptor_set_out={out}", "--include_imports", "--include_source_info", *names)
        return out.read_bytes()


def annotations():
    """This makes the modules access_pb2, fields_pb2 and vocabulary_pb2 anew, so that protobuf knows
    Accord's options."""
    with tempfile.TemporaryDirectory() as folder:
        protoc(ROOT / "protos", f"--python_out={folder}", *ANNOTATIONS)
        sys.path.insert(0, folder)
        before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            return [importlib.import_module(name.removesuffix(".proto").replace("/", ".") + "_pb2")
                    for name in ANNOTATIONS]
        finally:
            sys.path.remove(folder)
            sys.dont_write_bytecode = before


access_pb2, fields_pb2, vocabulary_pb2 = annotations()
from google.protobuf import descriptor_pb2  # Only now are Accord's options known.


def whole_text(comment):
    """This gives a comment as paragraphs, each on one line."""
    paragraphs = comment.strip().split("\n\n")
    return "\n\n".join(" ".join(line.strip() for line in each.splitlines()) for each in paragraphs).strip()


class Declared:
    """This is a declaration of a proto: its kind, full name, comment and descriptor, and what
    it contains."""

    def __init__(self, kind, name, text, proto, file, parts=()):
        self.kind, self.name, self.text, self.proto, self.file = kind, name, text, proto, file
        self.parts = list(parts)

    @property
    def short(self):
        """This is the name within the package."""
        return self.name.removeprefix(self.file.package + ".")

    def of(self, kind):
        return [part for part in self.parts if part.kind == kind]

    def all(self):
        yield self
        for part in self.parts:
            yield from part.all()


class File:
    def __init__(self, proto):
        self.proto, self.name, self.package = proto, proto.name, proto.package
        self._comments = {tuple(at.path): whole_text(at.leading_comments) for at in proto.source_code_info.location
                          if at.leading_comments}
        self.text = self._comments.get((2,), "")
        self.parts = [self._message(each, (4, i), proto.package) for i, each in enumerate(proto.message_type)]
        self.parts += [self._enum(each, (5, i), proto.package) for i, each in enumerate(proto.enum_type)]
        self.parts += [self._service(each, (6, i)) for i, each in enumerate(proto.service)]

    def _declared(self, kind, proto, path, within, parts=()):
        return Declared(kind, f"{within}.{proto.name}", self._comments.get(path, ""), proto, self, parts)

    def _message(self, proto, path, within):
        name = f"{within}.{proto.name}"
        parts = [self._declared("field", each, (*path, 2, i), name) for i, each in enumerate(proto.field)]
        # The oneof that proto3 makes for each optional field is not in the source.
        made = {each.oneof_index for each in proto.field if each.proto3_optional}
        parts += [self._declared("oneof", each, (*path, 8, i), name) for i, each in enumerate(proto.oneof_decl)
                  if i not in made]
        # The message that protobuf makes for each map is not in the source either.
        parts += [self._message(each, (*path, 3, i), name) for i, each in enumerate(proto.nested_type)
                  if not each.options.map_entry]
        parts += [self._enum(each, (*path, 4, i), name) for i, each in enumerate(proto.enum_type)]
        return self._declared("message", proto, path, within, parts)

    def _enum(self, proto, path, within):
        name = f"{within}.{proto.name}"
        values = [self._declared("value", each, (*path, 2, i), name) for i, each in enumerate(proto.value)]
        return self._declared("enum", proto, path, within, values)

    def _service(self, proto, path):
        name = f"{self.package}.{proto.name}"
        rpcs = [self._declared("rpc", each, (*path, 2, i), name) for i, each in enumerate(proto.method)]
        return self._declared("service", proto, path, self.package, rpcs)

    def all(self):
        for part in self.parts:
            yield from part.all()


class Contract:
    """This gives all files of Accord in a descriptor set. Those of google.protobuf come with
    every language."""

    def __init__(self, serialized):
        whole = descriptor_pb2.FileDescriptorSet.FromString(serialized)
        self.files = [File(each) for each in whole.file if each.package.startswith("accord.")]
        self.by_name = {each.name: each for file in self.files for each in file.all()}
        self.map_entries = {f"{name}.{entry.name}": entry for name, each in self.by_name.items()
                            if each.kind == "message" for entry in each.proto.nested_type if entry.options.map_entry}

        self.taken = self._taken()

    def _taken(self):
        """This gives the messages that callers write: requests, and messages in them, except fields that
        only the service writes."""
        taken, waiting = set(), [each.proto.input_type for each in self.by_name.values() if each.kind == "rpc"]
        while waiting:
            name = waiting.pop().removeprefix(".")
            if name in self.by_name and name not in taken and self.by_name[name].kind == "message":
                taken.add(name)
                waiting += [field.proto.type_name for field in self.by_name[name].of("field")
                            if not field.proto.options.Extensions[fields_pb2.rule].output_only]
        return taken

    def untold(self):
        """This gives a line for each declaration without a text."""
        for file in self.files:
            for each in file.all():
                if not each.text:
                    yield f"{file.name}: {each.kind} {each.name} has no text"


def resource_of(message):
    return message.proto.options.Extensions[fields_pb2.resource]


def access_of(rpc):
    return rpc.proto.options.Extensions[access_pb2.access]


def audiences_of(service):
    return {each.name: each for each in service.proto.options.Extensions[access_pb2.audience]}


def faces_agencies(file):
    """This says whether this file declares an RPC that agencies call."""
    return any(access_of(rpc).audience for service in file.parts if service.kind == "service" for rpc in service.parts)


def shipped(protos=ROOT / "protos"):
    """This gives the files that an agency's developer needs: those with RPCs for agencies, and what
    they import."""
    whole = Contract(descriptor_set(protos, files_of(protos)))
    files = {file.name: file for file in whole.files}
    wanted, waiting = set(), [file.name for file in whole.files
                              if faces_agencies(file) and not file.package.startswith("accord.testing.")]
    while waiting:
        name = waiting.pop()
        if name in files and name not in wanted:
            wanted.add(name)
            waiting += files[name].proto.dependency
    return sorted(wanted)
