"""This puts all pages of the reference into one page of HTML without scripts, fonts, pictures or
other files."""
import html
import re

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 75rem; padding: 0 1rem 4rem; }
section { border-top: 3px solid; margin-top: 3rem; }
h2, h3, h4 { line-height: 1.25; }
h4 { margin-top: 2.5rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
pre { border-left: 3px solid; overflow-x: auto; padding-left: 1rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
nav ul { columns: 18rem; list-style: none; padding: 0; }
"""
# These are all kinds of blocks that the pages have; a line that begins in another way begins a paragraph.
HEADING = re.compile(r"(#{1,5}) (.+)")


def inline(text, page):
    """This writes the marks, emphasis and links of one line."""
    def link(found):
        target, _, anchor = found[2].partition("#")
        if re.match(r"\w+:", found[2]):
            return f'<a href="{html.escape(found[2])}">{found[1]}</a>'
        place = target.removesuffix(".md") or page
        return f'<a href="#{place}{"--" + anchor if anchor else ""}">{found[1]}</a>'

    parts = re.split(r"(`[^`]*`)", text)
    made = "".join(f"<code>{html.escape(part[1:-1])}</code>" if part.startswith("`") and len(part) > 1
                   else re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", html.escape(html.unescape(part), quote=False))
                   for part in parts)
    return re.sub(r"\[((?:[^\[\]]|<[^>]*>)+)\]\(([^)\s]+)\)", link, made)


def table_of(lines, page):
    rows = [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])] for line in lines]
    head = "".join(f'<th scope="col">{inline(each, page)}</th>' for each in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{inline(each, page)}</td>" for each in row) + "</tr>\n" for row in rows[2:])
    return f'<div class="table"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n'


def list_of(lines, page):
    items = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:])
        else:
            items[-1] += " " + line.strip()
    return "<ul>\n" + "".join(f"<li>{inline(item, page)}</li>\n" for item in items) + "</ul>\n"


def block_of(lines, page, slug_of):
    heading = HEADING.fullmatch(lines[0])
    if heading:
        level, words = len(heading[1]), heading[2]
        # The page itself has the one heading of the first level.
        name = page if level == 1 else f"{page}--{slug_of(words.replace('`', ''))}"
        return f'<h{level + 1} id="{name}">{inline(words, page)}</h{level + 1}>\n'
    if lines[0].startswith("|"):
        return table_of(lines, page)
    if lines[0].startswith("- "):
        return list_of(lines, page)
    if lines[0].startswith("    "):
        return "<pre>" + html.escape("\n".join(line[4:] for line in lines)) + "</pre>\n"
    return f"<p>{inline(' '.join(lines), page)}</p>\n"


def blocks_of(text):
    """This gives the blocks of a page, each a list of lines: blank lines divide them, and a heading is one by itself."""
    found = []
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = block.split("\n")
        if HEADING.fullmatch(lines[0]):
            found.append(lines[:1])
            lines = lines[1:]
        if lines:
            found.append(lines)
    return found


def html_of(texts, order, slug_of, version):
    """This gives the page of HTML of `texts`, which are keyed by the names of pages, in this order."""
    sections = "".join("<section>\n" + "".join(block_of(block, name, slug_of) for block in blocks_of(texts[name])) +
                       "</section>\n" for name in order)
    links = "".join(f'<li><a href="#{name}">{html.escape(texts[name].splitlines()[0].removeprefix("# "))}</a></li>\n'
                    for name in order)
    return (f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width">\n<title>Accord {version}: reference of the API</title>\n'
            f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>Accord {version}: reference of the API</h1>\n"
            f'<nav aria-label="Pages">\n<ul>\n{links}</ul>\n</nav>\n<main>\n{sections}</main>\n</body>\n</html>\n')
