"""This has the messages, services and options of Accord's protos, read from their text as far as checks need them.

A message is known by its full name, for example `accord.protocols.v1.Referral`. An option's value is a text, or a
dictionary from each field to the list of its values. Comments, enums and imports are left out."""
import collections
import re

TOKEN = re.compile(r'\s+|//[^\n]*|(?P<text>"(?:[^"\\]|\\.)*")|(?P<word>[\w.+-]+)|(?P<sign>[{}\[\]()<>:;=,])')
PROTOS = "protos/accord"
LABELS = ("repeated", "optional")
SCALARS = {"double", "float", "int32", "int64", "uint32", "uint64", "bool", "string", "bytes"}


class Message:
    def __init__(self, name):
        self.name = name
        self.fields = []
        self.options = {}

    @property
    def package(self):
        return ".".join(self.name.split(".")[:3])


class Field:
    def __init__(self, name, kind, options):
        self.name = name
        self.kind = kind
        self.options = options

    def rule(self, what):
        """Gives the one value of a field of the option `rule`, or an empty text."""
        return (self.options.get("accord.annotations.v1.rule", {}).get(what) or [""])[0]


class Rpc:
    def __init__(self, name, request, response, access):
        self.name, self.request, self.response, self.access = name, request, response, access


class Service:
    def __init__(self, name):
        self.name = name
        self.audiences = {}
        self.rpcs = []


def tokens_of(text):
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise ValueError(f"line {text[:at].count(chr(10)) + 1} cannot be read")
        at = found.end()
        if found.lastgroup:
            yield found[0]


class Reader:
    """This reads one file, of which the whole is a list of tokens."""

    def __init__(self, text):
        self.tokens = list(tokens_of(text))
        self.at = 0

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def next_is(self, sign):
        return self.at < len(self.tokens) and self.tokens[self.at] == sign

    def skip(self, sign):
        if self.next_is(sign):
            self.at += 1

    def until(self, sign):
        """Gives the tokens before the next `sign`, which is taken too."""
        end = self.tokens.index(sign, self.at)
        found = self.tokens[self.at:end]
        self.at = end + 1
        return found

    def value(self):
        """Gives a text, or the dictionary between braces."""
        if not self.next_is("{"):
            return self.take().strip('"')
        self.take()
        found = collections.defaultdict(list)
        while not self.next_is("}"):
            name = self.take()
            self.skip(":")
            if self.next_is("["):
                self.take()
                while not self.next_is("]"):
                    found[name].append(self.value())
                    self.skip(",")
                self.take()
            else:
                found[name].append(self.value())
            self.skip(",")
            self.skip(";")
        self.take()
        return found

    def option(self):
        """Gives (name, value) of an option, whose name may stand between parentheses."""
        self.skip("(")
        name = self.take()
        self.skip(")")
        self.skip("=")
        return name, self.value()

    def field(self, label_or_kind):
        kind = self.take() if label_or_kind in LABELS else label_or_kind
        if kind == "map":
            kind = self.until(">")[-1]
        name = self.take()
        self.until("=")
        self.take()
        options = {}
        if self.next_is("["):
            self.take()
            while not self.next_is("]"):
                each, value = self.option()
                options[each] = value
                self.skip(",")
            self.take()
        self.skip(";")
        return Field(name, kind, options)

    def block(self):
        """Passes over what stands between braces."""
        self.until("{")
        depth = 1
        while depth:
            token = self.take()
            depth += (token == "{") - (token == "}")

    def message(self, scope, found):
        message = Message(f"{scope}.{self.take()}")
        found[message.name] = message
        self.body(message, found)

    def body(self, message, found):
        self.until("{")
        while not self.next_is("}"):
            word = self.take()
            if word == "option":
                name, message.options[name] = self.named_option()
            elif word == "reserved":
                self.until(";")
            elif word == "enum":
                self.block()
            elif word == "message":
                self.message(message.name, found)
            elif word == "oneof":
                self.take()
                self.body(message, found)
            elif word != ";":
                message.fields.append(self.field(word))
        self.take()

    def named_option(self):
        found = self.option()
        self.skip(";")
        return found

    def rpc(self):
        name = self.take()
        ends = []
        for _ in range(2):
            self.until("(")
            ends.append(self.until(")")[-1])
        access = {}
        if self.next_is("{"):
            self.take()
            while not self.next_is("}"):
                if self.take() == "option":
                    option, value = self.named_option()
                    access = value if option.endswith("v1.access") else access
            self.take()
        self.skip(";")
        return Rpc(name, *ends, access)

    def service(self, package):
        service = Service(f"{package}.{self.take()}")
        self.until("{")
        while not self.next_is("}"):
            word = self.take()
            if word == "option":
                option, value = self.named_option()
                if option.endswith("v1.audience"):
                    service.audiences[value["name"][0]] = value
            elif word == "rpc":
                service.rpcs.append(self.rpc())
        self.take()
        return service

    def file(self, messages, services):
        package = ""
        while self.at < len(self.tokens):
            word = self.take()
            if word == "package":
                package = self.until(";")[0]
            elif word == "message":
                self.message(package, messages)
            elif word == "service":
                services.append(self.service(package))
            elif word in ("enum", "extend"):
                self.block()
            elif word in ("syntax", "import", "option"):
                self.until(";")


class Protos:
    """These are all of the protos of a tree."""

    def __init__(self, root):
        self.messages, self.services = {}, []
        for path in sorted((root / PROTOS).rglob("*.proto")):
            if "annotations" not in path.parts and "testing" not in path.parts:
                Reader(path.read_text()).file(self.messages, self.services)

    def message(self, kind, scope):
        """Gives the message that `kind` names inside of `scope`, or None if it is none."""
        if kind in SCALARS:
            return None
        parts = scope.split(".")
        for length in range(len(parts), -1, -1):
            found = self.messages.get(".".join(parts[:length] + [kind]))
            if found:
                return found
        return None

    def resources(self):
        """Gives (kind, message) of each resource, for example `protocols.referral`."""
        for message in self.messages.values():
            option = message.options.get("accord.annotations.v1.resource")
            if option:
                yield f"{message.name.split('.')[1]}.{option['singular'][0]}", message
