#!/usr/bin/env python3
"""This checks what the pages, the prints and the command line keep of WCAG 2.1, levels A and AA, and
docs/conformance.md, which is made of tests/pages/conformance.tsv and of what the stage `pages` looks at.

Each of the fifty criteria has one row, with what shows it: a check of tests/pages/checks.mjs, a step of the script in
docs/accessibility.md, or a test. Each form of a page is known, and the page says whether a browser looks at it. No
source of accordctl writes colours.

usage: accessibility.py [ROOT]          one line for each breach
       accessibility.py --write         writes docs/conformance.md anew
       accessibility.py --self-check    every check must be able to fail"""
import re
import sys

import command_line
import planted

TABLE, CHECKS, SCRIPT = "tests/pages/conformance.tsv", "tests/pages/checks.mjs", "docs/accessibility.md"
STAGE, FORMS, PAGE = "tests/pages/pages_test.cc", "clients/accordctl/views/pages", "docs/conformance.md"
CODE = "clients/accordctl"
CRITERIA = """1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5
1.4.10 1.4.11 1.4.12 1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.5.1 2.5.2
2.5.3 2.5.4 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.3.1 3.3.2 3.3.3 3.3.4 4.1.1 4.1.2 4.1.3""".split()
VERDICTS = ("supports", "partly", "does not apply")
# People type this to get a page, by its form, and the stage opens these pages of it.
PAGES = {
    "agreements.html": ("`accordctl agreements --html`", ["agreements"]),
    "board.html": ("`accordctl board --html`", ["board"]),
    "catchments.html": ("`accordctl catchments --html`", ["catchments"]),
    "certificate.html": ("`accordctl print-certificate --html`", []),
    "claims.html": ("`accordctl claims --html`", ["claims"]),
    "continuity.html": ("`accordctl continuity open`", ["continuity", "training"]),
    "coverage.html": ("`accordctl coverage --html`", ["coverage"]),
    "dashboard.html": ("`accordctl dashboard --html`", ["dashboard"]),
    "envelope.html": ("`accordctl strategy envelope --html`", ["envelope"]),
    "orders.html": ("`accordctl orders --html`", ["orders"]),
    "printed.html": ("`accordctl referral print`, and the same of a protocol, an accused and a completion certificate",
                     ["referral", "protocol", "clock", "certificate"]),
    "report.html": ("a progress report", []),
    "strategy_board.html": ("`accordctl strategy board --html`", ["strategy"]),
}
# Somebody who hears the command line, enlarges it or reads it on a braille line depends on this.
COMMAND_LINE = [
    ("Output is plain text, line by line: no colours, and nothing that moves the cursor but progress on a terminal",
     ["Screened.CoversEverythingThatAStreamPrints", "Screened.ProgressStaysOnItsLine"]),
    ("What others wrote turns no direction of writing and hides nothing",
     ["Shown.MakesVisibleWhatWouldMoveTheCursorOrTurnTheText"]),
    ("Every state is a word", ["DashboardOutput.ThePageRunsNothingAndSaysEveryStateInWords"]),
    ("A table is also a list of records in JSON or YAML, or of names alone, one a line",
     ["Screened.JsonStaysTheSameJson"]),
    ("A refusal says its rule and what to do next", ["Output.ARefusalSaysItsRuleAndWhatToDoNext"]),
    ("The reader chooses English or French", ["InALanguage.ThePersonAtTheCommandLineReadsIt"]),
]
INTRO = """# What the pages and the command line keep of WCAG 2.1

`tests/policy/accessibility.py --write` makes this page of `tests/pages/conformance.tsv`, and a test fails when it is
stale. It is for whoever has to answer for accessibility before a pilot, in Ontario by the regulation O. Reg. 191/11
(from memory). It is no certificate: programs have looked, and no person who depends on a reader of the screen has
judged ([what is checked, and the script to walk](accessibility.md)). Where a row says so, nobody has walked its step.
"""


