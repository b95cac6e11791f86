"""This starts, rolls and ends the pods of an overlay, and leads connections to them."""
import os
import pathlib
import re
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from typing import IO

from machine import LEASE, NETWORK, PODS, ROOT, SERVICES, nat, pods
from machine.commands import Runner, complain, die
from machine.leases import Addresses, hardware_address

# These are what the manifests promise of a container, looked at from inside.
LOOK_INSIDE = ("id -u; grep -E \"^(CapEff|NoNewPrivs|Seccomp):\" /proc/self/status; "
               "(: >/usr/x) 2>/dev/null && echo writable; ls /var/run/secrets 2>/dev/null; true")
CONFINED = "10001 CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 "


def containers_conf(lease: pathlib.Path) -> str:
    """Says how podman runs containers here."""
    return f"""\
[containers]
default_ulimits = []
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "runc"
tmp_dir = "{lease}/tmp"
[network]
network_backend = "cni"
network_config_dir = "{lease}/net"
"""


def storage_conf(lease: pathlib.Path, root: pathlib.Path) -> str:
    """Where podman and buildah keep images and containers: a storage of our own leaves the machine's alone."""
    return f"""\
[storage]
driver = "overlay"
graphroot = "{root}/.accord/kube/storage"
runroot = "{lease}/run"
"""


