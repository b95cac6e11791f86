"""These rules, as data, lead a Service's address to one of its endpoints by chance, as kube-proxy does it."""
import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from machine.pods import Workload

CHAIN = "ACCORD-KUBE"
IPTABLES = ("iptables", "-w", "-t", "nat")


@dataclasses.dataclass(frozen=True)
class Rule:
    """What comes for a Service goes to this endpoint with this probability, otherwise on to the next rule."""

    address: str
    port: str
    probability: float
    endpoint: str

    def line(self) -> str:
        """Gives the rule as iptables-restore reads it."""
        return (f"-A {CHAIN} -d {self.address}/32 -p tcp --dport {self.port} -m statistic --mode random "
                f"--probability {self.probability:.6g} -j DNAT --to-destination {self.endpoint}:{self.port}")


def rules(workloads: Iterable[Workload], endpoints: Mapping[str, Sequence[str]]) -> list[Rule]:
    """Makes one rule for each endpoint of each Service. The chances of a Service's endpoints are equal, since each rule
    decides about what the rules before it let pass."""
    return [Rule(each.address, each.port, 1 / count, endpoints[each.name][count - 1])
            for each in workloads if each.address is not None and each.port is not None
            for count in range(len(endpoints.get(each.name, ())), 0, -1)]


def restored(made: Iterable[Rule]) -> str:
    """Gives what iptables-restore reads so that these rules, and no others, are in our chain, in one step."""
    return "\n".join(["*nat", f":{CHAIN} - [0:0]", *(rule.line() for rule in made), "COMMIT", ""])


def _masquerade(verb: str, pods: str) -> list[str]:
    """Makes answers come back by way of this machine, also where a pod calls itself."""
    return [*IPTABLES, verb, "POSTROUTING", "-s", f"{pods}.0/24", "-d", f"{pods}.0/24",
            "-m", "conntrack", "--ctstate", "DNAT", "-j", "MASQUERADE"]


def hooked(pods: str, addresses: Iterable[str]) -> list[list[str]]:
    """Gives commands that let connections go through our chain. A Service without an endpoint refuses, because its
    address is this machine's own."""
    return [[*IPTABLES, "-N", CHAIN],
            [*IPTABLES, "-I", "PREROUTING", "-j", CHAIN],
            [*IPTABLES, "-I", "OUTPUT", "-j", CHAIN],
            _masquerade("-I", pods),
            *(["ip", "address", "add", f"{address}/32", "dev", "lo"] for address in addresses)]


def unhooked(pods: str) -> list[list[str]]:
    """Gives commands that remove our chain again."""
    return [[*IPTABLES, "-D", "PREROUTING", "-j", CHAIN],
            [*IPTABLES, "-D", "OUTPUT", "-j", CHAIN],
            _masquerade("-D", pods),
            [*IPTABLES, "-F", CHAIN],
            [*IPTABLES, "-X", CHAIN]]


def of_services(listing: str, services: str) -> list[str]:
    """Gives the addresses of Services, with their masks, in what `ip -o address show` prints."""
    addresses = [words[3] for words in map(str.split, listing.splitlines()) if len(words) > 3]
    return [address for address in addresses if address.startswith(services + ".")]
