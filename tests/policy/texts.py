#!/usr/bin/env python3
"""This holds the catalogue of accordctl's texts against the code and the pages that say them: every text is there in
English and French, French differs from English and is set as French is, both have the same places ({{name}}), and
nothing stands there that nobody says. It prints how many texts somebody has reviewed.

usage: texts.py [ROOT]          one line for each breach, and the counts
       texts.py --self-check    every check must be able to fail"""
import collections
import re

import command_line
import planted
from french import typography_faults

CATALOGUE = "clients/accordctl/core/data/texts.tsv"
CODE = "clients/accordctl"
PAGES = "clients/accordctl/views/pages"
# Text, Headings and Counted take texts; Counted takes them after its number.
CALL = re.compile(r"\b(Text|Headings|Counted)\(")
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
# Both languages write these words and signs alike.
SAME = {"Dates", "{{count}} h", "{{count}} min", "Initiative", "initiative", "initiatives"}
MARKS = ("reviewed", "unreviewed")
# A number before a word in the plural is sometimes one, and Counted chooses between two texts. These are never one.
PLURAL = re.compile(r"{{\w+}} (?!has\b)[a-z]+s\b")
# An option, or another thing with a name, is not a number either.
NEVER_ONE = ("{{months}} months", "{{size}} bytes", "{{option}} does", "{{option}} wants", "{{what}} is")


def places(text):
    return collections.Counter(re.findall(r"{{\w+}}", text))


def unescaped(literal):
    return literal.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def literals_in(code):
    """Gives the string literals, of which neighbours are one."""
    joined = re.sub(r'(?<!\\)"\s*\n\s*"', "", code)
    return [unescaped(each) for each in LITERAL.findall(joined)]


def argument(code, start, first_only):
    """Gives what stands between the parenthesis before `start` and its partner, or before the first comma of
    its own."""
    depth, at, quoted = 1, start, False
    while at < len(code) and depth:
        char = code[at]
        if quoted:
            at += char == "\\"
            quoted = char != '"'
        elif char == '"':
            quoted = True
        elif char == "," and depth == 1 and first_only:
            break
        else:
            depth += (char in "({[") - (char in ")}]")
        at += 1
    return code[start:at]


def own_literals(code):
    """Gives the string literals without those that inner calls are given."""
    literals = literals_in(code)
    numbers = iter(range(len(literals)))
    bare = LITERAL.sub(lambda _: f'"{next(numbers)}"', re.sub(r'(?<!\\)"\s*\n\s*"', "", code))
    inner = re.compile(r"\([^()]*\)")
    while inner.search(bare):
        bare = inner.sub(" ", bare)
    return [literals[int(each)] for each in LITERAL.findall(bare)]


def sources(root):
    for path in sorted((root / CODE).rglob("*")):
        if path.suffix in (".h", ".cc") and not path.name.endswith("_test.cc"):
            lines = path.read_text().splitlines()
            yield path, "\n".join(line for line in lines if not line.strip().startswith("//"))


def said(root):
    """Gives (where, text) of each text that a call or a page names."""
    for path, code in sources(root):
        for call in CALL.finditer(code):
            for text in own_literals(argument(code, call.end(), call[1] == "Text")):
                yield path.relative_to(root).as_posix(), text
    for path in sorted((root / PAGES).glob("*.html")):
        for text in re.findall(r"\[\[(.*?)\]\]", path.read_text(), re.DOTALL):
            yield path.relative_to(root).as_posix(), text.replace("\n", " ")


def words_of_protos(root):
    """Gives values of enums as views write them: `TRIAL_SCHEDULED` is `trial scheduled`, and `OCJ` stays as it
    is, too."""
    for path in (root / "protos").rglob("*.proto"):
        for name, body in re.findall(r"^enum (\w+) {(.*?)^}", path.read_text(), re.DOTALL | re.MULTILINE):
            prefix = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper() + "_"
            for value in re.findall(r"^\s+([A-Z0-9_]+) = ", body, re.MULTILINE):
                word = value.removeprefix(prefix).replace("_", " ")
                yield from (word, word.lower())


def catalogue(root):
    """Gives (number of the line, fields) of each text."""
    for number, line in enumerate((root / CATALOGUE).read_text().splitlines(), 1):
        if line and not line.startswith("#"):
            yield number, line.split("\t")


