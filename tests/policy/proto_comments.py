#!/usr/bin/env python3
"""Everything that a proto of Accord declares has a comment right above it: messages, fields, oneofs, enums, their
values, services and RPCs. `accordctl explain` and the reference of the API print these comments.

A comment that only says the name again, or does not end as a sentence does, is refused as well; a default in brackets
may stand last. The protos are in buf's one form: one declaration begins on a line of its own.

usage: proto_comments.py [ROOT]          one line for each breach
       proto_comments.py --self-check    every check must be able to fail"""
import re

import command_line
import planted

PROTOS = "protos/accord"
OPENED = re.compile(r"(message|enum|service|oneof) (\w+) \{(\})?")
RPC = re.compile(r"rpc (\w+)\(")
FIELD = re.compile(r"(?:repeated |optional )?[\w.]+(?:<[\w., ]+>)? (\w+) = \d+\b")
VALUE = re.compile(r"([A-Z]\w*) = -?\d+\b")
FILLER = {"a", "an", "the", "of", "this", "its", "is", "it"}


def without_strings(line):
    return re.sub(r'"(?:[^"\\]|\\.)*"', '""', line)


def words_of(text):
    """Gives the words of a name or a comment, without articles and plurals."""
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", text).lower().replace("_", " ")
    return {word.rstrip("s") for word in re.findall(r"\w+", text)} - FILLER


def declaration_of(line, within):
    """Gives (kind, name) of what the line declares inside of `within`, or None."""
    if opened := OPENED.match(line):
        return opened[1], opened[2]
    if within == "service" and (rpc := RPC.match(line)):
        return "rpc", rpc[1]
    if within == "enum" and (value := VALUE.match(line)):
        return "value", value[1]
    if within in ("message", "oneof") and not line.startswith(("option ", "reserved ")):
        if field := FIELD.match(line):
            return "field", field[1]
    return None


def declarations_of(text):
    """Gives (number of the line, kind, full name, comment) of each declaration, in order."""
    # There is one (kind, name) for each open brace or bracket; options have an empty kind.
    comment, open_braces = [], []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line.startswith("//"):
            comment.append(line[2:].strip())
            continue
        declared = declaration_of(line, open_braces[-1][0] if open_braces else "")
        if declared:
            path = [name for kind, name in open_braces if name] + [declared[1]]
            yield number, declared[0], ".".join(path), " ".join(comment)
        comment = []
        bare = without_strings(line).split("//")[0]
        for index, sign in enumerate(re.findall(r"[{}\[\]]", bare)):
            if sign in "{[":
                named = declared if declared and index == 0 and OPENED.match(line) else ("", "")
                open_braces.append(named)
            elif open_braces:
                open_braces.pop()


def breaches(root):
    found = 0
    for path in sorted((root / PROTOS).rglob("*.proto")):
        where = path.relative_to(root).as_posix()
        for number, kind, name, comment in declarations_of(path.read_text()):
            found += 1
            own = name.rsplit(".", 1)[-1]
            if not comment:
                yield f"{where}:{number}: {kind} {name} has no comment"
            elif words_of(comment) <= words_of(own):
                yield f"{where}:{number}: the comment of {kind} {name} says its name again: {comment}"
            elif not comment.endswith((".", "]")):
                yield f"{where}:{number}: the comment of {kind} {name} does not end as a sentence does: {comment}"
    if not found:
        yield f"{PROTOS}: nothing is declared there"


PLANTED = {
    f"{PROTOS}/a/v1/a.proto": """syntax = "proto3";
// Holds what is tested.
package accord.a.v1;
// How a thing stands.
enum State {
  // Nobody has said.
  STATE_UNSPECIFIED = 0;
  // It is open, and may be closed.
  STATE_OPEN = 1;
}
// What is kept; it has no owner.
message Thing {
  option (accord.annotations.v1.resource) = {
    singular: "thing {"
    columns: [
      "title"
    ]
  };
  // Shown in lists, at most 80 characters.
  string title = 1 [(accord.annotations.v1.rule) = {
    required: true
    max: 80
  }];
  // Where it is, of two ways to say it.
  oneof place {
    // As a street and a number.
    string address = 2;
  }
  // By language, a code of two letters.
  map<string, string> texts = 3;
}
// Keeps things.
service Things {
  // Gives one to its owner.
  rpc GetThing(Thing) returns (Thing) {
    option idempotency_level = NO_SIDE_EFFECTS;
    option (accord.annotations.v1.access) = {
      rules: [
        {kind: 1}
      ]
    };
  }
}
"""
}


def self_check():
    path = f"{PROTOS}/a/v1/a.proto"
    missing = {
        "How a thing stands": "enum State has no",
        "Nobody has said": "value State.STATE_UNSPECIFIED has no",
        "It is open, and may be closed": "value State.STATE_OPEN has no",
        "What is kept; it has no owner": "message Thing has no",
        "Shown in lists, at most 80 characters": "field Thing.title has no",
        "Where it is, of two ways to say it": "oneof Thing.place has no",
        "As a street and a number": "field Thing.place.address has no",
        "By language, a code of two letters": "field Thing.texts has no",
        "Keeps things": "service Things has no",
        "Gives one to its owner": "rpc Things.GetThing has no",
    }
    faults = [(path, f"// {comment}.\n", "\n", said) for comment, said in missing.items()]
    faults.append((path, "// Shown in lists, at most 80 characters.", "// The title.", "says its name again"))
    faults.append((path, "// Gives one to its owner.", "// Gets a thing.", "says its name again"))
    faults.append((path, "at most 80 characters.", "at most 80 characters", "does not end as a sentence"))
    planted.self_check(PLANTED, faults, breaches)


if __name__ == "__main__":
    command_line.report(breaches(command_line.root(self_check)), "proto comments: no breach")
