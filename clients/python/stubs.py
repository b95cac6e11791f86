"""This writes `accord_client.services`: a module for each package of the contract, with a class for each
gRPC service.

gRPC's own generator writes no types. These classes have them, and the comments of the protos."""
import re
import textwrap

TOKENS = ("page_token", "next_page_token")


def snake(name):
    """This turns AcknowledgeReferral into acknowledge_referral."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])|(?<=[A-Z])([A-Z])(?=[a-z])", r"_\1\2", name).lower()


def module_of(package):
    """This turns accord.protocols.v1 into protocols_v1."""
    return "_".join(package.split(".")[1:])


def reference(contract, type_name):
    """This gives how code names a message: the module that protoc makes from its file, and the class
    in it."""
    message = contract.by_name.get(type_name.removeprefix("."))
    if message is None:
        raise LookupError(f"{type_name} is a message of another package than Accord's")
    module = message.file.name.removesuffix(".proto").replace("/", "_") + "_pb2"
    return module, message.short, message


def items_of(request, response):
    """This gives the field of a page that holds the records; it is empty if the RPC's answer is not a page."""
    asked = {field.proto.name for field in request.of("field")}
    repeated = [field.proto.name for field in response.of("field")
                if field.proto.label == field.proto.LABEL_REPEATED and field.proto.type == field.proto.TYPE_MESSAGE]
    told = {field.proto.name for field in response.of("field")}
    return repeated[0] if TOKENS[0] in asked and TOKENS[1] in told and len(repeated) == 1 else ""


def docstring(text, indent):
    text = text.replace("\\", "\\\\").replace('"""', "'''")
    lines = textwrap.wrap(" ".join(text.split()), 116 - indent, break_long_words=False, break_on_hyphens=False)
    body = ("\n" + " " * indent).join(lines)
    return f'{" " * indent}"""{body}"""\n'


def rpc(contract, service, declared, modules):
    """This gives the attribute for one RPC; it is None if agencies may not call it, or if the client would
    have to stream."""
    proto = declared.proto
    if proto.client_streaming:
        return None
    request_module, request, request_message = reference(contract, proto.input_type)
    response_module, response, response_message = reference(contract, proto.output_type)
    modules |= {request_message.file.name, response_message.file.name}
    types = [f"{request_module}.{request}", f"{response_module}.{response}"]
    kind, more = "Stream" if proto.server_streaming else "Unary", ""
    items = "" if proto.server_streaming else items_of(request_message, response_message)
    if items:
        field = next(each for each in response_message.of("field") if each.proto.name == items)
        item_module, item, item_message = reference(contract, field.proto.type_name)
        modules.add(item_message.file.name)
        kind, more = "Listing", f', "{items}"'
        generic = f"{types[0]}, {types[1]}, {item_module}.{item}"
    else:
        generic = ", ".join(types)
    return (f"        self.{snake(proto.name)}: Final[{kind}[\n            {generic}]] = {kind}(\n"
            f"            client, \"/{service.name}/{proto.name}\",\n            {', '.join(types)}{more})\n"
            + docstring(declared.text, 8))


def service_class(contract, service, modules, offered):
    members = [rpc(contract, service, each, modules) for each in service.of("rpc") if offered(each)]
    members = [each for each in members if each]
    if not members:
        return ""
    return (f"\n\nclass {service.proto.name}:\n{docstring(service.text, 4)}\n"
            f"    def __init__(self, client: Client) -> None:\n{''.join(members)}")


def imported(file_name):
    path = file_name.removesuffix(".proto").split("/")
    return f"from {'.'.join(path[:-1])} import {path[-1]}_pb2 as {'_'.join(path)}_pb2\n"


def services(contract, offered):
    """This gives the text of each module by its file name. `offered` says of an RPC whether agencies may
    call it."""
    packages = {}
    for file in contract.files:
        for service in file.parts:
            if service.kind == "service":
                packages.setdefault(file.package, []).append(service)
    made = {}
    for package, declared in sorted(packages.items()):
        modules = set()
        classes = "".join(service_class(contract, each, modules, offered)
                          for each in sorted(declared, key=lambda each: each.proto.name))
        if not classes:
            continue
        kinds = [kind for kind in ("Listing", "Stream", "Unary") if f"Final[{kind}[" in classes]
        imports = "".join(imported(name) for name in sorted(modules))
        made[f"{module_of(package)}.py"] = (
            f'"""The gRPC services of {package}, made of the protos by clients/python/build.py."""\n'
            f"from typing import Final\n\n{imported_line(imports)}"
            f"from accord_client.calls import {', '.join(kinds)}\nfrom accord_client.client import Client\n{classes}")
    return made


def imported_line(imports):
    return imports + "\n" if imports else ""
