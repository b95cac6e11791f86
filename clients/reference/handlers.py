"""This finds the rules by which the code of a service refuses, starting from an RPC's handler, as far as
names can be followed.

A handler is a function whose last argument is the request of its RPC. From it calls are followed by name within the
folder of the service: to functions of the same class and of no class, and through an object to a name that one class
alone has. A handler is never reached that way, since it shares its name with the tables of records. What is found is a
rule that the RPC may refuse by, in some state of some record. What is not found stays with the package."""
import collections
import re

FUNCTION = re.compile(r"^(?!namespace|struct|class|enum|using|#|//|template)[\w:][^;{}()\n]*?(?:\n[^;{}()\n]*?)?"
                      r"\b((?:\w+::)*)(~?\w+)\(([^{};]*?)\)(?: const)?(?: noexcept)? \{\n(.*?)^\}", re.M | re.S)
REQUEST = re.compile(r"const (?:\w+::)*v\d+::(\w+)& ?\w*$")
CALL = re.compile(r"(\.|->)?\b([A-Z]\w*)\(")
RULE = re.compile(r"\brules::(k[A-Z]\w*)")
# The first calls a table of a lifecycle, and the second is the rule by which that table
# refuses (common/lifecycle).
MOVES, MOVED = re.compile(r"\w*Lifecycle\(\)"), "kStateNotPermitted"

Function = collections.namedtuple("Function", "owner name arguments body")


def code_of(folder):
    """This gives the texts of C++ files that are not tests."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".cc", ".h") and not path.stem.endswith("_test") and "testing" not in path.parts:
            yield path.read_text()


class Handlers:
    """These are the rules by which the handlers of one service refuse."""

    def __init__(self, texts):
        self._named, self._of_request = collections.defaultdict(list), collections.defaultdict(list)
        for text in texts:
            for owner, name, arguments, body in FUNCTION.findall(text):
                function = Function(owner.rstrip(":").rsplit("::", 1)[-1], name, arguments.strip(), body)
                self._named[name].append(function)
                request = REQUEST.search(function.arguments)
                if request:
                    self._of_request[request[1]].append(function)
        self._handlers = {each for found in self._of_request.values() for each in found}

    def _called(self, function):
        for through, name in CALL.findall(function.body):
            found = self._named.get(name, [])
            if not through:
                yield from (each for each in found if each.owner in ("", function.owner))
            elif len({each.owner for each in found}) == 1:
                yield from (each for each in found if each not in self._handlers)

    def has(self, request):
        return request in self._of_request

    def constants_of(self, request):
        """This gives the constants of the rules by which the handler of this request may refuse."""
        seen, waiting, constants = set(), list(self._of_request.get(request, [])), set()
        while waiting:
            function = waiting.pop()
            if function in seen:
                continue
            seen.add(function)
            constants.update(RULE.findall(function.body))
            if MOVES.search(function.body):
                constants.add(MOVED)
            waiting += self._called(function)
        return constants
