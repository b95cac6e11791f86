#!/usr/bin/env python3
"""This writes what is kept of people to docs/privacy-impact.md, which is made of the annotations of the protos and of
the retention schedule.

Each kind of record has a row in the schedule on every day. A kind with a field that is sealed names the authority by
which it is held; each such field is read by somebody, and only for purposes. Times of the schedule are those of the
configuration and of the services' rules. The page is as all of that says.

usage: privacy_impact.py [ROOT]          one line for each breach
       privacy_impact.py --write         writes docs/privacy-impact.md anew
       privacy_impact.py --rows          rows to paste into the schedule for the kinds that have none
       privacy_impact.py --self-check    every check must be able to fail"""
import collections
import sys

import command_line
import planted
import proto_tree
import retention_rows as schedule

PAGE = "docs/privacy-impact.md"
RULE, VOCABULARY = "accord.annotations.v1.rule", "accord.annotations.v1.vocabulary"
INTRO = """# What is kept of people, and who may receive it

`tests/policy/privacy_impact.py --write` makes this page of the annotations of the protos and of the retention schedule,
`clients/accordctl/operate/data/retention.textproto`, and a test fails when it is stale. It answers what a privacy
officer asks first, and is no legal advice.

A field with a class is sealed at rest, and masked for whoever has no grant of the class. The page lists each of them by
its record, with the purposes that a call must name and the roles that may read it. That is the most that anybody may
receive: of these, only people of agencies to whom the record is visible read it, and every reading is an entry of the
log. [The page of the field](domain.md) says to whom a record is visible, [the law](law.md) when access to a youth
record ends. Where a grant is for several kinds of agencies, a role stands beside each of them, also one that the
registry gives nobody there (`ROLE_NOT_OF_THIS_KIND`). "Nobody by this record": no answer holds the record itself.

"From memory" is an authority that nobody has looked up, "a choice" one of the project. A length of time is no
authority: where the schedule names none, the page says so.
"""
ANSWERS = """
## Answers beside the records

These answers are made out of records when somebody asks, and are kept for a repetition of the request at the most.

| Answer | Class | Fields | Purposes | Who may receive it |
|---|---|---|---|---|"""
FREE = """
## Free texts that nothing seals

Whoever may read the record reads these. They are for what is no person's: a name or a story in one of them is a fault
of whoever wrote it, and the page lists them so that a new one is noticed. What an annotation says to be a name of a
record, an id, a day or a word of a list is left out. Who signs a protocol or holds an office is named here, since that
person acts for it.

| Record | Fields |
|---|---|"""


def words(enumerator, prefix):
    return enumerator.removeprefix(prefix).lower().replace("_", " ")


def class_of(field):
    return words(field.rule("sensitive"), "SENSITIVE_CLASS_")


def fields_of(protos, message, path="", under="", above=()):
    """Gives (path, field, class or an empty text) of each field of a record; what is under a sealed field is of
    its class."""
    for field in message.fields:
        inner = protos.message(field.kind, message.name)
        if inner and "accord.annotations.v1.resource" in inner.options:
            continue  # This has a place of its own on the page.
        sealed = class_of(field) or under
        yield path + field.name, field, sealed
        if inner and not class_of(field) and inner.name not in above:
            yield from fields_of(protos, inner, f"{path}{field.name}.", sealed, (*above, message.name))


def reached(protos, message, found):
    """Gives the names of all messages that one holds, its own among them."""
    if message.name not in found:
        found.add(message.name)
        for field in message.fields:
            inner = protos.message(field.kind, message.name)
            if inner:
                reached(protos, inner, found)
    return found


def grants_by_message(protos):
    """Gives the name of a message to the grants of all who are answered with it."""
    found = collections.defaultdict(list)
    for service in protos.services:
        for rpc in service.rpcs:
            audience = service.audiences.get((rpc.access.get("audience") or [""])[0])
            answer = protos.message(rpc.response, service.name)
            if audience and answer:
                for name in reached(protos, answer, set()):
                    found[name] += audience["grants"]
    return found