def faults_of(english, french, mark):
    if not french.strip():
        yield "has no French"
    elif english == french and english not in SAME:
        yield "is the same in French"
    if english != french and english in SAME:
        yield "is in the list of those that are the same, and is not"
    if places(english) != places(french):
        yield "has other places in French"
    if PLURAL.search(english) and not any(each in english for each in NEVER_ONE):
        yield "counts what may be one: give Counted two texts"
    if mark not in MARKS:
        yield f"is marked neither {' nor '.join(MARKS)}"
    yield from typography_faults(french)
    # Pages take most texts as they are, some of them into an attribute.
    if re.search("[<>&]", english) or re.search('[<>&"]', french):
        yield "has a sign that means something else in HTML"


def breaches(root):
    known = set()
    for number, fields in catalogue(root):
        where = f"{CATALOGUE}:{number}"
        if len(fields) != 3:
            yield f"{where}: a line is English, French and a mark, with tabs between them"
            continue
        if fields[0] in known:
            yield f"{where}: {fields[0]} stands there twice"
        known.add(fields[0])
        for fault in faults_of(*fields):
            yield f"{where}: {fields[0]} {fault}"
    used = set()
    for where, text in said(root):
        used.add(text)
        if text not in known:
            yield f"{where}: {text} is not in {CATALOGUE}"
    if not used:
        yield f"{CODE}: nothing is said"
    for _, code in sources(root):
        used.update(literals_in(code))
    used.update(words_of_protos(root))
    for text in sorted(known - used):
        yield f"{CATALOGUE}: nobody says {text}"


PLANTED = {
    CATALOGUE: "# Comment.\nDates\tDates\tunreviewed\n{{count}} left\t{{count}} de reste\treviewed\n"
               "a long text\tun long texte\tunreviewed\nDAYS\tJOURS\tunreviewed\n"
               "day\tjour\tunreviewed\n"
               "in force\ten vigueur\tunreviewed\n",
    f"{CODE}/views/a.cc": 'Text("{{count}} left", {{"count", Counted(n, "day", "day")}}); Headings({"DAYS"});\n',
    f"{PAGES}/a.html": "<p>[[Dates]] [[a long\ntext]]</p>\n",
    "protos/a.proto": "enum State {\n  STATE_IN_FORCE = 1;\n}\n",
}


def self_check():
    page, code = f"{PAGES}/a.html", f"{CODE}/views/a.cc"
    planted.self_check(PLANTED, [
        (CATALOGUE, "\tJOURS\t", "\t\t", "has no French"),
        (CATALOGUE, "\tJOURS\t", "\tDAYS\t", "is the same in French"),
        (CATALOGUE, "\tDates\t", "\tDates autres\t", "and is not"),
        (CATALOGUE, "{{count}} de reste", "{{counts}} de reste", "other places"),
        (CATALOGUE, "{{count}} de reste", "de reste", "other places"),
        (CATALOGUE, "{{count}} left\t", "{{count}} hours\t", "counts what may be one"),
        (CATALOGUE, "\tJOURS\t", "\tJOURS : \t", "breaks the line at a colon"),
        (CATALOGUE, "\tJOURS\t", "\tJOURS & HEURES\t", "in HTML"),
        (CATALOGUE, "\tJOURS\t", '\t"JOURS"\t', "in HTML"),
        (CATALOGUE, "\tJOURS\t", "\tJOURS ?\t", "has a space before a semicolon"),
        (CATALOGUE, "\treviewed", "\tdone", "is marked neither"),
        (CATALOGUE, "\treviewed", "", "with tabs between them"),
        (CATALOGUE, "day\tjour", "DAYS\tjour", "stands there twice"),
        (CATALOGUE, "# Comment.", "spare\tde trop\tunreviewed", "nobody says spare"),
        (code, '"{{count}} left"', '"{{count}} right"', "{{count}} right is not in"),
        (code, '{"DAYS"}', '{"DAYS", "HOURS"}', "HOURS is not in"),
        (code, 'n, "day"', 'n, "night"', "night is not in"),
        (page, "[[Dates]]", "[[Times]]", "Times is not in"),
        (page, "a long\ntext", "a short\ntext", "a short text is not in"),
        ("protos/a.proto", "IN_FORCE", "ENDED", "nobody says in force"),
    ], breaches)


if __name__ == "__main__":
    ROOT = command_line.root(self_check)
    COUNTS = collections.Counter(fields[-1] for _, fields in catalogue(ROOT))
    print(f"texts: {COUNTS['reviewed']} reviewed, {COUNTS['unreviewed']} unreviewed")
    command_line.report(breaches(ROOT), "texts: no breach")
