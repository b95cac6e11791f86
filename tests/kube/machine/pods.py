"""This is what can be known of workloads and pods without asking anybody: names, order, rolls and use."""
import dataclasses
import pathlib
import re
from collections.abc import Iterable, Sequence

# This says how each kind is rolled: a new pod before the old one's end, or the same pod again after it.
SURGES = {"Deployment": True, "Recreate": False, "StatefulSet": False}


@dataclasses.dataclass(frozen=True)
class Workload:
    """This is a line of what pods.mjs prints; a Job has neither an address nor a port."""

    name: str
    kind: str
    replicas: int
    address: str | None
    port: str | None


def workloads_of(listing: str) -> dict[str, Workload]:
    """Gives the workloads that pods.mjs prints, by name."""
    found = {}
    for name, kind, replicas, address, port in map(str.split, listing.splitlines()):
        found[name] = Workload(name, kind, int(replicas), None if address == "-" else address,
                               None if port == "-" else port)
    return found


def jobs(workloads: Iterable[Workload]) -> list[str]:
    """Gives what runs to its end."""
    return [each.name for each in workloads if each.kind == "Job"]


def in_order(workloads: Iterable[Workload]) -> list[str]:
    """Gives what stays up, in the order in which it is started. The gateways are last, because they wait for
    the services."""
    return sorted((each.name for each in workloads if each.kind != "Job"), key=lambda name: name == "gateway")


def name_of(pod: str) -> str:
    """Gives the workload that a pod is of: registry for registry-2."""
    return pod.rpartition("-")[0]


def container_of(pod: str) -> str:
    """Gives podman's name of the container of a pod that it made of a Deployment."""
    return f"{pod}-pod-0-{name_of(pod)}"


def filled(template: str, pod: str, version: str) -> str:
    """Gives the pod that a template of pods.mjs makes."""
    return template.replace("@POD@", pod).replace("@IMAGE@", f"localhost/accord:{version}")


def claims_of(manifest: str) -> list[str]:
    """Gives the volumes that a pod needs."""
    return re.findall(r"^ *claimName: (.*)$", manifest, re.MULTILINE)


def is_of(pod: str, name: str) -> bool:
    """Says whether a pod is one of a workload's."""
    return re.fullmatch(re.escape(name) + "-[0-9]+", pod) is not None


def roll_steps(workload: Workload, pod: str, running: Iterable[str]) -> list[tuple[str, str]]:
    """Gives what replaces a pod, in this order: ("start" or "stop", a pod)."""
    if not SURGES[workload.kind]:
        return [("stop", pod), ("start", pod)]
    highest = max(int(each.rpartition("-")[2]) for each in running if is_of(each, workload.name))
    return [("start", f"{workload.name}-{highest + 1}"), ("stop", pod)]


class Running:
    """These are the pods that run and their addresses, in the order in which they were started; pod.sh reads them in
    a file."""

    def __init__(self, file: pathlib.Path) -> None:
        self._file = file
        self._addresses: dict[str, str] = {}

    def clear(self) -> None:
        """Notes that nothing runs any more."""
        self._addresses.clear()
        self._keep()

    def add(self, pod: str, address: str) -> None:
        """Notes that the pod is ready."""
        self._addresses[pod] = address
        self._keep()

    def remove(self, pod: str) -> None:
        """Notes that the pod has ended."""
        del self._addresses[pod]
        self._keep()

    def pods(self) -> list[str]:
        """Gives the names of those that run."""
        return list(self._addresses)

    def count(self, name: str) -> int:
        """Says how many of a workload run."""
        return sum(is_of(pod, name) for pod in self._addresses)

    def address(self, pod: str) -> str:
        """Says where a pod is."""
        return self._addresses[pod]

    def addresses(self) -> Sequence[str]:
        """Gives the addresses that are held."""
        return list(self._addresses.values())

    def _keep(self) -> None:
        self._file.write_text("".join(f"{pod} {address}\n" for pod, address in self._addresses.items()))


@dataclasses.dataclass(frozen=True)
class Use:
    """This is what a process has used by an instant: seconds of CPU, and the most memory that it had, in kB."""

    cpu: float
    peak: int
    when: float


def cpu_seconds(stat: str, ticks: int) -> float:
    """Gives the seconds of CPU in /proc/PID/stat, by the number of ticks in a second."""
    fields = stat.rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / ticks


def peak_memory(status: str) -> int:
    """Gives the most memory in /proc/PID/status, in kB."""
    found = re.search(r"^VmHWM:\s*(\d+)", status, re.MULTILINE)
    if found is None:
        raise ValueError("a status without VmHWM")
    return int(found[1])


def used_line(pod: str, before: Use, after: Use) -> str:
    """Says for people what a process needed between two instants."""
    millicores = (after.cpu - before.cpu) * 1000 / (after.when - before.when)
    return f"  {pod:<15} {millicores:4.0f} millicores, {after.peak / 1024:3.0f} MB at the most"