def recipients(grants, wanted):
    """Gives (purposes, who) of the grants of one class: purposes sorted, and roles by kind of agency."""
    purposes, who = set(), collections.defaultdict(set)
    for grant in grants:
        if "SENSITIVE_CLASS_" + wanted.upper().replace(" ", "_") not in grant["classes"]:
            continue
        purposes |= {words(each, "PURPOSE_") for each in grant["purposes"]} or {""}
        for kind in grant["kinds"] or ["every kind of agency"]:
            who[words(kind, "AGENCY_KIND_")] |= {words(each, "ROLE_") for each in grant["roles"]} or {"everybody"}
    named = "; ".join(f"{kind}: {', '.join(sorted(roles))}" for kind, roles in sorted(who.items()))
    return sorted(purposes), named or "nobody by this record"


def breaches(root):
    protos = proto_tree.Protos(root)
    kinds = dict(protos.resources())
    rows, grants = schedule.by_kind(root), grants_by_message(protos)
    yield from schedule.breaches(root, kinds)
    for kind, message in kinds.items():
        sealed = [(path, each) for path, _, each in fields_of(protos, message) if each]
        if sealed and not all(schedule.law.one(row, "authority") for row in rows[kind]):
            yield f"{schedule.SCHEDULE}: {kind} holds sealed fields, and names no authority to hold them"
        for path, each in sealed:
            if "" in recipients(grants[message.name], each)[0]:
                yield f"{kind}.{path}: a grant reads its class, {each}, without a purpose"
    if not (root / PAGE).exists() or (root / PAGE).read_text() != page(root):
        yield f"{PAGE} is not as protos and schedule say: run tests/policy/privacy_impact.py --write"


def table(grants, by_class):
    lines = ["", "| Class | Fields | Purposes | Who may receive it |", "|---|---|---|---|"]
    for each, paths in sorted(by_class.items()):
        purposes, who = recipients(grants, each)
        lines.append(f"| {each} | {', '.join(f'`{path}`' for path in paths)} | {', '.join(purposes)} | {who} |")
    return lines


def by_class(protos, message):
    found = collections.defaultdict(list)
    for path, _, each in fields_of(protos, message):
        if each:
            found[each].append(path)
    return found


def is_free_text(field):
    return (field.kind == "string" and not any(field.rule(each) for each in ("form", "output_only"))
            and VOCABULARY not in field.options and field.name not in ("name", "etag", "request_id"))


def page(root):
    protos = proto_tree.Protos(root)
    rows, grants = schedule.by_kind(root), grants_by_message(protos)
    kinds = sorted(protos.resources(), key=lambda each: each[0])
    lines, service, of_records = [INTRO.rstrip("\n")], "", set()
    for kind, message in kinds:
        reached(protos, message, of_records)
        classes = by_class(protos, message)
        if not classes:
            continue
        if kind.split(".")[0] != service:
            service = kind.split(".")[0]
            lines += ["", f"## {service.capitalize()}"]
        lines += ["", f"### {kind}", "", *(schedule.held(row) for row in rows[kind])]
        lines += table(grants[message.name], classes)
    lines.append(ANSWERS)
    for name, message in sorted(protos.messages.items()):
        if name in of_records or name not in grants:
            continue
        for each, paths in sorted(by_class(protos, message).items()):
            purposes, who = recipients(grants[name], each)
            lines.append(f"| {name.removeprefix('accord.')} | {each} | {', '.join(f'`{path}`' for path in paths)} | "
                         f"{', '.join(purposes)} | {who} |")
    lines.append(FREE)
    for kind, message in kinds:
        free = [path for path, field, each in fields_of(protos, message) if not each and is_free_text(field)]
        if free:
            lines.append(f"| {kind} | {', '.join(f'`{path}`' for path in free)} |")
    return "\n".join(lines) + "\n"


def missing_rows(root):
    """Gives a row for each kind without one. It says nothing of an authority, which a kind with sealed fields
    must name."""
    known = schedule.by_kind(root)
    for kind, _ in sorted(proto_tree.Protos(root).resources(), key=lambda each: each[0]):
        if kind not in known:
            yield f'rows {{\n  kind: "{kind}"\n  end: RETENTION_END_KEPT\n}}'


