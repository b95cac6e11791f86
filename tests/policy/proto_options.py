#!/usr/bin/env python3
"""Every proto of Accord says where its code stands in other languages, and all say it by one rule, from the package:

  accord.protocols.v1   go_package            accord.example/protos/accord/protocols/v1;protocolsv1
                        java_package          example.accord.protocols.v1, with a file for each class
                        csharp_namespace      Accord.Protocols.V1
                        php_namespace         Accord\\Protocols\\V1
                        ruby_package          Accord::Protocols::V1

Whoever generated code once keeps these names for as long as the package lives, so that no file has others, and none
has an option for a language that the rule does not speak of. The options stand together in alphabetical order, as
buf's form has them. No proto is here that clients have from elsewhere, such as those of google.rpc.

usage: proto_options.py [ROOT]          one line for each breach
       proto_options.py --write         writes the options of every file anew
       proto_options.py --self-check    every check must be able to fail"""
import re
import sys

import command_line
import planted

PROTOS = "protos"
PACKAGE = re.compile(r"^package ([\w.]+);$", flags=re.M)
OPTION = re.compile(r'^option (\w+) = ("[^"]*"|\w+);\n', flags=re.M)
IMPORT = re.compile(r'^import (?:public )?"[^"]+";\n', flags=re.M)


def options_of(package):
    """Gives what a file of the package says of other languages, each value as a proto writes it."""
    words = package.split(".")
    names = [word.capitalize() for word in words]
    return {
        "csharp_namespace": f'"{".".join(names)}"',
        "go_package": f'"accord.example/protos/{"/".join(words)};{"".join(words[-2:])}"',
        "java_multiple_files": "true",
        "java_package": f'"example.{package}"',
        "php_namespace": '"' + "\\\\".join(names) + '"',
        "ruby_package": f'"{"::".join(names)}"',
    }


def file_breaches(name, text):
    package = PACKAGE.search(text)
    if not package:
        yield f"{name}: the file has no package"
        return
    if not re.fullmatch(r"accord\.[a-z]+\.v[1-9]\d*", package[1]):
        yield f"{name}: {package[1]} is no package accord.NAME.vN"
        return
    if not name.startswith(f"{PROTOS}/{package[1].replace('.', '/')}/"):
        yield f"{name}: the package {package[1]} stands in another folder"
    wanted, found = options_of(package[1]), OPTION.findall(text)
    for option, value in wanted.items():
        said = [each for key, each in found if key == option]
        if not said:
            yield f"{name}: the file has no {option}"
        elif said != [value]:
            yield f"{name}: {option} is {' and '.join(said)} and not {value}"
    for option, _ in found:
        if option not in wanted:
            yield f"{name}: the rule has no {option}"
    keys = [key for key, _ in found]
    if keys != sorted(keys):
        yield f"{name}: the options do not stand in alphabetical order"


def breaches(root):
    files = sorted((root / PROTOS).rglob("*.proto"))
    for path in files:
        yield from file_breaches(path.relative_to(root).as_posix(), path.read_text())
    if not files:
        yield f"{PROTOS}: there is no proto"


def written(text):
    """Gives the text with the options of its package, behind its imports or, if it has none, its package."""
    package = PACKAGE.search(text)
    lines = "".join(f"option {option} = {value};\n" for option, value in options_of(package[1]).items())
    text = re.sub(r'\n(?:option \w+ = (?:"[^"]*"|\w+);\n)+', "", text, count=1)
    imports = list(IMPORT.finditer(text))
    at = imports[-1].end() if imports else PACKAGE.search(text).end() + 1
    return f"{text[:at]}\n{lines}{text[at:]}"


def write(root):
    for path in sorted((root / PROTOS).rglob("*.proto")):
        before = path.read_text()
        if list(file_breaches(path.relative_to(root).as_posix(), before)):
            path.write_text(written(before))


TEXT = """syntax = "proto3";

// Holds what is tested.
package accord.a.v1;

import "google/protobuf/timestamp.proto";

// What is kept.
message Thing {
  option (accord.annotations.v1.resource) = {singular: "thing"};
}
"""


def self_check():
    path = f"{PROTOS}/accord/a/v1/a.proto"
    whole = written(TEXT)
    assert written(whole) == whole, "what is written twice is not what is written once"
    bare = TEXT.replace('import "google/protobuf/timestamp.proto";\n\n', "")
    assert 'package accord.a.v1;\n\noption' in written(bare), "without imports the options stand behind the package"
    faults = [(path, f"option {option} = {value};\n", "", f"the file has no {option}")
              for option, value in options_of("accord.a.v1").items()]
    faults += [(path, *fault) for fault in [
        ("Accord.A.V1", "Accord.A", "csharp_namespace is"),
        (";av1", ";a", "go_package is"),
        ("java_multiple_files = true", "java_multiple_files = false", "java_multiple_files is"),
        ("example.accord.a.v1", "accord.a.v1", "java_package is"),
        ("Accord::A::V1", "Accord::A", "ruby_package is"),
        ("Accord\\\\A\\\\V1", "Accord\\\\A", "php_namespace is"),
        ("option ruby_package", 'option objc_class_prefix = "A";\noption ruby_package', "the rule has no objc"),
        ("package accord.a.v1", "package google.rpc", "is no package"),
        ("package accord.a.v1;\n", "", "has no package"),
        ("package accord.a.v1", "package accord.b.v1", "stands in another folder"),
        ('option csharp_namespace = "Accord.A.V1";\noption go_package = "accord.example/protos/accord/a/v1;av1";\n',
         'option go_package = "accord.example/protos/accord/a/v1;av1";\noption csharp_namespace = "Accord.A.V1";\n',
         "do not stand in alphabetical order")]]
    planted.self_check({path: whole}, faults, breaches)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write(command_line.TREE)
        sys.argv.pop()
    command_line.report(breaches(command_line.root(self_check)), "proto options: as the rule gives them")
