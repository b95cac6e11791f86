"""These are objects with places for values in them, and how they become the text of a template.

A chart uses few words of the template language, all of which are made here:

    {{ .Values.a.b }}              a value inside a text
    {{ .Values.a.b | toJson }}     a value that is a text, a number, a list or a map by itself
    {{- if .Values.a.b }}          on a line of its own, also with `not`, {{- else }} and {{- end }}
    {{ "{{" }}                     two braces that are meant for somebody else

and, for what no value says, {{ .Release.Namespace }}, the tag of the images, and the checksum of another template."""
from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

MISSING = object()
# YAML takes this for a text without quotation marks, whichever version of YAML reads it.
PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9_./-]*")
NOT_PLAIN = {"y", "n", "yes", "no", "true", "false", "on", "off", "null"}


@dataclasses.dataclass(frozen=True)
class Expression:
    """This is what stands between {{ and }}."""
    words: str

    def __str__(self) -> str:
        return f"{{{{ {self.words} }}}}"


def value(path: str) -> Expression:
    """Makes a value by itself."""
    return Expression(f".Values.{path} | toJson")


def inside(path: str) -> Expression:
    """Makes a value inside a text."""
    return Expression(f".Values.{path}")


@dataclasses.dataclass(frozen=True)
class Text:
    """This is a text with expressions in it."""
    parts: tuple[str | Expression, ...]


@dataclasses.dataclass(frozen=True)
class Choice:
    """This is one thing if a value is set, and another or nothing if it is not."""
    path: str
    then: Any
    otherwise: Any


def text(source: str, changes: list[tuple[str, Expression]]) -> str | Text:
    """Gives the text, in which each match of a pattern's first group is an expression."""
    parts: list[str | Expression] = [source]
    for pattern, expression in changes:
        after: list[str | Expression] = []
        for part in parts:
            if isinstance(part, Expression):
                after.append(part)
                continue
            end = 0
            for found in re.finditer(pattern, part):
                after += [part[end:found.start(1)], expression]
                end = found.end(1)
            after.append(part[end:])
        parts = [part for part in after if part != ""]
    return source if parts == [source] else Text(tuple(parts))


def _by_name(items: list[Any]) -> dict[str, Any] | None:
    """Gives the items of a list whose order says nothing, by their names."""
    if not all(isinstance(item, dict) and isinstance(item.get("name"), str) for item in items):
        return None
    named = {item["name"]: item for item in items}
    return named if len(named) == len(items) else None


def _merged_lists(base: list[Any], others: dict[str, list[Any]]) -> Any:
    named = [_by_name(items) for items in (base, *others.values())]
    if base and all(each is not None for each in named):
        names = list(dict.fromkeys(name for each in named for name in each))
        return [merged(named[0].get(name, MISSING),
                       {path: each.get(name, MISSING) for path, each in zip(others, named[1:])}) for name in names]
    if all(items[:len(base)] == base for items in others.values()):
        return base + [Choice(path, item, MISSING) for path, items in others.items() for item in items[len(base):]]
    if all(len(items) == len(base) for items in others.values()):
        return [merged(each, {path: items[at] for path, items in others.items()}) for at, each in enumerate(base)]
    return MISSING


def merged(base: Any, others: dict[str, Any]) -> Any:
    """Makes one thing of which each value in `others` makes another one."""
    others = {path: other for path, other in others.items() if other != base}
    if not others:
        return base
    if isinstance(base, dict) and all(isinstance(other, dict) for other in others.values()):
        keys = sorted(set(base).union(*others.values()))
        return {key: merged(base.get(key, MISSING), {path: other.get(key, MISSING) for path, other in others.items()})
                for key in keys}
    if isinstance(base, list) and all(isinstance(other, list) for other in others.values()):
        lists = _merged_lists(base, others)
        if lists is not MISSING:
            return lists
    for path, other in reversed(others.items()):
        base = Choice(path, other, base)
    return base


def escaped(source: str) -> str:
    """Escapes braces that are not for the chart."""
    return source.replace("{{", '{{ "{{" }}')


def _scalar(node: Any) -> str:
    if isinstance(node, Expression):
        return str(node)
    if isinstance(node, Text):
        return '"' + "".join(str(part) if isinstance(part, Expression) else
                             escaped(json.dumps(part, ensure_ascii=False)[1:-1]) for part in node.parts) + '"'
    if isinstance(node, str) and PLAIN.fullmatch(node) and node.lower() not in NOT_PLAIN:
        return node
    return escaped(json.dumps(node, ensure_ascii=False))


def _lines_of(node: str | Text) -> list[str] | None:
    """Gives the lines of a text that is best written line by line."""
    parts = node.parts if isinstance(node, Text) else (node,)
    whole = "".join(str(part) if isinstance(part, Expression) else escaped(part) for part in parts)
    if "\n" not in whole.rstrip("\n") or whole.startswith((" ", "\n")) or not whole.endswith("\n") or whole.endswith("\n\n"):
        return None
    return whole[:-1].split("\n")


def _chosen(node: Any, write: Any) -> list[str]:
    """Gives what `write` makes of each side of a choice, between the lines that choose."""
    if node is MISSING:
        return []
    if not isinstance(node, Choice):
        return write(node)
    then, otherwise = _chosen(node.then, write), _chosen(node.otherwise, write)
    if not then:
        return [f"{{{{- if not .Values.{node.path} }}}}", *otherwise, "{{- end }}"]
    return [f"{{{{- if .Values.{node.path} }}}}", *then, *(["{{- else }}", *otherwise] if otherwise else []), "{{- end }}"]


def _entry(head: str, node: Any, indent: str) -> list[str]:
    """Writes an entry, whose `head` is a key with its colon, or the dash of an item."""
    if isinstance(node, dict) and node:
        written = lines(node, indent + "  ")
        if head != "-":
            return [f"{indent}{head}", *written]
        # The first entry of a map stands behind the dash, unless a line that chooses comes first.
        at = next(number for number, line in enumerate(written) if not line.startswith("{{-"))
        if at > 0:
            return [f"{indent}-", *written]
        return [f"{indent}- {written[0][len(indent) + 2:]}", *written[1:]]
    if isinstance(node, list) and node:
        return [f"{indent}{head}", *lines(node, indent)]
    block = _lines_of(node) if isinstance(node, (str, Text)) else None
    if block is not None:
        return [f"{indent}{head} |", *(f"{indent}  {line}" if line else "" for line in block)]
    return [f"{indent}{head} {_scalar(node)}"]


def lines(node: Any, indent: str = "") -> list[str]:
    """Gives the lines of a map or a list."""
    written: list[str] = []
    if isinstance(node, dict):
        for key, each in node.items():
            written += _chosen(each, lambda side, key=key: _entry(f"{_scalar(key)}:", side, indent))
    else:
        for each in node:
            written += _chosen(each, lambda side: _entry("-", side, indent))
    return written