def rows(root):
    """(where, fields) of each row of the table."""
    for number, line in enumerate((root / TABLE).read_text().splitlines(), 1):
        if line and not line.startswith("#"):
            yield f"{TABLE}:{number}", line.split("\t")


def programs(root):
    """Gives the checks that a browser makes of each page."""
    text = (root / CHECKS).read_text()
    listed = re.search(r"export const checks = {([^}]*)}", text)
    return {each.strip() for each in listed[1].split(",")} | set(re.findall(r"export async function (\w+)", text))


def steps(root):
    """Says by number whether a person has still to walk a step of the script."""
    found = re.findall(r"^\| (\d+)\. .*\|([^|]*)\|$", (root / SCRIPT).read_text(), re.MULTILINE)
    return {number: "nobody" in walked for number, walked in found}


def tests(root):
    """Gives `Suite.Name` of every test in C++."""
    found = set()
    for folder in ("clients", "common", "services", "tests"):
        for path in (root / folder).rglob("*_test.cc"):
            named = re.findall(r"^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", path.read_text(), re.MULTILINE)
            found.update(".".join(each) for each in named)
    return found


def kept(root):
    """Gives the pages that the stage opens, by what their files are called."""
    return set(re.findall(r'keep\("(\w+)-', (root / STAGE).read_text()))


def proofs_of(field):
    return [each.strip() for each in field.split(",") if each.strip()]


def breaches(root):
    seen, known_programs, known_steps, known_tests = [], programs(root), steps(root), tests(root)
    for where, fields in rows(root):
        if len(fields) != 6:
            yield f"{where}: a row has six fields"
            continue
        number, _, _, verdict, how, proofs = fields
        seen.append(number)
        if verdict not in VERDICTS:
            yield f"{where}: {verdict} is no verdict"
        if not how:
            yield f"{where}: says nothing of how"
        if verdict != "does not apply" and not proofs_of(proofs):
            yield f"{where}: nothing shows it"
        for proof in proofs_of(proofs):
            step = re.fullmatch(r"step (\d+)", proof)
            if not (step and step[1] in known_steps or proof in known_programs or proof in known_tests):
                yield f"{where}: there is no {proof}"
    for number in CRITERIA:
        if seen.count(number) != 1:
            yield f"{TABLE}: {number} stands there {seen.count(number)} times"
    forms = {path.name for path in (root / FORMS).glob("*.html")} - {"page.html"}
    for form in sorted(forms ^ set(PAGES)):
        yield f"{FORMS}/{form}: tests/policy/accessibility.py and the folder differ in it"
    for form, (_, names) in PAGES.items():
        for name in names:
            if form in forms and name not in kept(root):
                yield f"{STAGE}: keeps no page {name}"
    for statement, proofs in COMMAND_LINE:
        for proof in proofs:
            if proof not in known_tests:
                yield f"tests/policy/accessibility.py: there is no test {proof} of: {statement}"
    for path in sorted((root / CODE).rglob("*.cc")):
        if not path.name.endswith("_test.cc") and re.search(r"\\(?:x1b|033|e)\[", path.read_text()):
            yield f"{path.relative_to(root)}: writes a colour or moves the cursor"


def made(root):
    """Gives the page."""
    waiting, lines = steps(root), [INTRO, "## The pages", "", "| Page | A browser looks at it |", "|---|---|"]
    for form, (typed, names) in sorted(PAGES.items()):
        looked = "yes" if names else "no: tests read it as text alone"
        lines.append(f"| {typed} (`{form}`) | {looked} |")
    lines += ["", "## The criteria", "", "| Criterion | Level | Verdict | How | Shown by |", "|---|---|---|---|---|"]
    for _, (number, level, name, verdict, how, proofs) in rows(root):
        named = [f"`{each}`" if not each.startswith("step ") else each for each in proofs_of(proofs)]
        unwalked = [each for each in proofs_of(proofs) if waiting.get(each.removeprefix("step "), False)]
        shown = ", ".join(named) + (f"; nobody has walked {' and '.join(unwalked)}" if unwalked else "")
        lines.append(f"| {number} {name} | {level} | {verdict} | {how} | {shown or '-'} |")
    lines += ["", "## The command line", "", "| What holds | Shown by |", "|---|---|"]
    lines += [f"| {statement} | {', '.join(f'`{each}`' for each in proofs)} |" for statement, proofs in COMMAND_LINE]
    return "\n".join(lines) + "\n"


