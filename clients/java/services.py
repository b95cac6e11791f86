"""Writes a Java class for each gRPC service that agencies call, on what gRPC's own generator makes.

Its stubs throw exceptions without the rule of a refusal. These classes repeat calls and explain refusals, and they have
the comments of the protos."""
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "clients/python"))

from stubs import items_of  # noqa: E402

WIDTH = 110
CLASS = """// clients/java/build.py made this file of {proto}.
package {package};

import example.accord.client.Accord;
{imports}
{text}public final class {name} {{
{fields}
  /** Makes the service over this connection. */
  public {name}(Accord accord) {{
{made}  }}
{members}}}
"""
UNARY = """
{text}  public {response} {method}({request} request) {{
    return {method}.call(request);
  }}

  /** The RPC of {{@link #{method}({request})}} as an object. */
  public {type} {method}() {{
    return {method};
  }}
"""
STREAMING = """
{text}  public {type} {method}() {{
    return {method};
  }}
"""


def package_of(file):
    """Gives the package of the messages and of gRPC's stubs."""
    return file.proto.options.java_package


def class_of(contract, type_name):
    """Gives the full name of the class that protoc makes of a message."""
    message = contract.by_name.get(type_name.removeprefix("."))
    if message is None:
        raise LookupError(f"{type_name} is a message of another package than Accord's")
    return f"{package_of(message.file)}.{message.short}", message


def camel(name):
    """Turns next_page_token into NextPageToken, as protoc does."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"_|(?<=[0-9])(?=[a-z])", name))


def javadoc(text, indent):
    """Gives a text as a comment of Java. Nothing in it is taken for a tag, for HTML, or for the end of the comment."""
    text = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("@", "&#64;").replace("*/", "*&#47;").replace("\\u", "&#92;u")
    space = " " * indent
    if indent + len(text) + 8 <= WIDTH:
        return f"{space}/** {text} */\n"
    lines = textwrap.wrap(text, WIDTH - indent - 3, break_long_words=False, break_on_hyphens=False)
    return f"{space}/**\n" + "".join(f"{space} * {line}\n" for line in lines) + f"{space} */\n"


class Member:
    """One RPC of a service: its kind, its types, and how it is made."""

    def __init__(self, contract, service, declared):
        proto = declared.proto
        request, request_message = class_of(contract, proto.input_type)
        response, response_message = class_of(contract, proto.output_type)
        stub = f"{package_of(service.file)}.{service.proto.name}Grpc.get{proto.name}Method()"
        items = "" if proto.server_streaming else items_of(request_message, response_message)
        self.kind, types, more = "Streaming" if proto.server_streaming else "Unary", [request, response], ""
        if items:
            field = next(each for each in response_message.of("field") if each.proto.name == items)
            self.kind, more = "Listing", f", {response}::get{camel(items)}List"
            types.append(class_of(contract, field.proto.type_name)[0])
        self.type = f"{self.kind}<{', '.join(types)}>"
        self.method = proto.name[0].lower() + proto.name[1:]
        self.made = f"    {self.method} = new {self.kind}<>(accord, {stub}{more});\n"
        template = STREAMING if proto.server_streaming else UNARY
        self.text = template.format(text=javadoc(declared.text, 2), response=response, request=request,
                                    method=self.method, type=self.type)


def service_class(contract, service, offered):
    """Gives the text of a class; empty if agencies may call none of the service's RPCs."""
    members = [Member(contract, service, each) for each in service.of("rpc")
               if offered(each) and not each.proto.client_streaming]
    if not members:
        return ""
    kinds = sorted({each.kind for each in members})
    return CLASS.format(
        proto=service.file.name, package=home_of(service.file), name=service.proto.name,
        imports="".join(f"import example.accord.client.{kind};\n" for kind in kinds),
        text=javadoc(service.text, 0),
        fields="".join(f"  private final {each.type} {each.method};\n" for each in members),
        made="".join(each.made for each in members), members="".join(each.text for each in members))


def home_of(file):
    """Turns example.accord.protocols.v1 into example.accord.client.protocols.v1."""
    return package_of(file).replace("example.accord.", "example.accord.client.", 1)


def classes(contract, offered):
    """Gives the text of each class by the name of its file. `offered` says of an RPC whether agencies may call it."""
    made = {}
    for file in contract.files:
        for service in file.parts:
            text = service_class(contract, service, offered) if service.kind == "service" else ""
            if text:
                made[f"{home_of(file).replace('.', '/')}/{service.proto.name}.java"] = text
    return made
