"""This tests a whole play, of which nothing is run."""
import contextlib
import io
import pathlib
import subprocess
import tempfile
import types
import unittest
import unittest.mock
from typing import Any

from machine import stages
from machine.cluster import Cluster
from machine.options import Options
from machine.pods import Use
from machine.stages import Play
from machine.testing import WORKLOADS, Recorder

INSIDE = "10001\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n"
# A machine would answer this, by what is part of a command.
ANSWERS = {
    "buildah images": "3f2a\n",
    "node tests/kube/pods.mjs": WORKLOADS,
    "podman wait": "0\n",
    "sh -c id -u": INSIDE,
    "{{.State.Running}} {{.State.Pid}}": "true 43\n",
    "{{.State.Pid}}": "42\n",
    "{{.State.Running}}": "true\n",
    "--gtest_list_tests": "Case.\n  IsCarried\n  IsRefused\n",
}


class Machine(Recorder):
    """This answers as a machine on which everything goes well."""

    def run(self, *command: object, **how: Any) -> subprocess.CompletedProcess[str]:
        """Notes the command and answers it."""
        done = super().run(*command, **how)
        done.stdout = next((answer for part, answer in ANSWERS.items() if part in done.args), "")
        return done

    def start_behind(self, *command: object, **how: Any) -> Any:
        """Notes the command, which goes well as soon as somebody waits for it."""
        self.commands.append("behind: " + " ".join(map(str, command)))
        how["log"].parent.mkdir(exist_ok=True)
        how["log"].write_text("calls 5, failed 0\n")
        return types.SimpleNamespace(wait=lambda: 0)


class WholePlayTest(unittest.TestCase):
    """This runs the stages in order."""

    def play(self, options: Options) -> tuple[Machine, list[str]]:
        """Plays to the end, and gives what was run and what was said without its time."""
        work = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "accord-kube.test"
        (work / "manifests").mkdir(parents=True)
        for name in ("audit", "gateway", "migrate", "registry", "training"):
            (work / f"manifests/{name}.yaml").write_text("name: @POD@\nimage: @IMAGE@\n")
        machine, said = Machine(work), io.StringIO()
        with contextlib.redirect_stdout(said), unittest.mock.patch("os.kill"), \
                unittest.mock.patch.dict("os.environ", HOME=str(work)), \
                unittest.mock.patch.object(stages, "MEASURED", 0), \
                unittest.mock.patch.object(Cluster, "used", side_effect=lambda pod: Use(1, 1024, next(self.clock))):
            play = Play(options, machine)
            play.stages()
            play.take_down(failed=False)
        return machine, [line.split("  ", 1)[1] for line in said.getvalue().splitlines() if line[2:3] == ":"]

    def setUp(self) -> None:
        self.clock = iter(range(10**6))

    def test_goes_from_a_clean_machine_to_a_clean_machine(self) -> None:
        machine, said = self.play(Options())
        clearing = machine.commands[:9]
        self.assertEqual(clearing[0], "podman pod rm --all --force --time 0")
        self.assertEqual(clearing[-1], "ip -o address show dev lo")
        self.assertEqual(machine.commands[-9:], clearing)
        self.assertEqual([line for line in said if " after " not in line], [
            "building the image accord:dev", "building the image accord:next", "starting the pods of dev",
            "the case, from outside", "", "killed 6 processes, each came back",
            "replacing every process under a steady load", "calls 5, failed 0",
            "every process was replaced, no call failed, no write was lost or done twice",
            "what the processes need at 200 calls a second", "calls 5, failed 0", "the end-to-end suite",
            "  Case.IsCarried", "  Case.IsRefused",
            "2 tests of the end-to-end suite passed on the pods, each on a deployment of its own",
            "taking everything down"])

    def test_loads_the_gateway_while_everything_is_replaced_and_measured(self) -> None:
        machine, said = self.play(Options(rolls=2, suite=""))
        loads = [line.rpartition("--rate ")[2] for line in machine.beginning("behind: /usr/bin/python3")]
        self.assertEqual(loads, ["40", "200"])
        replaced = [line.partition(" after ")[0] for line in said if " after " in line]
        self.assertEqual(replaced, [f"  {name}: accord:{version}" for version in ("next", "dev")
                                    for name in ("audit, 1", "registry, 2", "training, 1", "gateway, 2")])
        self.assertEqual(machine.beginning("podman kube play")[-1].rpartition("/")[2], "gateway-6.yaml")

    def test_gives_every_test_of_the_suite_a_deployment_of_its_own(self) -> None:
        machine, _ = self.play(Options())
        begun = machine.commands.index(next(line for line in machine.commands if "--gtest_list_tests" in line))
        suite = [line for line in machine.commands[begun + 1:-9]
                 if line.startswith(("podman volume rm", "node ", "podman kube play")) or "--gtest_filter" in line]
        one = ["volume", "pods.mjs", "audit-1.yaml", "registry-1.yaml", "registry-2.yaml", "training-1.yaml",
               "gateway-1.yaml", "--gtest_filter=Case."]
        self.assertEqual(len(suite), 2 * len(one))
        for line, part in zip(suite, 2 * one):
            self.assertIn(part, line)

    def test_has_a_database_before_anything_in_production_and_no_suite(self) -> None:
        machine, said = self.play(Options(overlay="production"))
        postgres = [line for line in machine.commands if "k8s/local/postgres.sh" in line]
        verbs = [line.removeprefix("behind: ").split()[1] for line in postgres]
        self.assertEqual(verbs, ["init", "run", "wait", "roles"])
        first = machine.beginning("podman kube play")[0]
        self.assertLess(machine.commands.index(postgres[-1]), machine.commands.index(first))
        self.assertNotIn("the end-to-end suite", said)
        self.assertEqual(machine.environment["ACCORD_PG_NETWORK"], "10.89.77.0/24")


if __name__ == "__main__":
    unittest.main()
