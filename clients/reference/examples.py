"""This makes an example of each request in JSON, with every required field, from the fields' forms,
words and comments.

It shows the form and no real record. A caller puts own names, words and texts in place of those that stand there."""
import json
import re

from google.protobuf import descriptor_pb2

from contract import Refused, fields_pb2, resource_of, vocabulary_pb2

Field = descriptor_pb2.FieldDescriptorProto
# This finds a name of a record as comments write it, with capitals for what differs.
NAMED = re.compile(r"`((?:agencies|[a-z]+)/[A-Z0-9_a-z/-]+)`")
INTEGERS = {Field.TYPE_INT32, Field.TYPE_UINT32, Field.TYPE_FIXED32}
# These are strings in JSON, because its numbers are too short for them.
LONG = {Field.TYPE_INT64, Field.TYPE_UINT64, Field.TYPE_FIXED64}
WELL_KNOWN = {"google.protobuf.Timestamp": "2026-11-27T14:30:00Z", "google.protobuf.Duration": "3600s"}
UUID = "6f1f3c1e-7a53-4c4b-9a53-2f6d3f2f8f10"
AGENCY, RECORD = "cas-york", "01j9z8k2m4"


def camel(name):
    """This gives a field's name in JSON."""
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)


class Examples:
    def __init__(self, contract):
        self._contract = contract
        self._patterns = {resource_of(each).singular: resource_of(each).pattern for each in contract.by_name.values()
                          if each.kind == "message" and resource_of(each).pattern}

    def _record(self, field, rule, answer):
        """This gives the name of a record of the kind that the rule, the comment or the answer says."""
        told = NAMED.search(field.text)
        pattern = next((self._patterns[kind] for kind in rule.resource if kind in self._patterns), "")
        if not pattern and told:
            pattern = re.sub(r"\b[A-Z][A-Z0-9_]*\b", lambda found: "{" + found[0].lower() + "}", told[1])
        if not pattern and field.proto.name == "name" and answer is not None:
            pattern = resource_of(answer).pattern
        # A field is called after the kind of record that it names, perhaps with a word before that.
        words = field.proto.name.split("_")
        kinds = ["_".join(words[at:]) for at in range(len(words))] if not pattern else []
        pattern = pattern or next((self._patterns[kind] for kind in kinds if kind in self._patterns), "")
        pattern = pattern or ("agencies/{agency}" if field.proto.name == "parent" else "agencies/{agency}/records/{record}")
        return re.sub(r"\{(\w+)\}", lambda found: AGENCY if found[1].startswith("agency") else RECORD, pattern)

    def _string(self, field, rule, answer):
        vocabulary = field.proto.options.Extensions[vocabulary_pb2.vocabulary]
        if vocabulary.words:
            enum = self._contract.by_name[vocabulary.words].of("value")
            prefix = enum[0].proto.name.removesuffix("UNSPECIFIED")
            return enum[-1].proto.name.removeprefix(prefix).lower()
        if rule.form == fields_pb2.STRING_FORM_DATE:
            return "2026-11-27"
        if rule.form == fields_pb2.STRING_FORM_RESOURCE_NAME:
            return self._record(field, rule, answer)
        if rule.form == fields_pb2.STRING_FORM_ID:
            return AGENCY if "agency" in field.proto.name else f"a-{field.proto.name.replace('_', '-')}"
        if rule.form == fields_pb2.STRING_FORM_REQUEST_ID:
            return UUID
        return "..."

    def _one(self, field, rule, answer, within):
        proto, name = field.proto, field.proto.type_name.removeprefix(".")
        if proto.type == Field.TYPE_STRING:
            return self._string(field, rule, answer)
        if proto.type == Field.TYPE_ENUM:
            return self._contract.by_name[name].of("value")[1].proto.name
        if proto.type == Field.TYPE_MESSAGE:
            if name == "google.protobuf.FieldMask":
                return self._mask(within)
            return WELL_KNOWN.get(name) or self._message(self._contract.by_name[name], None, within)
        if proto.type in LONG:
            return "1"
        if proto.type in INTEGERS:
            return 1
        return {Field.TYPE_BOOL: True, Field.TYPE_BYTES: "AAAA"}.get(proto.type, 0.5)

    def _mask(self, within):
        """This gives the first field that the caller may change in the first record of the request."""
        request = self._contract.by_name[within[0]]
        for field in request.of("field"):
            held = self._contract.by_name.get(field.proto.type_name.removeprefix("."))
            if held is not None and held.kind == "message":
                for part in held.of("field"):
                    rule = part.proto.options.Extensions[fields_pb2.rule]
                    if not rule.output_only and not rule.immutable and part.proto.name not in ("name", "etag"):
                        return camel(part.proto.name)
        return ""

    def _message(self, message, answer, within):
        if message.name in within:
            raise Refused(f"{message.name}: a required field holds itself")
        made, resource = {}, resource_of(message)
        masked = within and any(each.proto.name == "update_mask" for each in self._contract.by_name[within[0]].of("field"))
        for field in message.of("field"):
            rule = field.proto.options.Extensions[fields_pb2.rule]
            # An update names its record in the record itself, in the version that was read.
            named = masked and resource.pattern and field.proto.name in ("name", "etag")
            if not named and (not rule.required or rule.output_only):
                continue
            if named and field.proto.name == "name":
                made["name"] = self._record(field, rule, message)
                continue
            value = self._one(field, rule, answer, (*within, message.name))
            made[camel(field.proto.name)] = [value] if field.proto.label == Field.LABEL_REPEATED else value
        return made

    def of(self, rpc):
        """This gives the request of an RPC as JSON."""
        request = self._contract.by_name.get(rpc.proto.input_type.removeprefix("."))
        answer = self._contract.by_name.get(rpc.proto.output_type.removeprefix("."))
        return json.dumps(self._message(request, answer, ()) if request else {}, indent=2)
