"""These are the stages of a play, and how everything is taken down after them."""
import os
import pathlib
import shutil
import subprocess
import time

from machine import ROOT, images, pods, production
from machine.cluster import Cluster
from machine.commands import Runner, complain, die, say, show_end
from machine.options import Options, tests_of, version_of

BIN = ROOT / "build/release/bin"
KUBECTL = ROOT / ".accord/kubectl/usr/bin/kubectl"
MEASURED = 20  # This is in seconds.


class Play:
    """These are the stages of one run, in the folder `work`."""

    def __init__(self, options: Options, runner: Runner) -> None:
        self.options, self.runner, self.work = options, runner, runner.work
        self.pki = self.work / "k8s/overlays/dev/pki"
        self.cluster = Cluster(runner)

    def stages(self) -> None:
        """Runs everything, in order."""
        self.cluster.clear_away(subprocess.DEVNULL)
        images.make_base(self.runner)
        for version in ("dev", "next"):
            images.make(self.runner, version, BIN if self.options.built else None)
        self.render()
        self.cluster.hook()
        self.start()
        self.case()
        self.crash()
        self.roll()
        self.measure()
        if self.options.suite and self.options.overlay == "dev":
            self.suite()

    def take_down(self, failed: bool) -> None:
        """Ends everything and leaves nothing; what a run leaves that was ended by force, the next one clears away."""
        (self.work / "enough").touch()
        if failed:
            self.cluster.logs(5)
        say("taking everything down")
        with open(self.work / "down.log", "wb") as log:
            self.cluster.clear_away(log)
        self.runner.end_behind()
        shutil.rmtree(self.work, ignore_errors=True)

    def render(self) -> None:
        """Renders the overlay with keys of its own, and for production with a database, secrets and certificates."""
        self.runner.must("cp", "-r", "k8s", self.work / "k8s")
        self.runner.must("rm", "-rf", self.pki)
        self.runner.quiet(self.work / "k8s/overlays/dev/pki.sh", BIN / "accordctl")
        rendered, log = self.work / "rendered.yaml", self.work / "log"
        with open(rendered, "wb") as out, open(log, "wb") as errors:
            done = self.runner.run(KUBECTL, "kustomize", self.work / "k8s/overlays" / self.options.overlay,
                                   stdout=out, stderr=errors)
        if done.returncode != 0:
            complain(log.read_text(errors="replace").rstrip("\n"))
            raise SystemExit(1)
        if self.options.overlay == "production":
            production.start_database(self.runner)
            made = self.made(rendered)
            with open(rendered, "a", encoding="utf-8") as out:
                out.write(made)
        self.cluster.lay_out()

    def made(self, rendered: pathlib.Path) -> str:
        """Gives the secrets, and what cert-manager would make."""
        secrets = production.secrets(production.services(), self.pki, self.work / "pg/pki")
        return "".join(["---\n", *(production.created(self.runner, KUBECTL, each) for each in secrets),
                        self.runner.output("node", "tests/kube/issue.mjs", rendered), "\n"])

    def start(self) -> None:
        """Runs the jobs, starts the pods, and waits until the gateway answers."""
        # Jobs are run again by hand, and by a release that changed nothing.
        for job in pods.jobs(self.cluster.workloads.values()) * 2:
            self.cluster.run_job(job, "dev")
        say(f"starting the pods of {self.options.overlay}")
        self.cluster.start_all(None if self.options.overlay == "production" else 2)
        for pod in self.cluster.running.pods():
            self.cluster.confined(pod)
        self.ctl("context", "set", "admin", "--address", self.gateway(), "--server-name", "localhost",
                 "--ca-file", self.pki / "agency-ca.crt", "--certificate-file", self.pki / "first-administrator.crt",
                 "--key-file", self.pki / "first-administrator.key", "--actor", "admin", "--purpose", "administration")
        self.ready()

    def ctl(self, *words: str | os.PathLike[str]) -> None:
        """Runs accordctl, and leaves out what it prints if nothing is wrong."""
        self.runner.must(BIN / "accordctl", "--config", self.work / "accordctl.yaml", *words, stdout=subprocess.DEVNULL)

    def gateway(self) -> str:
        """Gives the place of the gateway's Service."""
        return f"{self.cluster.workloads['gateway'].address}:7400"

    def ready(self) -> None:
        """Waits until every service answers through the gateway."""
        self.runner.quiet(BIN / "accordctl", "--config", self.work / "accordctl.yaml", "--context", "admin",
                          "status", "--wait", "60")

    def logged(self, name: str, failure: str, *command: str | os.PathLike[str]) -> pathlib.Path:
        """Runs a command whose log is kept; if it fails, the log's end is shown and the play ends."""
        log = self.work / name
        with open(log, "wb") as file:
            done = self.runner.run(*command, stdout=file, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            show_end(log, 40)
            die(failure)
        return log

    def case(self) -> None:
        """Carries the case through the gateway's Service."""
        say("the case, from outside")
        (self.work / "pki").symlink_to(self.pki)
        log = self.logged("case.log", "the case failed",
                          "tests/case/run.sh", "--bin", BIN, "--dir", self.work, "--real-time")
        say(next((line for line in log.read_text(errors="replace").splitlines() if "steps held" in line), ""))

    def crash(self) -> None:
        """Kills every process once."""
        for pod in self.cluster.running.pods():
            self.cluster.crash(pod)
            self.ready()
        say(f"killed {len(self.cluster.running.pods())} processes, each came back")

    def messages(self) -> None:
        """Generates the messages that the load is written with."""
        (self.work / "messages").mkdir()
        protos = [str(path.relative_to(ROOT / "protos")) for path in sorted((ROOT / "protos" / "accord").rglob("*.proto"))]
        self.runner.must("protoc", "-I", "protos", "-I", "/usr/include", f"--python_out={self.work}/messages", *protos)

    def load(self, rate: int) -> subprocess.Popen[bytes]:
        """Begins to make so many calls a second, until the file `enough` is there."""
        enough = self.work / "enough"
        enough.unlink(missing_ok=True)
        return self.runner.start_behind(
            "/usr/bin/python3", "tests/kube/steady_load.py", "--address", self.gateway(),
            "--config", self.work / "accordctl.yaml", "--bodies", self.work / "case",
            "--until", enough, "--rate", str(rate),
            log=self.work / "load", extra={"PYTHONPATH": f"{self.work}/messages"})

    def held(self, load: subprocess.Popen[bytes], when: str) -> None:
        """Ends a load, in which no call may have failed."""
        (self.work / "enough").touch()
        status = load.wait()
        say((self.work / "load").read_text(errors="replace").rstrip("\n"))
        if status != 0:
            die(f"the load did not hold {when}")

    def roll(self) -> None:
        """Replaces every process under a load."""
        self.messages()
        say("replacing every process under a steady load")
        load = self.load(40)
        for roll in range(self.options.rolls):
            version = version_of(roll)
            for name in pods.in_order(self.cluster.workloads.values()):
                began = time.monotonic()
                self.cluster.roll(name, version)
                took = int((time.monotonic() - began) * 1000)
                say(f"  {name}, {self.cluster.running.count(name)}: accord:{version} after {took} ms")
                self.ready()
        self.held(load, "during the replacement")
        say("every process was replaced, no call failed, no write was lost or done twice")

    def measure(self) -> None:
        """Measures what the processes need under a load."""
        say("what the processes need at 200 calls a second")
        load = self.load(200)
        before = {pod: self.cluster.used(pod) for pod in self.cluster.running.pods()}
        time.sleep(MEASURED)  # The processes are measured meanwhile.
        for pod, use in before.items():
            print(pods.used_line(pod, use, self.cluster.used(pod)), flush=True)
        self.held(load, "at 200 calls a second")

    def suite(self) -> None:
        """Runs the end-to-end suite, one test for each deployment, because each admits the same agencies."""
        say("the end-to-end suite")
        program, passed = ROOT / "build/release/test/e2e_test", 0
        self.runner.environment |= {
            "ACCORD_SOURCE_DIR": str(ROOT), "ACCORD_BIN_DIR": str(BIN), "ACCORD_E2E_GATEWAY": self.gateway(),
            "ACCORD_E2E_KEYS": str(self.pki), "ACCORD_E2E_CONTROL": str(ROOT / "tests/kube/pod.sh"),
            "ACCORD_KUBE_WORK": str(self.work)}
        listing = self.runner.run(program, "--gtest_list_tests", f"--gtest_filter={self.options.suite}",
                                  stdout=subprocess.PIPE).stdout
        for name in tests_of(listing):
            self.cluster.remove_all()
            self.cluster.lay_out()
            self.cluster.start_all(1)
            self.ready()
            self.logged("suite.log", f"{name} failed", program, f"--gtest_filter={name}")
            say(f"  {name}")
            passed += 1
        if passed == 0:
            die(f"no test is called {self.options.suite}")
        say(f"{passed} tests of the end-to-end suite passed on the pods, each on a deployment of its own")
