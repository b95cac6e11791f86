#!/usr/bin/env python3
"""A block of whole-line comments in the C++ code is prose: it begins with a capital letter, a number or a piece of
code, ends as a sentence does, and has at least three words. No block ends in a line of one word. What it means is for a
reviewer to judge.

Directives of tools, licence lines, the names that close a namespace, references to a section and comments at the end
of a line of code are left alone.

usage: prose.py [ROOT]          one line for each breach
       prose.py --self-check    every check must be able to fail"""
import re

import command_line
import planted

FOLDERS = ("common", "services", "clients", "tests")
DIRECTIVE = re.compile(r"(SPDX-|NOLINT|clang-format |namespace\b|end namespace\b)")
# This is a section of docs/domain.md, or of a statute, cited at the head of its rows.
REFERENCE = re.compile(r"(s\. )?\d+(\.\d+)*\b")
# The text has a capital, a digit, a quotation or a sign in its first word, or begins with a path, a call, a snake_case
# name or a program.
BEGIN = re.compile(
    r"[A-Z0-9`\"'(<{=\-*/.#]|[\w-]*[A-Z0-9_/(.:=^*+]|"
    r"(accord|accordctl|gRPC|google|nullopt|nullptr|true|false)\b"
)
END = re.compile(r"[.!?:][)\"'`\]]*$")


def blocks_of(text):
    """Gives (number of the first line, lines) of each block of whole-line comments."""
    start, lines = 0, []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        line = line.strip()
        if line.startswith("//"):
            start = start or number
            lines.append(line[2:].strip())
        elif start:
            yield start, lines
            start, lines = 0, []


def without_usage(lines, program):
    """Gives the lines before the one that shows how the program of this file is started."""
    for index, line in enumerate(lines):
        if index and re.match(rf"{re.escape(program)} [A-Z\[<-]", line):
            return lines[:index]
    return lines


def faults_of(comment):
    if DIRECTIVE.match(comment) or REFERENCE.match(comment):
        return
    if not BEGIN.match(comment):
        yield "begins with neither a capital letter, a number nor code"
    if not END.search(comment):
        yield "does not end as a sentence does"
    if len(comment.split()) < 3:
        yield "has fewer than three words"


def breaches(root):
    found = 0
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".cc"):
                continue
            where = path.relative_to(root).as_posix()
            for number, lines in blocks_of(path.read_text()):
                found += 1
                prose = without_usage(lines, path.stem)
                comment = " ".join(prose).strip()
                if len(prose) > 1 and len(prose[-1].split()) == 1 and not DIRECTIVE.match(prose[-1]):
                    yield f"{where}:{number}: the comment ends in a line of one word: {prose[-1]}"
                for fault in faults_of(comment):
                    yield f"{where}:{number}: the comment {fault}: {comment}"
    if not found:
        yield f"{', '.join(FOLDERS)}: no comment is there"


PLANTED = {
    "common/a/main.cc": """// Prints what it keeps.
// main [--json FILE]
""",
    "common/a/a.h": """// Keeps what is tested.
#ifndef ACCORD_A_A_H_
#define ACCORD_A_A_H_

namespace accord {

// SPDX-License-Identifier: MIT

// `text` is what is kept,
// and may be empty.
void Keep(int text);  // at the end of a line
// NOLINTNEXTLINE(google-explicit-constructor)
// 4.1: advice

}  // namespace accord

#endif  // ACCORD_A_A_H_
"""
}


def self_check():
    path = "common/a/a.h"
    planted.self_check(PLANTED, [
        (path, "Keeps what is tested.", "keeps what is tested.", "begins with neither"),
        (path, "Keeps what is tested.", "Keeps what is tested", "does not end as"),
        (path, "and may be empty.", "and may be empty", "does not end as"),
        (path, "// and may be empty.", "// and may be\n// empty.", "line of one word"),
        (path, "Keeps what is tested.", "Its owner.", "fewer than three words"),
        ("common/a/main.cc", "Prints what it keeps.", "Prints what it keeps", "does not end as"),
    ], breaches)


if __name__ == "__main__":
    command_line.report(breaches(command_line.root(self_check)), "prose: no breach")
