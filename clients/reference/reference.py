#!/usr/bin/python3
"""This program makes the reference of the API from the protos, the catalogue of rules and the pages of docs/api.

usage: reference.py OUT         writes pages of Markdown and index.html into the folder OUT
       reference.py --check     only says whether they can be made, and whether everything has a text

Every RPC, message, field, enum and value of all protos has a text, every link leads to a heading, and what the pages
of docs/api say of rules and budgets is as the catalogue and docs/budgets.md have it. It needs python3-protobuf and
protoc."""
import pathlib
import re
import sys

from contract import ROOT, Contract, Refused, descriptor_set, files_of, shipped
from html_page import html_of
from pages import Pages, broken_links, slug_of
from refusals import Refusals

# These are the handwritten pages, in the order of the reference.
WRITTEN = {"connect": "docs/api/connect.md", "versions": "docs/api/versions.md", "errors": "docs/errors.md"}
BUDGETS = "docs/budgets.md"


def version_of(root=ROOT):
    return re.search(r"^project\(accord VERSION ([\d.]+)", (root / "CMakeLists.txt").read_text(), flags=re.M)[1]


def fact_breaches(name, text, rules, budgets):
    """This compares what the handwritten pages say about rules and budgets with the catalogue and the
    page of budgets."""
    for field, number in re.findall(r"^\| `(\w+\.\w+)` \| ([\d,]+) \|", text, flags=re.M):
        if budgets.get(field) != number.replace(",", ""):
            yield f"{name}: {field} is {budgets.get(field, 'no budget')} and not {number}"
    for word in re.findall(r"`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`", text):
        if word not in rules and word not in {rule["code"] for rule in rules.values()}:
            yield f"{name}: {word} is no rule of the catalogue"


def budgets_of(root):
    return dict(re.findall(r"^\| `(\w+\.\w+)` \| [^|]+ \| (\d+) \|", (root / BUDGETS).read_text(), flags=re.M))


def texts_of(contract, root=ROOT):
    """This gives all pages by name; raises Refused if one cannot be made as it should be."""
    refusals = Refusals(contract, root)
    texts = Pages(contract, refusals).texts
    found = []
    for name, path in WRITTEN.items():
        texts[name] = (root / path).read_text().replace("](../errors.md", "](errors.md")
        if name != "errors":
            found += fact_breaches(path, texts[name], refusals.catalogue.rules, budgets_of(root))
    found += broken_links(texts)
    if found:
        raise Refused("\n".join(found))
    return texts


def ordered(texts):
    first = ["index", *WRITTEN]
    return first + sorted(name for name in texts if name not in first)


def made(root=ROOT):
    """This gives the pages and the page of HTML by file name."""
    protos = root / "protos"
    untold = list(Contract(descriptor_set(protos, files_of(protos))).untold())
    if untold:
        raise Refused("\n".join(untold))
    texts = texts_of(Contract(descriptor_set(protos, shipped(protos))), root)
    files = {f"{name}.md": text.rstrip("\n") + "\n" for name, text in texts.items()}
    files["index.html"] = html_of(texts, ordered(texts), slug_of, version_of(root))
    return files


def main(arguments):
    if len(arguments) != 1 or (arguments[0].startswith("-") and arguments[0] != "--check"):
        sys.exit(__doc__)
    try:
        files = made()
    except Refused as refused:
        sys.exit(str(refused))
    if arguments[0] != "--check":
        out = pathlib.Path(arguments[0])
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (out / name).write_text(text)
    print(f"reference: {len(files) - 1} pages, and one of HTML with {len(files['index.html']):,} characters")


if __name__ == "__main__":
    main(sys.argv[1:])
