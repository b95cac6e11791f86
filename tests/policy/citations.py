#!/usr/bin/env python3
"""What comments, pages and READMEs cite exists.

A citation is one of these, anywhere in a text file of the repository:
  docs/operate.md#rotate            a page, and a heading of it as GitHub makes an anchor of it
  docs/operate.md, "Rotate"         the same by the heading's words; also "Rotate" in docs/operate.md, and in
                                    CHANGELOG.md and the other pages of the root
  docs/domain.md 2.4 and 2.5        a page, and its numbered sections
  domain 2.4                        the same of docs/domain.md
  domain 2.4, rule 5                a numbered rule of that section
  [text](page.md#anchor)            a link of a page, from the page's own folder
  `common/host/calls/handlers.h`          a file or folder from the root; in comments also without the marks
  --- a/common/host/calls/handlers.h      the same in a diff that a page shows, and a line of it that stays
  ./accord bench gateway            a command of the script, and in marks a benchmark of tests/bench
  accordctl referral list           on pages, in marks or as an example: a noun, a verb or a command of its own
The index of docs/decisions names every page there, docs/domain.md cites each of its sources, and CHANGELOG.md has a row
for each breaking step of a schema.

usage: citations.py [ROOT]          one line for each breach
       citations.py --rows          rows to paste for the decisions that the index lacks
       citations.py --self-check    every check must be able to fail"""
import glob
import pathlib
import re
import sys

import citations_planted
import command_line
import planted
from citations_text import anchors_of, headings_of, prose_of, rules_of, sections_of, texts_of

TOP = "clients|cmake|common|docs|k8s|protos|services|tests"
DECISIONS = "docs/decisions"
DOMAIN = "docs/domain.md"
PAGE = r"(?<![\w/])(?:docs/[\w./-]+|[A-Z]{4,})\.md"
NUMBERS = r"\d+(?:\.\d+)*(?:(?:, and |, | and )\d+(?:\.\d+)*\b)*"


def page_breaches(texts):
    """Checks pages, their anchors, headings and sections, wherever they are cited."""
    for name, text in texts.items():
        whole = re.sub(r"\s*\n\s*(?://|#)*\s*", " ", text)
        for page, anchor in re.findall(r"\b(docs/[\w./-]+\.md)(?:#([\w-]+))?", text):
            if page not in texts:
                yield f"{name}: there is no {page}"
            elif anchor and anchor not in anchors_of(texts[page]):
                yield f"{name}: {page} has no heading for #{anchor}"
        cited = re.findall(rf"({PAGE}|\bREADME)[`)]?, \\?\"([^\"\\]+)\\?\"", whole)
        cited += [(page, words) for words, page in
                  re.findall(rf"\\?\"([^\"\\]+)\\?\" (?:in|of) `?({PAGE})", whole)]
        for page, words in cited:
            page = "README.md" if page == "README" else page
            if page in texts and words not in headings_of(texts[page]):
                yield f"{name}: {page} has no heading \"{words}\""


def section_breaches(texts):
    """Checks numbered sections of pages, and the numbered rules of a section."""
    for name, text in texts.items():
        prose = prose_of(name, text)
        cited = re.findall(rf"\b(docs/[\w./-]+\.md),? (?:sections? )?({NUMBERS})\b(?!-)", prose)
        cited += [(DOMAIN, numbers) for numbers in re.findall(rf"\b[Dd]omain (?:sections? )?({NUMBERS})\b", prose)]
        for page, numbers in cited:
            for number in re.findall(r"[\d.]+\d|\d", numbers):
                if number not in sections_of(texts.get(page, "")):
                    yield f"{name}: {page} has no section {number}"
        for number, rules in re.findall(rf"\b[Dd]omain(?:\.md)?,? ([\d.]+\d), rules? ({NUMBERS})", prose):
            for rule in re.findall(r"\d+", rules):
                if rule not in rules_of(texts.get(DOMAIN, ""), number):
                    yield f"{name}: {DOMAIN} {number} has no rule {rule}"