def all_breaches(root):
    found = list(breaches(root))
    yield from found
    if not found and (root / PAGE).read_text() != made(root):
        yield f"{PAGE} is not as the table says: run tests/policy/accessibility.py --write"


def planted_tree():
    table = "".join(f"{number}\tA\tName\tsupports\tSo\taudit, step 1, A.B\n" for number in CRITERIA)
    named = sorted({proof for _, proofs in COMMAND_LINE for proof in proofs} | {"A.B"})
    tree = {
        TABLE: table,
        CHECKS: "export async function language() {}\nexport const checks = {audit, keys};\n",
        SCRIPT: "| Step | What | Walked |\n|---|---|---|\n| 1. Look | Seen | Program; nobody has listened |\n",
        STAGE: "".join(f'keep("{name}-few", Page());\n' for _, names in PAGES.values() for name in names),
        f"{CODE}/a.cc": 'Text("plain");\n',
        "common/a_test.cc": "".join("TEST(%s, %s) {}\n" % tuple(each.split(".")) for each in named),
    }
    tree.update({f"{FORMS}/{form}": "<p></p>\n" for form in PAGES})
    tree[PAGE] = planted.made_of(tree | {PAGE: ""}, made)
    return tree


def self_check():
    planted.self_check(planted_tree(), [
        (TABLE, "1.1.1\tA", "1.1.9\tA", "1.1.1 stands there 0 times"),
        (TABLE, "1.1.1\tA\tName\tsupports", "1.1.1\tA\tName\tperhaps", "is no verdict"),
        (TABLE, "1.1.1\tA\tName\tsupports\tSo\t", "1.1.1\tA\tName\tsupports\t\t", "says nothing of how"),
        (TABLE, "1.1.1\tA\tName\tsupports\tSo\taudit, step 1, A.B", "1.1.1\tA\tName\tsupports\tSo\t",
         "nothing shows it"),
        (TABLE, "1.1.1\tA\tName\tsupports\tSo\taudit", "1.1.1\tA\tName\tsupports\tSo\tguess", "there is no guess"),
        (TABLE, "1.1.1\tA\tName\tsupports\tSo", "1.1.1\tA\tName\tsupports", "has six fields"),
        (SCRIPT, "| 1. Look", "| 2. Look", "there is no step 1"),
        (STAGE, 'keep("board-few"', 'show("board-few"', "keeps no page board"),
        ("common/a_test.cc", "TEST(A, B)", "TEST(A, C)", "there is no A.B"),
        ("common/a_test.cc", "TEST(Screened,", "TEST(Veiled,", "there is no test Screened."),
        (f"{CODE}/a.cc", '"plain"', '"\\x1b[31mred"', "writes a colour"),
        (PAGE, "| 1.1.1 Name |", "| 1.1.1 Other |", "is not as the table says"),
    ], all_breaches)
    tree = planted_tree() | {f"{FORMS}/new.html": "<p></p>\n"}
    if not any("new.html" in each for each in planted.made_of(tree, lambda root: list(breaches(root)))):
        sys.exit("self-check: a form that nobody knows is not told")


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        (command_line.TREE / PAGE).write_text(made(command_line.TREE))
        sys.exit()
    ROOT = command_line.root(self_check)
    command_line.report(all_breaches(ROOT), "accessibility: no breach")
