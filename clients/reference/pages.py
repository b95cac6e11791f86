"""This writes the reference as Markdown pages: one for each gRPC service, one for each package, and one
that lists them."""
import re
import textwrap

from contract import Refused, access_of, faces_agencies, resource_of
from examples import Examples
from words import callers_in_words, code, effects_in_words, field_in_words, parts_in_words, type_of


def slug_of(heading):
    """This gives the anchor that GitHub makes for a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def prose(text):
    """This gives a comment as Markdown; text outside of backticks that looks like a tag is escaped."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else part.replace("&", "&amp;").replace("<", "&lt;") for part in parts)


def cell(text):
    return prose(text).replace("\n", " ").replace("|", "\\|")


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in lines) + "\n"


class Pages:
    """`texts` holds the text of each page by its name without the file ending."""

    def __init__(self, contract, refusals):
        self._contract, self._refusals, self._examples = contract, refusals, Examples(contract)
        self._places, self._open = {}, ""
        self._packages = {}
        for file in contract.files:
            self._packages.setdefault(file.package, []).append(file)
            self._place(file)
        self.texts = {}
        for package, files in self._packages.items():
            for file in files:
                for service in self._services([file]):
                    self.texts[service.name] = self._service_page(service, file)
            self.texts[package] = self._package_page(package, files)
        self.texts["index"] = self._index()

    def _services(self, files):
        return [each for file in files for each in file.parts if each.kind == "service" and faces_agencies(file)]

    def _place(self, file):
        """This gives the place of each declaration of the file. A file has at most one service, whose
        page has all of the file."""
        services = self._services([file])
        if len(services) > 1:
            raise Refused(f"{file.name}: a file has one service, so that its page has a name")
        page = services[0].name if services else file.package
        for each in file.all():
            if each.kind in ("message", "enum", "rpc"):
                heading = each.proto.name if each.kind == "rpc" else each.short
                place = (page, slug_of(heading))
                if place in self._places.values():
                    raise Refused(f"{file.name}: two things of {page} have the heading {heading}")
                self._places[each.name] = place
            elif each.kind == "service":
                self._places[each.name] = (page, "")

    def _link(self, name):
        if name not in self._places:
            return code(name)
        page, anchor = self._places[name]
        target = f"{'' if page == self._open else page + '.md'}{'#' + anchor if anchor else ''}"
        own = name.rsplit(".", 1)[-1] if page == self._open else name.removeprefix("accord.")
        return f"[{code(own)}]({target})"

    def _fields(self, message):
        fields = message.of("field")
        if not fields:
            return "It has no fields.\n\n"
        rows = []
        for field in fields:
            group = ""
            if field.proto.HasField("oneof_index") and not field.proto.proto3_optional:
                group = f"one of `{message.proto.oneof_decl[field.proto.oneof_index].name}`"
            takes = field_in_words(self._contract, field, self._link)
            rows.append([f"{code(field.proto.name)}, {field.proto.number}",
                         type_of(self._contract, field, self._link),
                         "; ".join(each for each in (group, takes) if each).replace("|", "\\|"), cell(field.text)])
        return table(["Field", "Type", "Form and bounds", "What it is"], rows)

    def _type(self, each):
        text = f"### {each.short}\n\n{prose(each.text)}\n\n"
        if each.kind == "enum":
            rows = [[code(value.proto.name), str(value.proto.number), cell(value.text)] for value in each.of("value")]
            return text + table(["Value", "Number", "What it says"], rows)
        resource = resource_of(each)
        if resource.singular:
            text += f"It is a resource. Its name has the form {code(resource.pattern)}.\n\n"
        text += self._fields(each)
        for group in each.of("oneof"):
            text += f"Of {code(group.proto.name)} at most one is set. {prose(group.text)}\n\n"
        return text + "".join(self._type(part) for part in each.parts if part.kind in ("message", "enum"))

    def _types(self, files):
        found = sorted((each for file in files for each in file.parts if each.kind != "service"),
                       key=lambda each: each.name)
        return "## Messages and enums\n\n" + "".join(self._type(each) for each in found) if found else ""

    def _refusals_of(self, reasons):
        rules = self._refusals.catalogue.rules
        return table(["Rule", "Code", "Retry", "What is the case"],
                     [[code(reason), code(rules[reason]["code"]), rules[reason]["retry"], cell(rules[reason]["meaning"])]
                      for reason in reasons])

    def _rpc(self, service, rpc):
        rule, proto = access_of(rpc), rpc.proto
        text = f"### {proto.name}\n\n{prose(rpc.text)}\n\n"
        request, answer = (self._link(name.removeprefix(".")) for name in (proto.input_type, proto.output_type))
        streams = ["a stream of " if each else "" for each in (proto.client_streaming, proto.server_streaming)]
        text += f"- Path: {code(f'/{service.name}/{proto.name}')}\n"
        text += f"- Request: {streams[0]}{request}\n- Answer: {streams[1]}{answer}\n"
        text += f"- Permission: {code(rule.permission)}\n\n"
        text += effects_in_words(rpc) + "\n\nA request with what is required; its names and texts stand for the caller's " \
                "own:\n\n" + textwrap.indent(self._examples.of(rpc), "    ") + "\n\nWho may call:\n\n"
        text += "".join(f"- {each}\n" for each in callers_in_words(service, rpc)) + "\n"
        parts = parts_in_words(self._contract, rpc)
        if parts:
            text += f"The caller also has one of these parts in the record that {code(rule.part.of or 'name')} names:\n\n"
            text += "".join(f"- {prose(each)}\n" for each in parts) + "\n"
        reasons = self._refusals.of(service, rpc)
        if reasons:
            text += "Beside what refuses any call, it may be refused by these rules:\n\n" + self._refusals_of(reasons)
        return text

    def _service_page(self, service, file):
        self._open = service.name
        text = f"# {service.name}\n\n{prose(service.text)}\n\n"
        text += f"The proto is {code(file.name)}. What its package has in common stands in " \
                f"[{code(file.package)}]({file.package}.md).\n\n"
        text += "## RPCs\n\n" + "".join(self._rpc(service, rpc) for rpc in service.parts)
        return text + self._types([file])

    def _package_page(self, package, files):
        self._open = package
        text = f"# {package}\n\n"
        said = dict.fromkeys(file.text for file in files if file.text)
        services = self._services(files)
        if services:
            text += "## Services\n\n"
            text += table(["Service", "What it does"],
                          [[f"[{code(each.proto.name)}]({each.name}.md)", cell(each.text)] for each in services])
        else:
            text += "".join(f"{prose(each)}\n\n" for each in said)
        text += self._types([file for file in files if not self._services([file])])
        reasons = self._refusals.of_package(services) if services else []
        if reasons:
            text += "## Further refusals\n\nThe process behind this package also refuses calls by these rules. The text of " \
                    "an RPC or a field says where one of them belongs.\n\n" + self._refusals_of(reasons)
        return text

    def _index(self):
        text = "# Reference of the API\n\nBegin with [how to connect](connect.md). [What stays as it is from version " \
               "to version](versions.md) is promised, and [every refusal](errors.md) names its rule.\n\n"
        for package, files in sorted(self._packages.items()):
            text += f"## {package}\n\n"
            services = self._services(files)
            if not services:
                text += f"[Messages and enums]({package}.md) that others use.\n\n"
                continue
            text += f"[What its services have in common]({package}.md).\n\n"
            rows = [[f"[{code(rpc.proto.name)}]({service.name}.md#{slug_of(rpc.proto.name)})",
                     code(service.proto.name), cell(rpc.text)] for service in services for rpc in service.parts]
            text += table(["RPC", "Service", "What it does"], rows)
        return text


def links_of(text):
    """This gives the targets of a page's links, outside of backticks and examples."""
    text = re.sub(r"^    .*$", "", text, flags=re.M)
    return re.findall(r"\]\(([^)\s]+)\)", text)


def anchors_of(text):
    return {slug_of(heading.replace("`", "")) for heading in re.findall(r"^#+ (.+)$", text, flags=re.M)}


def broken_links(texts):
    """This gives a line for each link between the pages that leads nowhere."""
    anchors = {name: anchors_of(text) for name, text in texts.items()}
    for name, text in texts.items():
        for target in links_of(text):
            page, _, anchor = target.partition("#")
            page = page.removesuffix(".md") or name
            if page not in texts or (anchor and anchor not in anchors[page]):
                yield f"{name}: the link to {target} leads nowhere"
