#!/usr/bin/env python3
"""This checks the dated rows of the rule sets, and docs/law.md, which shows all of them as a person reads them.

Each row of law says where it comes from and how far it may be trusted. Of one provision, rows stand in the order of
their days, and no day is left between them. The rule set says to which day somebody compared it with the law.

usage: law.py [ROOT]          one line for each breach, or how many rows there are of each mark
       law.py --write         writes docs/law.md anew
       law.py --self-check    every check must be able to fail"""
import collections
import datetime
import re
import sys

import command_line
import planted

PAGE = "docs/law.md"
TOKEN = re.compile(r'\s+|#[^\n]*|(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[{}\[\]:,])|(?P<word>[\w.+-]+)')
# This says what a list is called, and which fields name a row of it.
LISTS = {
    "services/prosecution/data/rules.textproto": {
        "offences": ("Offences of the Criminal Code", ["section"]),
        "preliminary_rules": ("Preliminary inquiries", []),
        "ceilings": ("Ceilings of R. v. Jordan", ["forum", "after_preliminary_inquiry"]),
        "delay_questions": ("Questions about delay that parties argue", ["question"]),
        "recognizances": ("Recognizances", ["section"]),
        "ban_rules": ("Publication bans", ["section"]),
        "known_laws": ("Known and not applied", ["title"])},
    "services/protocols/data/rules.textproto": {
        "age_rules": ("Age of protection", ["age_band"]),
        "grounds": ("Grounds of the duty to report", ["code"]),
        "clocks": ("Times of a referral", ["clock", "urgency"]),
        "youth_records": ("Access to youth records", ["disposition"]),
        "known_laws": ("Known and not applied", ["title"])},
    "services/supports/data/rules.textproto": {
        "order_laws": ("Restraining orders", []),
        "order_applicants": ("Who may ask for a restraining order", ["applicant"])},
}
MARKS = {"LAW_MARK_VERIFIED": "verified", "LAW_MARK_SECONDARY": "secondary", "LAW_MARK_MEMORY": "from memory",
         "LAW_MARK_CHOICE": "a choice"}
APART = {"effective_from", "effective_to", "source", "mark"}
# What these say needs no name before it.
SENTENCES = {"title", "says", "about", "note", "refusal_reason", "doubt_under_order"}
TRUE = {"publication_ban": "listed in s. 486.4", "recognizance_810_1": "listed in s. 810.1",
        "whole_section": "with all its subsections", "maximum_life": "maximum: life",
        "maximum_from_memory": "that maximum is from memory"}
# These are the beginnings of enumerators, which say the field's name again.
PREFIX = re.compile(r"^(OFFENCE_MODE|FORUM|DELAY_QUESTION|AGE_BAND|REPORTING|ELIGIBILITY|CLOCK_KIND|URGENCY|"
                    r"YOUTH_DISPOSITION|ORDER_APPLICANT)_")


def tokens(text):
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise ValueError(f"line {text[:at].count(chr(10)) + 1} cannot be read")
        at = found.end()
        if found.lastgroup:
            yield found[0]


def message(stream):
    """Gives the fields of one message up to its end, each a list of texts and of messages."""
    fields = collections.defaultdict(list)
    for name in stream:
        if name == "}":
            break
        if name == ",":
            continue
        value = next(stream)
        if value == ":":
            value = next(stream)
        if value == "{":
            fields[name].append(message(stream))
        elif value == "[":
            fields[name].extend(each.strip('"') for each in iter(lambda: next(stream), "]") if each != ",")
        else:
            fields[name].append(value.strip('"'))
    return fields


def one(row, field):
    return row[field][0] if row.get(field) else ""


def shown(field, value):
    """Gives a value as people read it: enumerators without their type's name, and what is true by the field's
    own name."""
    if value == "true":
        return TRUE.get(field, field.replace("_", " "))
    return PREFIX.sub("", value).lower().replace("_", " ") if PREFIX.match(value) else value


def key_of(row, keys):
    return " ".join(shown(key, one(row, key)) for key in keys if one(row, key))


def is_day(text):
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def says(row, keys):
    """Gives what a row says beside its key, its days, its source and its mark."""
    parts = []
    for field, values in row.items():
        if field in APART or field in keys:
            continue
        value = ", ".join(shown(field, each) for each in values)
        parts.append(value if field in SENTENCES or values == ["true"] else f"{field.replace('_', ' ')}: {value}")
    return "; ".join(parts)


