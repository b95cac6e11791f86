#!/usr/bin/env python3
"""This checks the catalogue of rules, common/base/rules.textproto, and what is made of it: common/base/rules.h and
rules.cc, which the code refuses by, docs/errors.md, which callers read, and clients/python/accord_rules.py,
clients/node/src/rules.mjs, clients/java/src/main/java/example/accord/client/Rule.java and
clients/cpp/accord/client/rules.h and rules.cc, which their programs import.

A rule has one status code, and texts in English and French that differ and have the same placeholders. The code refuses
by every rule of the catalogue, as rules::kNotFound or from a rule set's refusal_rule, and never by a rule's bare name.

usage: rules_catalogue.py [ROOT]          one line for each breach, or how many texts are reviewed
       rules_catalogue.py --write         writes the eight files anew
       rules_catalogue.py --self-check    every check must be able to fail"""
import re
import sys

import command_line
import planted
from french import typography_faults
from rules_written import WRITTEN, constant_of

CATALOGUE = "common/base/rules.textproto"
LANGUAGES = ("en", "fr")
PARTS = ("meaning", "action")
CODES = {"INVALID_ARGUMENT", "FAILED_PRECONDITION", "PERMISSION_DENIED", "UNAUTHENTICATED", "NOT_FOUND", "ALREADY_EXISTS",
         "ABORTED", "OUT_OF_RANGE", "RESOURCE_EXHAUSTED", "UNAVAILABLE", "UNIMPLEMENTED", "DEADLINE_EXCEEDED", "DATA_LOSS",
         "INTERNAL"}
# The same call never succeeds later by itself where the caller, the request or what is stored is at fault.
PASSING = {"RESOURCE_EXHAUSTED", "UNAVAILABLE", "DEADLINE_EXCEEDED"}
STRING = re.compile(r'(\w+): "([^"\\]*)"$')
WORD = re.compile(r"(\w+): (\w+)$")
FOLDERS = ("services", "common", "clients")
BARE = re.compile(r'\b(?:Refuse|RefuseField)\(\s*(?:absl::StatusCode::|StatusCode::)?(?:k\w+,\s*)?"')


def read(text):
    """Gives the rules of the catalogue, each a dict; what is not in the one form that it has becomes a fault."""
    rules, faults, open_blocks = [], [], []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line == "rules {" and not open_blocks:
            rules.append({"line": number, **{language: {} for language in LANGUAGES}})
            open_blocks.append(rules[-1])
        elif line.endswith(" {") and line[:-2] in LANGUAGES and len(open_blocks) == 1:
            open_blocks.append(rules[-1][line[:-2]])
        elif line == "}" and open_blocks:
            open_blocks.pop()
        elif open_blocks and (field := STRING.match(line) or WORD.match(line)) and field[1] not in open_blocks[-1]:
            open_blocks[-1][field[1]] = field[2]
        else:
            faults.append(f"{CATALOGUE}:{number}: this is no line of a catalogue: {line}")
    return rules, faults


def rule_breaches(rule):
    """Gives what is wrong with one rule."""
    where = f"{CATALOGUE}:{rule['line']}: {rule.get('reason', 'a rule')}"
    if not re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", rule.get("reason", "")):
        yield f"{where} has no reason in upper case"
    if rule.get("code") not in CODES:
        yield f"{where} has no status code that refuses: {rule.get('code')}"
    if rule.get("retry") not in ("true", "false"):
        yield f"{where} does not say whether to retry"
    if rule.get("retry") == "true" and rule.get("code") not in PASSING:
        yield f"{where} is retried though {rule.get('code')} does not pass by itself"
    for language in LANGUAGES:
        if rule[language].get("reviewed") not in ("true", "false"):
            yield f"{where} does not say whether its text in {language} is reviewed"
        for part in PARTS:
            text = rule[language].get(part, "")
            if not text:
                yield f"{where} has no {part} in {language}"
            elif not text.endswith(".") or not text[0].isupper():
                yield f"{where}: the {part} in {language} is no sentence: {text}"
    for part in PARTS:
        english, french = (rule[language].get(part, "") for language in LANGUAGES)
        if english and english == french:
            yield f"{where}: the {part} in fr equals that in en"
        if sorted(re.findall(r"\{\w*\}", english)) != sorted(re.findall(r"\{\w*\}", french)):
            yield f"{where}: the {part} in fr has other placeholders than that in en"
        for fault in typography_faults(french):
            yield f"{where}: the {part} {fault}"