PLANTED_PROTO = """syntax = "proto3";
package accord.a.v1;
service Things {
  option (accord.annotations.v1.audience) = {
    name: "readers"
    grants: {
      kinds: AGENCY_KIND_CROWN
      roles: ROLE_CROWN_COUNSEL
      purposes: PURPOSE_PROSECUTION
      classes: SENSITIVE_CLASS_HEALTH
    }
  };
  rpc GetThing(GetThingRequest) returns (Thing) {
    option (accord.annotations.v1.access) = {audience: "readers"};
  }
}
message GetThingRequest {}
message Thing {
  option (accord.annotations.v1.resource) = {singular: "thing"};
  string story = 1 [(accord.annotations.v1.rule) = {sensitive: SENSITIVE_CLASS_HEALTH}];
}
"""
PLANTED_CONFIG = """message HostConfig {
  // It is kept for so many days [7].
  int32 kept_days = 1;
}
"""
PLANTED_ROW = ('kind: "a.thing" authority: "An Act" authority_fr: "Une loi" mark: LAW_MARK_MEMORY '
               'end: RETENTION_END_PURGED months: 12 source: "A schedule"')


def self_check():
    rows, proto, rules = schedule.SCHEDULE, "protos/accord/a/v1/a.proto", schedule.RULES.format("a")
    platform = "".join(f'rows {{ kind: "platform.{each}" end: RETENTION_END_PURGED days: 7 '
                       'setting: "HostConfig.kept_days" }\n' for each in sorted(schedule.PLATFORM))
    tree = {proto: PLANTED_PROTO, schedule.CONFIG: PLANTED_CONFIG,
            rules: 'retention { kind: "thing" months: 12 source: "A schedule" }\n',
            rows: f'as_of: "2026-11-27"\nrows {{ {PLANTED_ROW} }}\n{platform}'}
    tree[PAGE] = planted.made_of(tree, page)
    planted.self_check(tree, [
        (rows, 'as_of: "2026-11-27"', 'as_of: "soon"', "as_of is no day"),
        (rows, 'kind: "a.thing"', 'kind: "a.other"', "a.thing has no row"),
        (rows, 'kind: "a.thing"', 'kind: "a.other"', "there is no kind a.other"),
        (rows, 'kind: "platform.backup"', 'kind: "platform.event"', "platform.backup has no row"),
        (rows, 'kind: "platform.backup"', 'kind: "platform.event"', "leave out a day, or have one twice"),
        (rows, 'source: "A schedule"', 'effective_to: "2027-01-01"', "no row applies after 2027-01-01"),
        (rows, "end: RETENTION_END_PURGED months", "months", "does not say what becomes of it"),
        (rows, "months: 12", "", "an end and no time"),
        (rows, 'authority_fr: "Une loi"', "", "authority in one language"),
        (rows, "mark: LAW_MARK_MEMORY", "", "an authority without a mark"),
        (rows, 'authority: "An Act" authority_fr: "Une loi" mark: LAW_MARK_MEMORY', "", "names no authority to hold"),
        (rows, "months: 12", "months: 13", "by no row of the service's rules"),
        (rules, "months: 12", "months: 13", "has no row as the rules of a have it"),
        (schedule.CONFIG, "[7]", "[8]", "HostConfig.kept_days is 8, and not 7 days"),
        (proto, "classes: SENSITIVE_CLASS_HEALTH", "", "is not as protos and schedule say"),
        (proto, "purposes: PURPOSE_PROSECUTION", "", "without a purpose"),
        (proto, "string story = 1", "string words = 2;\n  string story = 1", "is not as protos and schedule say"),
    ], breaches)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        (command_line.TREE / PAGE).write_text(page(command_line.TREE))
    elif sys.argv[1:] == ["--rows"]:
        print("\n".join(missing_rows(command_line.TREE)))
    else:
        command_line.report(breaches(command_line.root(self_check)), "privacy impact: no breach")