def row_breaches(where, rows, keys):
    """Gives what is wrong with the rows of one list."""
    last = {}
    for row in rows:
        key = key_of(row, keys)
        if one(row, "mark") not in MARKS:
            yield f"{where} {key}: a row has no mark of how far it may be trusted"
        if not one(row, "source"):
            yield f"{where} {key}: a row does not say where it comes from"
        memory = one(row, "mark") == "LAW_MARK_MEMORY" or one(row, "maximum_from_memory") == "true"
        if memory != ("[M]" in one(row, "source")):
            yield f"{where} {key}: [M] in the source and the mark differ"
        begin, end = one(row, "effective_from"), one(row, "effective_to")
        for day in (begin, end):
            if day and not is_day(day):
                yield f"{where} {key}: there is no such day: {day}"
        if begin and end and end <= begin:
            yield f"{where} {key}: a row ends before it begins"
        if not keys:
            key = where
        if key in last and last[key] != begin and where.split()[-1] != "preliminary_rules":
            yield (f"{where} {key}: a row begins on {begin or 'no day'} and the one before ends on "
                   f"{last[key] or 'no day'}")
        last[key] = end


def sets(root):
    for name, lists in LISTS.items():
        text = (root / name).read_text()
        yield name, lists, message(iter(tokens(text + "\n}")))


def breaches(root):
    for name, lists, rules in sets(root):
        currency = (rules["currency"] or [{}])[0]
        if not is_day(one(currency, "checked_to")) or not one(currency, "against"):
            yield f"{name}: currency does not say to which day the rows were compared, or with what"
        for field, (_, keys) in lists.items():
            yield from row_breaches(f"{name} {field}", rules[field], keys)
    if not (root / PAGE).exists() or (root / PAGE).read_text() != page(root):
        yield f"{PAGE} is not as the rule sets say: run tests/policy/law.py --write"


def marks_of(rules, lists):
    counts = collections.Counter(MARKS.get(one(row, "mark")) for field in lists for row in rules[field])
    return ", ".join(f"{counts[mark]} {mark}" for mark in MARKS.values())


def page(root):
    lines = ["# The dated law, row by row", "",
             "`tests/policy/law.py --write` makes this page of the rule sets under `services/*/data`, which the services",
             "read. It is not legal advice. [The page of the field](domain.md) explains the marks and says what is not",
             "known. A row ends on the first day on which it no longer applies. A first day that no source prints is",
             "\"not established\", and a row that has not ended applies \"still\"."]
    for name, lists, rules in sets(root):
        currency = (rules["currency"] or [{}])[0]
        lines += ["", f"## {name.split('/')[1].capitalize()}", "",
                  f"Compared to {one(currency, 'checked_to')} with: {one(currency, 'against')}. Rows by mark: "
                  f"{marks_of(rules, lists)}."]
        for law in currency.get("pending", []):
            assent = f"assent {one(law, 'assent')}" if one(law, "assent") else "assent not established"
            lines += ["", f"Known and not entered: {one(law, 'title')}, {assent}, commencement not established. "
                      f"It touches {one(law, 'touches')}."]
        for field, (title, keys) in lists.items():
            lines += ["", f"### {title} ({name.split('/')[1]})", "",
                      "| Row | From | Ends on | What it says | Mark | Source |", "|---|---|---|---|---|---|"]
            for row in rules[field]:
                cells = [key_of(row, keys) or "all", one(row, "effective_from") or "not established",
                         one(row, "effective_to") or "still", says(row, keys), MARKS.get(one(row, "mark"), "none"),
                         one(row, "source")]
                lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def counts(root):
    return "; ".join(f"{name}: {marks_of(rules, lists)}" for name, lists, rules in sets(root))


CURRENCY = 'currency { checked_to: "2026-06-17" against: "the text" }\n'


def self_check():
    prosecution, protocols, supports = LISTS
    row = 'grounds { code: "a" effective_to: "2020-01-01" mark: LAW_MARK_VERIFIED source: "the Act" }\n'
    tree = {prosecution: CURRENCY, supports: CURRENCY,
            protocols: CURRENCY + row + row.replace("_to", "_from")}
    folder = {name: text for name, text in tree.items()}

    class Root:  # This is the page of the planted tree, before there is a folder.
        def __init__(self, name=""):
            self.name = name

        def __truediv__(self, name):
            return Root(name)

        def read_text(self):
            return folder[self.name]

    tree[PAGE] = page(Root())
    faults = [(protocols, *fault) for fault in [
        ("mark: LAW_MARK_VERIFIED ", "", "no mark of how far"),
        ('source: "the Act"', "", "does not say where"),
        ('"the Act"', '"[M]"', "[M] in the source and the mark differ"),
        ('effective_to: "2020-01-01"', 'effective_to: "2020-01-32"', "no such day"),
        ('effective_to: "2020-01-01"', 'effective_from: "2020-01-02" effective_to: "2020-01-01"',
         "ends before it begins"),
        ('effective_to: "2020-01-01"', 'effective_to: "2019-01-01"', "and the one before ends on"),
        ('checked_to: "2026-06-17"', 'checked_to: "soon"', "currency does not say"),
        ('code: "a"', 'code: "b"', "is not as the rule sets say")]]
    planted.self_check(tree, faults, breaches)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        (command_line.TREE / PAGE).write_text(page(command_line.TREE))
    else:
        ROOT = command_line.root(self_check)
        command_line.report(breaches(ROOT), counts(ROOT))
