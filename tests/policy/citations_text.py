"""This reads what the repository's text files say: their prose, and the headings, sections and rules of pages."""
import os
import pathlib
import re

SKIPPED = {".git", ".accord", "build", "node_modules", "corpus", "__pycache__"}
SUFFIXES = {".md", ".h", ".cc", ".proto", ".py", ".sh", ".mjs", ".yaml", ".txt", ".csv", ".textproto", ".in", ".cmake",
            ".json", ".sql", ".golden", ".supp", ""}
OWN = ("citations.py", "citations_planted.py", "citations_text.py")


def texts_of(root):
    """Gives {path from the root: text} of all files that a person writes."""
    found = {}
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(each for each in set(folders) - SKIPPED if not folder.endswith("k8s/overlays/dev"))
        for path in (pathlib.Path(folder, file) for file in sorted(files)):
            name = path.relative_to(root).as_posix()
            if path.suffix not in SUFFIXES or path.is_symlink() or not path.is_file():
                continue
            if path.name in (*OWN, "package-lock.json") or path.stat().st_size > 1 << 20:
                continue
            try:
                found[name] = path.read_text()
            except UnicodeDecodeError:
                pass
    return found


def headings_of(text):
    """Gives the words of a page's headings, without code blocks."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    return [heading.replace("`", "") for heading in re.findall(r"^#+ (.+?) *$", text, flags=re.M)]


def anchors_of(text):
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings_of(text)}


def sections_of(text):
    return {match[1].rstrip(".") for heading in headings_of(text) if (match := re.match(r"([\d.]+) ", heading))}


def rules_of(text, number):
    """Gives the numbers of the rules, `1. ...`, of one section."""
    section = re.search(rf"^#+ {re.escape(number)}\.? .*?(?=^#|\Z)", text, flags=re.M | re.S)
    return set(re.findall(r"^(\d+)\. ", section[0], flags=re.M)) if section else set()


def prose_of(name, text):
    """Gives what is prose: a page whole, and of sources the comments, with the lines of one comment in one."""
    if name.endswith(".md"):
        return re.sub(r"[ \t]*\n[ \t]*(?=[^\s|*#-])", " ", text)
    mark = r"//" if re.search(r"\.(h|cc|proto|mjs)$", name) else r"#"
    lines = [f"{each[1]} " if (each := re.match(rf"\s*{mark}+ ?(.*)", line)) else
             (re.sub(r".*?(?<!:)" + mark, "", line) if mark == "//" and "//" in line else "") + "\n"
             for line in text.splitlines()]
    return "".join(lines)
