#!/usr/bin/env python3
"""Names the lines of a change that no test runs.

usage: uncovered.py COVERAGE.json BASE   gcovr's JSON, and the commit that the change is compared with
       uncovered.py --self-check         on a change and a coverage of its own

A line that the compiler makes no code of counts neither way. The last line sums up. Nothing here is a failure: what a
change leaves out is for its reviewers to judge."""
import json
import re
import subprocess
import sys


def changed_lines(diff):
    """Gives the numbers of lines that a unified diff without context adds, by file."""
    changed, path = {}, None
    for line in diff.splitlines():
        if line.startswith("+++ "):
            path = line[6:] if line.startswith("+++ b/") else None
        elif path and (hunk := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line)):
            begin, count = int(hunk[1]), int(hunk[2] or 1)
            changed.setdefault(path, set()).update(range(begin, begin + count))
    return changed


def counts_of(coverage):
    """Says how often each line ran, by file and line."""
    return {each["file"]: {line["line_number"]: line["count"] for line in each["lines"]
                           if not line.get("gcovr/noncode")} for each in coverage["files"]}


def ranges(numbers):
    """Writes 3, 4, 5 and 9 as 3-5, 9."""
    runs = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "none"


def report(diff, coverage):
    counts = counts_of(coverage)
    every = [count for lines in counts.values() for count in lines.values()]
    ran, seen = 0, 0
    for path, numbers in sorted(changed_lines(diff).items()):
        code = numbers & counts.get(path, {}).keys()
        missed = {number for number in code if counts[path][number] == 0}
        seen, ran = seen + len(code), ran + len(code) - len(missed)
        if missed:
            yield f"{path}: {ranges(missed)}"
    yield (f"of {seen} changed lines with code {seen - ran} are never run; "
           f"of all {len(every)} lines {share(sum(count > 0 for count in every), len(every))} are run")


def self_check():
    diff = ("--- a/a.cc\n+++ b/a.cc\n@@ -1 +1,2 @@\n-x\n+y\n+z\n@@ -9,0 +11,3 @@ f()\n+p\n+q\n+r\n"
            "--- a/gone.cc\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-y\n--- a/b.cc\n+++ b/b.cc\n@@ -3 +2,0 @@\n-x\n")
    lines = [{"line_number": number, "count": count} for number, count in ((1, 4), (2, 0), (5, 0), (11, 0), (12, 0))]
    lines.append({"line_number": 13, "count": 0, "gcovr/noncode": True})
    coverage = {"files": [{"file": "a.cc", "lines": lines}, {"file": "b.cc", "lines": [{"line_number": 2, "count": 0}]}]}
    told = list(report(diff, coverage))
    expected = ["a.cc: 2, 11-12", "of 4 changed lines with code 3 are never run; of all 6 lines 16.7 % are run"]
    if told != expected:
        sys.exit(f"self-check: {told} instead of {expected}")
    print("self-check: it tells the lines that never ran, and no others")


def main():
    if sys.argv[1:] == ["--self-check"]:
        self_check()
        return
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    diff = subprocess.run(["git", "diff", "-U0", "--no-color", "--no-ext-diff", "--src-prefix=a/", "--dst-prefix=b/",
                           sys.argv[2], "--", "*.h", "*.cc"], check=True, capture_output=True, text=True).stdout
    with open(sys.argv[1], encoding="utf-8") as file:
        print("\n".join(report(diff, json.load(file))))


if __name__ == "__main__":
    main()
