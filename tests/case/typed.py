#!/usr/bin/env python3
"""Types every command that the README and the pages of docs show, and looks at what comes of it.

Each line is typed as it stands, without the explanation behind two blanks, by the person whom typed_table.py names, in
a folder that was empty at first, against the running system that the case has populated. A line of a page that the
table does not have fails, and so does an entry of the table whose line no page has.
"""
import argparse
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from typed_system import ROOT, System, Wrong, fill, filled_in, require
from typed_table import LINES


def pages():
    """Gives the pages that users and operators read, by their paths."""
    found = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "docs").glob("*.md"))
    # Its commands are for an installation of its own, in which tests/commands/training.sh types them.
    found.remove("docs/training.md")
    return ["README.md", *found]


def shown(page):
    """Gives the commands of a page, each with the number of its line, without the explanation behind two blanks."""
    found, lines = {}, iter(enumerate((ROOT / page).read_text().splitlines(), 1))
    for number, line in lines:
        begins = re.match(r"\s*(?:\$ )?(accordctl(?: .*)?)$", line)
        if not begins:
            continue
        text = begins[1]
        while text.endswith("\\"):
            text = f"{text[:-1].strip()} {next(lines)[1].strip()}"
        found[page, re.split(r"\s{2,}", text)[0]] = number
    return found


def uncovered(places):
    """Gives the lines of the pages that the table lacks, and the lines of the table that the pages lack."""
    known = {(line.page, line.text) for line in LINES}
    return [f"{page}:{number}: no entry of tests/case/typed_table.py types this: {text}"
            for (page, text), number in places.items() if (page, text) not in known] + \
           [f"{page} has no line any more for the entry of tests/case/typed_table.py: {text}"
            for page, text in known if (page, text) not in places]


def tell(place, typed, seen):
    """Prints one line of the list."""
    print(f"    {place:<20} {typed}  | {' '.join(seen.split())[:100]}", flush=True)


def try_line(system, line):
    """Types one line, and answers with what was typed and with what was seen of its work."""
    if line.before:
        line.before(system)
    typed = filled_in(line, system.names)
    said = system.type(line, typed)
    require(said.returncode == 0, f"exit code {said.returncode}: {said.stdout[-1500:]}{said.stderr[-1500:]}")
    return typed, line.seen(system, said)


def type_all(system, places):
    """Types the lines in the order of the table, and answers with how many failed."""
    failed = 0
    for line in LINES:
        place = f"{line.page}:{places.get((line.page, line.text), '-')}"
        try:
            typed, seen = try_line(system, line)
            tell(place, typed.replace(f"{system.folder}/", ""), seen)
        except (Wrong, subprocess.TimeoutExpired) as fault:
            failed += 1
            print(f"    {place:<20} {line.text}  FAILED, typed by {line.person}: {fault}", flush=True)
    return failed


def listing(places):
    """Prints who types what."""
    for line in LINES:
        put = "".join(f"; {word} is {value}" for word, value in line.put.items())
        print(f"{line.page}:{places.get((line.page, line.text), '-')}: {line.text}\n    by {line.person}{put}")


def main():
    """Reads the line of the command, and answers with 0 if every command of every page did its work."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--bin", help="the folder with accordctl")
    parser.add_argument("--dir", help="the folder of the system, which `accord run` made and its case has populated")
    parser.add_argument("--list", action="store_true", help="only say what is typed, and by whom")
    parser.add_argument("--fill", nargs=2, metavar=("ANSWERS", "FILE"), help="fill in a template, as an editor")
    options = parser.parse_args()
    if options.fill:
        answers, file = map(Path, options.fill)
        file.write_text(fill(file.read_text(), json.loads(answers.read_text())))
        return 0
    places = {key: number for page in pages() for key, number in shown(page).items()}
    failed, faults = 0, uncovered(places)
    if options.list:
        listing(places)
    elif not (options.bin and options.dir):
        parser.error("--bin and --dir say which system, or --list")
    else:
        # A shell that runs this in the background ignores an interrupt, and a watch would inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        begin = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="typed-", dir=options.dir) as work:
            failed = type_all(System(options.bin, options.dir, work), places)
        print(f"    {len(LINES)} lines of {len({line.page for line in LINES})} pages were typed in "
              f"{time.monotonic() - begin:.0f} s; {failed} failed")
    for fault in faults:
        print(f"    {fault}", file=sys.stderr)
    return 1 if failed or faults else 0


if __name__ == "__main__":
    sys.exit(main())
