"""This finds the rules of the catalogue by which an RPC may refuse a call, as far as the contract and
its handler's code tell."""
import re

from contract import ROOT, Refused, access_of, access_pb2, audiences_of, fields_pb2
from handlers import RULE, Handlers, code_of

ERRORS = "docs/errors.md"
PARTS = "common/host/calls/parts.cc"
SEPARATIONS = "common/access/separation.cc"
# Services that several packages have alike are declared in this package and handled in this folder.
SHARED, SHARED_FOLDER = "accord.host.v1", "common/host/law"
WORD = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b")


def reason_of(constant):
    """This turns kNotASignatory into NOT_A_SIGNATORY."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", constant.removeprefix("k")).upper()


class Catalogue:
    """These are the rules in docs/errors.md, which is made from the catalogue."""

    def __init__(self, root=ROOT):
        rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (yes|no) \| (.*?) \| (.*?) \|$", (root / ERRORS).read_text(),
                          flags=re.M)
        self.rules = {reason: {"code": code, "retry": retry, "meaning": meaning, "action": action}
                      for reason, code, retry, meaning, action in rows}
        # A constant does not show how its name is spelt: kHandlingH4 could be HANDLING_H4
        # or HANDLING_H_4.
        self._by_letters = {reason.replace("_", ""): reason for reason in self.rules}
        if not self.rules:
            raise Refused(f"{ERRORS} has no rule")

    def named(self, constant):
        reason = self._by_letters.get(reason_of(constant).replace("_", ""))
        if not reason:
            raise Refused(f"{constant} is no rule of the catalogue")
        return reason


def part_rules(catalogue, root=ROOT):
    """This gives the rule for each part, and the one for several parts together."""
    text = (root / PARTS).read_text()
    single = {access_pb2.Part.Value(part): catalogue.named(rule)
              for part, rule in re.findall(r"\{a::(PART_\w+), \{&rules::(k\w+)", text)}
    several = {frozenset(access_pb2.Part.Value(part) for part in re.findall(r"PART_\w+", parts)): catalogue.named(rule)
               for parts, rule in re.findall(r"\{\{((?:a::PART_\w+(?:, )?)+)\}, &rules::(k\w+)\}", text)}
    if not single or not several:
        raise Refused(f"{PARTS} has no table of parts")
    return single, several


def separated(catalogue, root=ROOT):
    """Gives, by the full name of an RPC, the rules that bar whoever did another act on the
    same record."""
    found = {}
    acts = r"\{(?:\s*\{\"[\w.]+\",\s*\"[\w.]*\"\},?)+\s*\}"
    text = (root / SEPARATIONS).read_text()
    rows = re.findall(rf"\{{&rules::(k\w+),\s*(?:\"[^\"]*\"\s*)+,\s*{acts},\s*({acts})", text)
    if len(rows) != len(re.findall(r"\{&rules::k\w+", text)):
        raise Refused(f"{SEPARATIONS} has a row that the reference cannot read")
    for rule, barred in rows:
        for rpc in re.findall(r"\"([\w.]+\.\w+\.\w+)\"", barred):
            found.setdefault(rpc, []).append(catalogue.named(rule))
    return found


class Refusals:
    def __init__(self, contract, root=ROOT):
        self._contract, self.catalogue = contract, Catalogue(root)
        self._single, self._several = part_rules(self.catalogue, root)
        self._separated = separated(self.catalogue, root)
        self._root, self._handlers = root, {}

    def _folder(self, package):
        return self._root / (SHARED_FOLDER if package == SHARED else f"services/{package.split('.')[1]}")

    def handlers(self, rpc):
        """This gives the handlers among which this RPC's handler is."""
        request = self._contract.by_name.get(rpc.proto.input_type.removeprefix("."))
        package = SHARED if request and request.file.package == SHARED else rpc.file.package
        if package not in self._handlers:
            self._handlers[package] = Handlers(code_of(self._folder(package)))
        return self._handlers[package]

    def _of_code(self, rpc):
        constants = self.handlers(rpc).constants_of(rpc.proto.input_type.rsplit(".", 1)[-1])
        return map(self.catalogue.named, constants)

    def _of_access(self, service, rpc):
        rule = access_of(rpc)
        if not rule.audience:
            yield "PEER_NOT_ALLOWED"
            return
        grants = audiences_of(service)[rule.audience].grants
        if all(grant.kinds for grant in grants):
            yield "AGENCY_KIND_NOT_PERMITTED"
        # A grant without kinds and roles admits everybody, whatever the other grants require.
        if not any(not grant.kinds and not grant.roles for grant in grants):
            yield "ROLE_NOT_PERMITTED"
        if not any(not grant.kinds and not grant.roles and not grant.purposes for grant in grants) and any(
                grant.purposes for grant in grants):
            yield from ("PURPOSE_MISSING", "PURPOSE_NOT_PERMITTED")
        if rule.mutates:
            yield from ("REQUEST_ID_REUSED", "ANSWER_EXPIRED")
            if rule.always_acts:
                yield "VALIDATE_ONLY_NOT_POSSIBLE"
        parts = frozenset(rule.part.any) - {access_pb2.PART_NOBODY}
        if parts:
            yield self._several.get(parts) or self._single[rule.part.any[0]]
        if rpc.proto.server_streaming:
            yield from ("STREAMS_OF_AGENCY", "ROLES_CHANGED")

    def _of_request(self, rpc):
        request = self._contract.by_name.get(rpc.proto.input_type.removeprefix("."))
        fields = {field.proto.name: field for field in request.of("field")} if request else {}
        if fields:
            yield "FIELD_INVALID"
        names = (field.proto.options.Extensions[fields_pb2.rule] for field in fields.values())
        if any(rule.form == fields_pb2.STRING_FORM_RESOURCE_NAME for rule in names):
            yield "NOT_FOUND"
        for name, reasons in {"etag": ["ETAG_MISMATCH"], "page_token": ["PAGE_TOKEN_INVALID"],
                              "filter": ["LIST_NOT_READY"], "watch_token": ["POSITION_FROM_ANOTHER_TIME"]}.items():
            if name in fields:
                yield from reasons

    def _of_texts(self, rpc):
        """This gives the rules that comments name: of the RPC, its request, and the messages in it that
        the caller writes."""
        seen, waiting, texts = set(), [rpc.proto.input_type.removeprefix(".")], [rpc.text]
        while waiting:
            message = self._contract.by_name.get(waiting.pop())
            if message is None or message.name in seen or message.kind != "message":
                continue
            seen.add(message.name)
            texts.append(message.text)
            for field in message.of("field"):
                if not field.proto.options.Extensions[fields_pb2.rule].output_only:
                    texts.append(field.text)
                    waiting.append(field.proto.type_name.removeprefix("."))
        codes = {rule["code"] for rule in self.catalogue.rules.values()} - {"NOT_FOUND"}
        for text in texts:
            yield from (word for word in WORD.findall(text) if word in self.catalogue.rules and word not in codes)

    def of(self, service, rpc):
        """This gives the reasons, each once, by name."""
        found = {*self._of_access(service, rpc), *self._of_request(rpc), *self._of_texts(rpc),
                 *self._separated.get(rpc.name, []), *self._of_code(rpc)}
        unknown = found - self.catalogue.rules.keys()
        if unknown:
            raise Refused(f"{rpc.name}: no rules of the catalogue: {', '.join(sorted(unknown))}")
        return sorted(found)

    def of_package(self, services):
        """This gives the rules by which the process of these services refuses, besides those of a
        single RPC."""
        folder = self._folder(services[0].file.package)
        reasons = {self.catalogue.named(rule) for text in code_of(folder) for rule in RULE.findall(text)}
        for path in sorted(folder.rglob("*.textproto")):
            reasons.update(re.findall(r'\brefusal_rule: "(\w+)"', path.read_text()))
        return sorted(reasons.difference(*(self.of(service, rpc) for service in services for rpc in service.parts)))
