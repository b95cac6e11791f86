"""This puts the options of the contract into words: who may call an RPC, and what a field takes."""
from google.protobuf import descriptor_pb2

from contract import access_of, access_pb2, audiences_of, fields_pb2, vocabulary_pb2

Field = descriptor_pb2.FieldDescriptorProto
SCALARS = {Field.TYPE_STRING: "string", Field.TYPE_BYTES: "bytes", Field.TYPE_BOOL: "bool", Field.TYPE_INT32: "int32",
           Field.TYPE_INT64: "int64", Field.TYPE_UINT32: "uint32", Field.TYPE_UINT64: "uint64",
           Field.TYPE_DOUBLE: "double", Field.TYPE_FLOAT: "float", Field.TYPE_FIXED64: "fixed64",
           Field.TYPE_FIXED32: "fixed32"}
# These are the limits if a rule gives none (common/access/request_check.h).
MOST_BYTES, MOST_ELEMENTS = 8192, 256
# This is the size limit of a request, in bytes, if a rule gives
# none (protos/accord/annotations/v1/access.proto).
MOST_REQUEST_BYTES = 64 * 1024


def code(value):
    return f"`{value}`"


def either(words):
    """This gives `a`, `b` or `c`."""
    words = list(words)
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def short(enum, numbers):
    """This gives the names of values of an enum of accord.annotations.v1, without the prefix, in lower
    case and in backticks."""
    names = [enum.Name(number) for number in numbers]
    prefix = enum.Name(0).removesuffix("UNSPECIFIED")
    return [code(name.removeprefix(prefix).lower()) for name in names]


def text_of(contract, enum, number):
    """This gives the proto's comment on a value of an enum of accord.annotations.v1."""
    return contract.by_name[f"{enum.DESCRIPTOR.full_name}.{enum.Name(number)}"].text


def grant_in_words(grant):
    kinds, roles = short(access_pb2.AgencyKind, grant.kinds), short(access_pb2.Role, grant.roles)
    purposes = short(access_pb2.Purpose, grant.purposes)
    classes = short(fields_pb2.SensitiveClass, grant.classes)
    whose = f"An agency of the kind {either(kinds)}" if kinds else "An agency of any kind"
    who = f"for a person with the role {either(roles)}" if roles else "for any person whom it registered"
    why = f"with the purpose {either(purposes)}" if purposes else "with any purpose or none"
    reads = f" The answer shows sensitive fields of the classes {', '.join(classes)}." if classes else ""
    return f"{whose}, {who}, {why}.{reads}"


def callers_in_words(service, rpc):
    """This gives one or two sentences for each way to have the permission of an RPC."""
    rule = access_of(rpc)
    if rule.audience:
        return [grant_in_words(grant) for grant in audiences_of(service)[rule.audience].grants]
    return [f"Only processes of Accord itself: {either(code(peer) for peer in rule.peers)}."]


def parts_in_words(contract, rpc):
    """This gives what the caller must be to which record; it is nothing if an RPC requires no part."""
    part = access_of(rpc).part
    if not part.any or list(part.any) == [access_pb2.PART_NOBODY]:
        return []
    return [text_of(contract, access_pb2.Part, number) for number in part.any]


def effects_in_words(rpc):
    rule, said = access_of(rpc), []
    if rule.mutates and rule.audience:
        said.append("It changes something: the request carries a `request_id`, and a call repeated with the same one "
                    "runs once.")
        said.append("It cannot be tried without its effect." if rule.always_acts else
                    "With the header `accord-validate-only: true` it decides and changes nothing.")
    elif rule.mutates:
        said.append("It changes something.")
    else:
        said.append("It changes nothing.")
    if rule.discloses:
        said.append("The answer can carry personal content.")
    if rpc.proto.server_streaming and rpc.proto.client_streaming:
        said.append("Both sides send streams of messages.")
    elif rpc.proto.server_streaming:
        said.append("The answer is a stream of messages.")
    elif rpc.proto.client_streaming:
        said.append("The request is a stream of messages.")
    largest = rule.max_request_bytes or MOST_REQUEST_BYTES
    said.append(f"The request has at most {largest:,} bytes.")
    return " ".join(said)


def type_of(contract, field, link):
    """This gives the type of a field; `link` turns the full name of a message or an enum into a link."""
    proto = field.proto
    if proto.type_name.removeprefix(".") in contract.map_entries:
        key, value = contract.map_entries[proto.type_name.removeprefix(".")].field
        return f"map of {SCALARS[key.type]} to {SCALARS.get(value.type) or link(value.type_name.removeprefix('.'))}"
    name = SCALARS.get(proto.type) or link(proto.type_name.removeprefix("."))
    if proto.label == Field.LABEL_REPEATED:
        return f"list of {name}"
    return f"{name}, which may be absent" if proto.proto3_optional else name


def form_in_words(contract, rule):
    text = text_of(contract, fields_pb2.StringForm, rule.form)
    return text.removeprefix("The string is ").rstrip(".")


def bound_in_words(proto, rule):
    if proto.label == Field.LABEL_REPEATED:
        return f"at most {rule.max or MOST_ELEMENTS} elements"
    if proto.type == Field.TYPE_STRING and (rule.max or not rule.form):
        return f"at most {rule.max or MOST_BYTES} bytes"
    return ""


def vocabulary_in_words(proto, link):
    said, vocabulary = [], proto.options.Extensions[vocabulary_pb2.vocabulary]
    if vocabulary.lookup:
        said.append(f"a word that {link(vocabulary.lookup)} lists in `{vocabulary.word}`")
    if vocabulary.words:
        said.append(f"a value of {link(vocabulary.words)} in lower case and without its prefix")
    return " or ".join(said)


LISTS = {fields_pb2.LIST_USE_FILTER: "lists filter by it", fields_pb2.LIST_USE_NARROW: "lists filter by it, at little cost",
         fields_pb2.LIST_USE_ORDER: "lists filter and order by it"}


def field_in_words(contract, field, link):
    """This gives what a field requires and takes, as clauses."""
    proto, rule = field.proto, field.proto.options.Extensions[fields_pb2.rule]
    said = []
    if rule.output_only:
        said.append("written by the service, ignored in requests")
    if rule.required:
        said.append("required")
    if rule.immutable:
        said.append("set at creation only")
    if rule.sensitive:
        said.append(f"sensitive, class {short(fields_pb2.SensitiveClass, [rule.sensitive])[0]}")
    if rule.form:
        said.append(form_in_words(contract, rule))
    if rule.resource:
        said.append(f"names a record of the kind {either(code(each) for each in rule.resource)}")
    said.append(vocabulary_in_words(proto, link))
    # A field that only the service writes has no limits here, and a map is not limited as a list.
    written = field.name.rpartition(".")[0] in contract.taken and not rule.output_only
    if written and proto.type_name.removeprefix(".") not in contract.map_entries:
        said.append(bound_in_words(proto, rule))
    said.append(LISTS.get(proto.options.Extensions[fields_pb2.listed], ""))
    return "; ".join(each for each in said if each)