def configured(work: pathlib.Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Writes what podman and buildah go by, and gives an environment in which they find it."""
    (work / "containers.conf").write_text(containers_conf(LEASE))
    (work / "storage.conf").write_text(storage_conf(LEASE, ROOT))
    made = {**environment, "CONTAINERS_CONF": f"{work}/containers.conf",
            "CONTAINERS_STORAGE_CONF": f"{work}/storage.conf"}
    made.pop("STORAGE_DRIVER", None)
    return made


def play_command(address: str, manifest: pathlib.Path) -> list[str]:
    """Starts a pod at an address."""
    return ["podman", "kube", "play", "--build=false", "--network", NETWORK, "--ip", address,
            "--mac-address", hardware_address(address), str(manifest)]


class Cluster:
    """These are the pods of an overlay, whose templates are in the folder `manifests` of the run."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._addresses = Addresses(PODS)
        self._endpoints: dict[str, list[str]] = {}
        self.work = runner.work
        self.workloads: dict[str, pods.Workload] = {}
        self.running = pods.Running(self.work / "running")
        (self.work / "play").mkdir(exist_ok=True)

    def lay_out(self) -> None:
        """Lays the overlay out as it is, whatever was changed since."""
        manifests = self.work / "manifests"
        self._runner.must("rm", "-rf", manifests, self.work / "desk")
        self.workloads = pods.workloads_of(self._runner.output(
            "node", "tests/kube/pods.mjs", self.work / "rendered.yaml", manifests, SERVICES, f"{PODS}.1"))

    def hook(self) -> None:
        """Makes the network, and lets the addresses of Services lead to pods."""
        self._runner.quiet("podman", "network", "create", "--subnet", f"{PODS}.0/24", NETWORK)
        for command in nat.hooked(PODS, [each.address for each in self.workloads.values() if each.address is not None]):
            self._runner.must(*command)

    def clear_away(self, heard: IO[bytes] | int) -> None:
        """Removes whatever this run or an earlier one left, each thing if it is there."""
        for command in (["podman", "pod", "rm", "--all", "--force", "--time", "0"],
                        ["podman", "volume", "rm", "--all", "--force"],
                        ["podman", "network", "rm", "--force", NETWORK],
                        *nat.unhooked(PODS)):
            self._runner.run(*command, stdout=heard, stderr=subprocess.STDOUT)
        listed = self._runner.run("ip", "-o", "address", "show", "dev", "lo", stdout=subprocess.PIPE, stderr=heard)
        for address in nat.of_services(listed.stdout, SERVICES):
            self._runner.run("ip", "address", "del", address, "dev", "lo", stdout=heard, stderr=subprocess.STDOUT)

    def lead(self) -> None:
        """Leads every Service to the endpoints that it has now."""
        self._runner.quiet("iptables-restore", "-w", "--noflush",
                           given=nat.restored(nat.rules(self.workloads.values(), self._endpoints)))

    def start(self, pod: str, version: str) -> None:
        """Starts a pod, waits for its own readiness probe, and lets the Service lead to it."""
        name = pods.name_of(pod)
        for volume in pods.claims_of(self._fill(name, pod, version)):
            if self._runner.run("podman", "volume", "exists", volume).returncode != 0:
                self._runner.quiet("podman", "volume", "create", "--opt", "o=uid=10001,gid=10001", volume)
        address = self._play(pod)
        probe = ["podman", "exec", pods.container_of(pod),
                 "accord-probe", "--config", f"/etc/accord/config/{name}.textproto"]
        self._runner.until_true(f"{pod} does not become ready", lambda: self._runner.succeeds(*probe))
        if self.workloads[name].address is not None:
            self._endpoints.setdefault(name, []).append(address)
            self.lead()
        self.running.add(pod, address)

    def stop(self, pod: str) -> None:
        """Leads nobody to the pod any more, and then sends it SIGTERM, as its preStop wait has it."""
        address, name = self.running.address(pod), pods.name_of(pod)
        self._endpoints[name] = [each for each in self._endpoints.get(name, ()) if each != address]
        self.lead()
        self._runner.quiet("podman", "pod", "stop", "--time", "30", f"{pod}-pod-0")
        self._runner.quiet("podman", "pod", "rm", "--force", "--time", "0", f"{pod}-pod-0")
        self.running.remove(pod)

    def start_all(self, gateways: int | None) -> None:
        """Starts every pod of the version dev, and this many gateways, or as many as the manifest has."""
        self.running.clear()
        self._endpoints.clear()
        for name in pods.in_order(self.workloads.values()):
            replicas = gateways if name == "gateway" and gateways is not None else self.workloads[name].replicas
            for number in range(1, replicas + 1):
                self.start(f"{name}-{number}", "dev")

    def run_job(self, name: str, version: str) -> None:
        """Runs a job to its end, which must be a good one."""
        self._fill(name, name, version)
        self._play(name)
        if self._runner.output("podman", "wait", f"{name}-migrate") != "0":
            self._runner.run("podman", "logs", f"{name}-migrate", stdout=2)
            die(f"{name} failed")
        self._runner.quiet("podman", "pod", "rm", "--force", "--time", "0", name)

    def roll(self, name: str, version: str) -> None:
        """Replaces every pod of a workload, as its kind is rolled."""
        steps: Mapping[str, Callable[[str], None]] = {"start": lambda pod: self.start(pod, version), "stop": self.stop}
        for pod in [each for each in self.running.pods() if pods.is_of(each, name)]:
            for step, of in pods.roll_steps(self.workloads[name], pod, self.running.pods()):
                steps[step](of)

    def crash(self, pod: str) -> None:
        """Kills a process with SIGKILL, as the kernel would; the pod's restart policy brings it back."""
        process = self._pid(pod)
        os.kill(int(process), signal.SIGKILL)
        self._runner.until_true(f"{pod} did not come back", lambda: self._is_another(pod, process))

    def used(self, pod: str) -> pods.Use:
        """Gives what a pod's process has used so far."""
        process = pathlib.Path("/proc") / self._pid(pod)
        return pods.Use(pods.cpu_seconds((process / "stat").read_text(), os.sysconf("SC_CLK_TCK")),
                        pods.peak_memory((process / "status").read_text()), time.time())

    def confined(self, pod: str) -> None:
        """Ends the play if a container can do more than the manifests promise."""
        seen = self._runner.must("podman", "exec", pods.container_of(pod), "sh", "-c", LOOK_INSIDE,
                                 stdout=subprocess.PIPE).stdout
        inside = re.sub(r"[ \t\n]+", " ", seen)
        if inside != CONFINED:
            die(f"{pod} is not confined: {inside}")

    def logs(self, lines: int) -> None:
        """Prints the end of each pod's log on the standard error output."""
        for pod in self.running.pods():
            complain(f"-- {pod}")
            self._runner.run("podman", "logs", "--tail", str(lines), pods.container_of(pod), stdout=2)

    def remove_all(self) -> None:
        """Removes every pod and every volume."""
        self._runner.quiet("podman", "pod", "rm", "--all", "--force", "--time", "0")
        self._runner.quiet("podman", "volume", "rm", "--all", "--force")

    def _manifest(self, pod: str) -> pathlib.Path:
        return self.work / f"play/{pod}.yaml"

    def _fill(self, name: str, pod: str, version: str) -> str:
        """Writes the manifest of a pod, and gives it."""
        manifest = pods.filled((self.work / f"manifests/{name}.yaml").read_text(), pod, version)
        self._manifest(pod).write_text(manifest)
        return manifest

    def _play(self, pod: str) -> str:
        """Starts a pod at the next address, and gives that."""
        address = self._addresses.next(self.running.addresses())
        # The image is not in the repository, because podman takes a folder that is called like the image for something
        # to build.
        self._runner.quiet(*play_command(address, self._manifest(pod)), cwd=self.work)
        return address

    def _inspect(self, ask: Callable[..., str], pod: str, what: str) -> str:
        return ask("podman", "inspect", pods.container_of(pod), "--format", what)

    def _pid(self, pod: str) -> str:
        return self._inspect(self._runner.output, pod, "{{.State.Pid}}")

    def _is_another(self, pod: str, process: str) -> bool:
        """Says whether a pod runs, and not as that process."""
        seen = self._inspect(self._runner.answer, pod, "{{.State.Running}} {{.State.Pid}}")
        return seen != f"true {process}" and self._inspect(self._runner.answer, pod, "{{.State.Running}}") == "true"