def bare_page_breaches(texts):
    """Checks pages that are named without their folder: beside the citing file, at the root or in docs."""
    for name, text in texts.items():
        folder = pathlib.PurePosixPath(name).parent
        for page in re.findall(r"(?<![\w./*<>{}-])(?!YYYY)([\w-]+\.md)\b", prose_of(name, text)):
            if not {page, f"docs/{page}", (folder / page).as_posix()} & texts.keys():
                yield f"{name}: there is no {page}"


def expanded(path):
    """Gives `a/{b,c}.h` as a/b.h and a/c.h."""
    braces = re.search(r"\{([\w./,-]+)\}", path)
    if not braces:
        return [path]
    return [each for part in braces[1].split(",")
            for each in expanded(path[:braces.start()] + part + path[braces.end():])]


def path_breaches(root, texts):
    """Checks files and folders from the root, in marks on pages, and in comments."""
    for name, text in texts.items():
        if name.endswith(".md"):
            paths = re.findall(rf"`((?:\./)?(?:{TOP})/[^`\s]*)`", text)
            for diff in re.findall(r"^```diff\n(.*?)^```", text, flags=re.M | re.S):
                paths += re.findall(rf"^(?:--- a/| )((?:{TOP})/\S+)", diff, flags=re.M)
        else:
            paths = re.findall(rf"(?<![\w/.-])((?:{TOP})/[\w./{{}},*-]+\.\w+)", prose_of(name, text))
        for path in paths:
            # A placeholder is no name.
            if re.search(r"[<>$#]|\b[A-Z]{3,}\b(?!\.md)|\.\.\.", path):
                continue
            for each in expanded(path.removeprefix("./").rstrip(".,:;)/")):
                if not glob.glob(str(root / each)):
                    yield f"{name}: there is no {each}"


def command_breaches(root, texts):
    """Checks commands of ./accord, and what it benches."""
    script = re.search(r"^  ([a-z|]+)\) \"cmd_", texts.get("accord", ""), flags=re.M)
    commands = set(script[1].split("|")) if script else set()
    for name, text in texts.items():
        for command in re.findall(r"\./accord ([a-z]+)\b", prose_of(name, text)):
            if command not in commands:
                yield f"{name}: ./accord has no command {command}"
        for bench in re.findall(r"`\./accord bench ([a-z]+)", prose_of(name, text)):
            if not (root / "tests/bench" / bench).exists():
                yield f"{name}: there is no benchmark {bench}"


def kebab(words):
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", words).lower()


def accordctl_breaches(texts):
    """Checks commands of accordctl in marks or examples of pages, which are its own, or a noun or a verb of the protos;
    and their options, which are its own, or fields of the protos."""
    words, options = set(), {"help"}
    for name, text in texts.items():
        if name.startswith("clients/accordctl/") and name.endswith(".cc"):
            words |= set(re.findall(r"(?:AddCommand\(\s*\w+, session,|add_subcommand\()\s*\"([\w-]+)\"", text))
            options |= set(re.findall(r"\"(?:-\w,)?--([\w-]+)", text))
        if name.endswith(".proto"):
            words |= {kebab(each) for each in re.findall(r"(?:singular|plural): \"(\w+)\"", text)}
            options |= {kebab(each) for each in re.findall(r" (\w+) = \d+[; ]", text)}
            for verb, rest in re.findall(r"^ *rpc ([A-Z][a-z]+)(\w*)\(", text, flags=re.M):
                words |= {kebab(verb), kebab(rest)}
    for name, text in texts.items():
        examples = re.findall(r"^    .*|`[^`]+`", text, flags=re.M) if name.endswith(".md") else []
        for line in (each for each in examples if "accordctl " in each):
            for word in re.findall(r"\baccordctl ([a-z][\w-]*)", line):
                if word not in words:
                    yield f"{name}: accordctl has no command {word}"
            for option in re.findall(r" --([a-z][\w-]*)", line):
                if option not in options:
                    yield f"{name}: accordctl has no option --{option}"