def code_of(root):
    """Gives the text of each file of C++ code that is no test, by its path, and of each rule set."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if name in WRITTEN or not path.is_file():
                continue
            if path.suffix in (".cc", ".h") or (path.suffix == ".textproto" and name != CATALOGUE):
                yield name, path.read_text()


def use_breaches(root, rules):
    """Gives rules that nothing refuses by, and refusals by no rule of the catalogue."""
    known = {rule["reason"]: constant_of(rule["reason"]) for rule in rules if "reason" in rule}
    constants, used = {constant: reason for reason, constant in known.items()}, set()
    for name, text in code_of(root):
        for bare in BARE.finditer(text):
            yield f"{name}:{text[:bare.start()].count(chr(10)) + 1}: a refusal by a name and not by a rule: {bare[0]}"
        for constant in re.findall(r"\brules::(k[A-Z]\w*)", text):
            if constant not in constants:
                yield f"{name}: {constant} is no rule of the catalogue"
            elif "_test." not in name:
                used.add(constants[constant])
        for reason in re.findall(r'\brefusal_rule: "(\w*)"', text):
            if reason not in known:
                yield f"{name}: {reason} is no rule of the catalogue"
            used.add(reason)
    for reason in known:
        if reason not in used:
            yield f"{CATALOGUE}: nothing refuses by {reason}"


def breaches(root):
    rules, faults = read((root / CATALOGUE).read_text())
    yield from faults
    reasons = [rule.get("reason", "") for rule in rules]
    if not reasons:
        yield f"{CATALOGUE}: there is no rule"
    for before, after in zip(reasons, reasons[1:]):
        if before >= after:
            yield f"{CATALOGUE}: {after} stands after {before}: each rule stands once, by name"
    found = [each for rule in rules for each in rule_breaches(rule)]
    yield from found
    yield from use_breaches(root, rules)
    if faults or found:
        return
    for name, written in WRITTEN.items():
        path = root / name
        if not path.exists() or path.read_text() != written(rules):
            yield f"{name} is not as {CATALOGUE} says: run tests/policy/rules_catalogue.py --write"


def counts(root):
    rules, _ = read((root / CATALOGUE).read_text())
    texts = []
    for language in LANGUAGES:
        reviewed = sum(rule[language]["reviewed"] == "true" for rule in rules)
        texts.append(f"{language} {reviewed} reviewed and {len(rules) - reviewed} unreviewed")
    return f"rules: {len(rules)}; texts: {', '.join(texts)}"


RULE = """rules {
  reason: "BUSY"
  code: UNAVAILABLE
  retry: true
  en {
    meaning: "The {service} is busy."
    action: "Try again."
    reviewed: false
  }
  fr {
    meaning: "Le {service} est occupé."
    action: "Réessayez."
    reviewed: true
  }
}
"""


def self_check():
    rules = RULE + RULE.replace("BUSY", "TAKEN")
    tree = {CATALOGUE: rules, "services/a/a.cc": "return Refuse(rules::kBusy, Text());\n",
            "services/a/data/rules.textproto": 'offences { refusal_rule: "TAKEN" }\n'}
    tree.update({name: written(read(rules)[0]) for name, written in WRITTEN.items()})
    faults = [(CATALOGUE, *fault) for fault in [
        ("  retry: true\n", "  retry\n", "no line of a catalogue"),
        ('"BUSY"', '"Busy"', "no reason in upper case"),
        ("UNAVAILABLE", "UNKNOWN", "no status code that refuses"),
        ("retry: true", "retry: perhaps", "does not say whether to retry"),
        ("UNAVAILABLE", "NOT_FOUND", "is retried though"),
        ("reviewed: false", "reviewed: soon", "whether its text in en is reviewed"),
        ('    meaning: "Le {service} est occupé."\n', "", "has no meaning in fr"),
        ('"Réessayez."', '"Réessayez"', "is no sentence"),
        ('"Réessayez."', '"Try again."', "equals that in en"),
        ("Le {service}", "Le {serveur}", "other placeholders"),
        ('"Réessayez."', '"Réessayez : plus tard."', "breaks the line at a colon"),
        ('"Réessayez."', '"Réessayez !."', "has a space before a semicolon"),
        ('"BUSY"', '"TAKEN"', "each rule stands once, by name"),
        ('"Réessayez."', '"Essayez de nouveau."', "rules.cc is not as"),
        ("UNAVAILABLE", "DEADLINE_EXCEEDED", "errors.md is not as"),
        ('"BUSY"', '"BUSIER"', "rules.h is not as"),
        (rules, "", "there is no rule")]]
    code = "services/a/a.cc"
    faults += [(code, "rules::kBusy", '"BUSY"', "by a name and not by a rule"),
               (code, "rules::kBusy", 'absl::StatusCode::kNotFound, "BUSY"', "by a name and not by a rule"),
               (code, "rules::kBusy", "rules::kBusier", "kBusier is no rule"),
               (code, "rules::kBusy", "busy", "nothing refuses by BUSY"),
               ("services/a/data/rules.textproto", "TAKEN", "GONE", "GONE is no rule")]
    planted.self_check(tree, faults, breaches)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        ROOT = command_line.TREE
        for NAME, TEXT_OF in WRITTEN.items():
            (ROOT / NAME).write_text(TEXT_OF(read((ROOT / CATALOGUE).read_text())[0]))
    else:
        ROOT = command_line.root(self_check)
    FOUND = list(breaches(ROOT))
    command_line.report(FOUND, "" if FOUND else counts(ROOT))