def link_breaches(root, texts):
    for name, text in texts.items():
        if not name.endswith(".md"):
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"\w+:", target):
                continue
            path, _, anchor = target.partition("#")
            page = (root / name).parent / path if path else root / name
            if not page.exists():
                yield f"{name}: the link to {target} leads nowhere"
            elif anchor and anchor not in anchors_of(page.read_text()):
                yield f"{name}: {target} has no such heading"


def index_breaches(root, texts):
    """Every decision is in the index once, and its heading is its day and its title there."""
    rows = re.findall(r"^\| (\d{4}-\d\d-\d\d) \| \[([^\]]+)\]\(([\w.-]+\.md)\)",
                      texts.get(f"{DECISIONS}/README.md", ""), flags=re.M)
    for page in sorted((root / DECISIONS).glob("*.md")):
        if page.name in ("README.md", "template.md"):
            continue
        where = f"{DECISIONS}/{page.name}"
        if not re.match(r"\d{4}-\d\d-\d\d-[a-z0-9-]+\.md$", page.name):
            yield f"{where}: a decision is named by its day and a few words"
        own = [(day, title) for day, title, name in rows if name == page.name]
        if len(own) != 1:
            yield f"{where}: the index names it {len(own)} times"
        elif own[0][0] != page.name[:10]:
            yield f"{where}: the index gives another day"
        elif page.read_text().split("\n")[0].lower() != f"# {own[0][0]}: {own[0][1]}".lower():
            yield f"{where}: its heading is not its day and its title in the index"


def print_rows(root):
    index = (root / DECISIONS / "README.md").read_text()
    for page in sorted((root / DECISIONS).glob("2*.md")):
        if f"({page.name})" not in index:
            title = re.sub(r"^# (?:[\d-]+: )?", "", page.read_text().splitlines()[0])
            print(f"| {page.name[:10]} | [{title[:1].upper()}{title[1:]}]({page.name}) | what it settles. |")


def source_breaches(texts):
    """`[S1]` in the page of the field is a row of its table of sources, and each row is cited."""
    text = texts.get(DOMAIN, "")
    rows = set(re.findall(r"^\| (S\d+) \|", text, flags=re.M))
    body = " ".join(re.sub(r"^\| S\d+ \|.*$", "", text, flags=re.M).split())
    cited = {key for keys in re.findall(r"\[(S\d+(?:, S\d+)*)\]", body) for key in keys.split(", ")}
    for key in sorted(cited - rows):
        yield f"{DOMAIN}: there is no source {key}"
    for key in sorted(rows - cited):
        yield f"{DOMAIN}: nothing cites source {key}"


def step_breaches(texts):
    """Every breaking step of a schema has its row in the page of changes, and each row is such a step."""
    steps = {str(int(re.match(r"\d+", name.rpartition("/")[2])[0])) for name, text in texts.items()
             if "/migrations/" in name and "-- older versions cannot run: yes\n" in text}
    rows = set(re.findall(r"^\| [^|]+ \| (\d+), ", texts.get("CHANGELOG.md", ""), flags=re.M))
    for number in sorted(steps - rows):
        yield f"CHANGELOG.md: the breaking step {number} has no row"
    for number in sorted(rows - steps):
        yield f"CHANGELOG.md: no step {number} is marked breaking"


def breaches(root):
    texts = texts_of(root)
    yield from page_breaches(texts)
    yield from section_breaches(texts)
    yield from bare_page_breaches(texts)
    yield from path_breaches(root, texts)
    yield from command_breaches(root, texts)
    yield from accordctl_breaches(texts)
    yield from link_breaches(root, texts)
    yield from index_breaches(root, texts)
    yield from source_breaches(texts)
    yield from step_breaches(texts)


def self_check():
    planted.self_check(citations_planted.PLANTED, citations_planted.FAULTS, breaches)


if __name__ == "__main__":
    if sys.argv[1:] == ["--rows"]:
        print_rows(command_line.TREE)
        sys.exit()
    command_line.report(breaches(command_line.root(self_check)), "what is cited exists")
