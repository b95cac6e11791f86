"""These tests show what is run for a pod's life, in which order."""
import contextlib
import io
import pathlib
import subprocess
import tempfile
import unittest
import unittest.mock

from machine import cluster, nat, pods
from machine.cluster import Cluster
from machine.testing import WORKLOADS, Recorder

TEMPLATE = "name: @POD@\nimage: @IMAGE@\nvolumes:\n  claimName: data-@POD@\n"


class ClusterTest(unittest.TestCase):
    """These are the commands for an overlay's pods."""

    def setUp(self) -> None:
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.work = pathlib.Path(made.name)
        (self.work / "manifests").mkdir()
        for name in ("audit", "gateway", "migrate", "registry", "training"):
            (self.work / f"manifests/{name}.yaml").write_text(TEMPLATE)
        self.runner = Recorder(self.work)
        self.cluster = self.on(self.runner)
        self.errors = io.StringIO()
        self.enterContext(contextlib.redirect_stderr(self.errors))

    def on(self, runner: Recorder) -> Cluster:
        """Gives a cluster of the workloads of these tests."""
        made = Cluster(runner)
        made.workloads = pods.workloads_of(WORKLOADS)
        return made

    def led_to(self) -> list[str]:
        """Gives the endpoints of the gateway at each change, as iptables-restore was given them."""
        return [" ".join(line.rpartition(" ")[2] for line in given.splitlines() if "10.89.76.10/32" in line)
                for given in self.runner.given]

    def test_asks_for_the_overlay_as_it_is_now(self) -> None:
        runner = Recorder(self.work, {"node tests/kube/pods.mjs": WORKLOADS})
        made = Cluster(runner)
        made.lay_out()
        self.assertEqual(runner.commands, [
            f"rm -rf {self.work}/manifests {self.work}/desk",
            f"node tests/kube/pods.mjs {self.work}/rendered.yaml {self.work}/manifests 10.89.76 10.89.77.1"])
        self.assertEqual(sorted(made.workloads), ["audit", "gateway", "migrate", "registry", "training"])

    def test_leads_to_a_pod_once_it_is_ready(self) -> None:
        self.cluster.start("gateway-1", "next")
        self.assertEqual(self.runner.commands, [
            "podman volume exists data-gateway-1",
            "podman kube play --build=false --network accord-kube --ip 10.89.77.11 "
            f"--mac-address 02:00:00:00:00:0b {self.work}/play/gateway-1.yaml",
            "podman exec gateway-1-pod-0-gateway accord-probe --config /etc/accord/config/gateway.textproto",
            "iptables-restore -w --noflush"])
        self.assertEqual(self.led_to(), ["10.89.77.11:7400"])
        self.assertEqual((self.work / "running").read_text(), "gateway-1 10.89.77.11\n")
        self.assertIn("image: localhost/accord:next\n", (self.work / "play/gateway-1.yaml").read_text())

    def test_makes_a_volume_that_is_missing(self) -> None:
        runner = Recorder(self.work, fails=lambda command: command.startswith("podman volume exists"))
        self.on(runner).start("audit-1", "dev")
        self.assertEqual(runner.commands[1], "podman volume create --opt o=uid=10001,gid=10001 data-audit-1")

    def test_does_not_lead_to_a_pod_that_never_becomes_ready(self) -> None:
        runner = Recorder(self.work, fails=lambda command: command.startswith("podman exec"))
        made = self.on(runner)
        with unittest.mock.patch("machine.commands.PAUSE", 0), self.assertRaises(SystemExit):
            made.start("gateway-1", "dev")
        self.assertEqual((runner.given, made.running.pods()), ([], []))
        self.assertIn("accord test kube: gateway-1 does not become ready", self.errors.getvalue())

    def test_leads_nobody_to_a_pod_that_is_to_end(self) -> None:
        self.cluster.start("gateway-1", "dev")
        self.cluster.start("gateway-2", "dev")
        self.runner.commands.clear()
        self.cluster.stop("gateway-1")
        self.assertEqual(self.runner.commands, ["iptables-restore -w --noflush",
                                                "podman pod stop --time 30 gateway-1-pod-0",
                                                "podman pod rm --force --time 0 gateway-1-pod-0"])
        self.assertEqual(self.led_to()[-1], "10.89.77.12:7400")
        self.assertEqual(self.cluster.running.pods(), ["gateway-2"])

    def test_starts_the_gateways_last_and_as_many_as_it_is_told(self) -> None:
        self.cluster.start_all(1)
        self.assertEqual(self.cluster.running.pods(),
                         ["audit-1", "registry-1", "registry-2", "training-1", "gateway-1"])
        self.cluster.start_all(None)
        self.assertEqual(self.cluster.running.count("gateway"), 2)
        self.assertNotIn("10.89.77.15:7400", self.led_to()[-1])

    def test_never_leaves_a_deployment_without_a_pod_while_it_rolls(self) -> None:
        self.cluster.start_all(2)
        before = len(self.led_to())
        self.cluster.roll("gateway", "next")
        self.assertEqual(self.cluster.running.pods()[-2:], ["gateway-3", "gateway-4"])
        self.assertEqual([len(endpoints.split()) for endpoints in self.led_to()[before:]], [3, 2, 3, 2])

    def test_ends_the_old_pod_first_where_only_one_may_run(self) -> None:
        for name in ("audit", "training"):
            with self.subTest(name):
                self.cluster.start(f"{name}-1", "dev")
                self.runner.commands.clear()
                self.cluster.roll(name, "next")
                order = self.runner.beginning("podman pod rm", "podman kube play")
                self.assertEqual([line.split()[1] for line in order], ["pod", "kube"])
                self.assertEqual(self.cluster.running.count(name), 1)

    def test_runs_a_job_to_a_good_end(self) -> None:
        runner = Recorder(self.work, {"podman wait": "0\n"})
        self.on(runner).run_job("migrate", "dev")
        self.assertEqual(runner.commands[1:], ["podman wait migrate-migrate", "podman pod rm --force --time 0 migrate"])

    def test_ends_the_play_with_the_log_of_a_job_that_failed(self) -> None:
        runner = Recorder(self.work, {"podman wait": "1\n"})
        with self.assertRaises(SystemExit):
            self.on(runner).run_job("migrate", "dev")
        self.assertEqual(runner.commands[-1], "podman logs migrate-migrate")

    def test_waits_for_another_process_after_a_kill(self) -> None:
        seen = {"podman inspect audit-1-pod-0-audit --format {{.State.Pid}}": "42\n",
                "podman inspect audit-1-pod-0-audit --format {{.State.Running}} {{.State.Pid}}": "true 43\n",
                "podman inspect audit-1-pod-0-audit --format {{.State.Running}}": "true\n"}
        with unittest.mock.patch("os.kill") as killed:
            self.on(Recorder(self.work, seen)).crash("audit-1")
        killed.assert_called_once_with(42, 9)

    def test_does_not_take_the_killed_process_for_another(self) -> None:
        seen = {"podman inspect audit-1-pod-0-audit --format {{.State.Pid}}": "42\n",
                "podman inspect audit-1-pod-0-audit --format {{.State.Running}} {{.State.Pid}}": "true 42\n",
                "podman inspect audit-1-pod-0-audit --format {{.State.Running}}": "true\n"}
        with unittest.mock.patch("os.kill"), unittest.mock.patch("machine.commands.PAUSE", 0):
            with self.assertRaises(SystemExit):
                self.on(Recorder(self.work, seen)).crash("audit-1")
        self.assertIn("audit-1 did not come back", self.errors.getvalue())

    def test_holds_containers_to_what_the_manifests_promise(self) -> None:
        inside = "10001\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n"
        self.on(Recorder(self.work, {"podman exec": inside})).confined("audit-1")
        for other in (inside.replace("10001", "0"), inside + "writable\n", inside + "kubernetes.io\n", ""):
            with self.subTest(other), self.assertRaises(SystemExit):
                self.on(Recorder(self.work, {"podman exec": other})).confined("audit-1")

    def test_takes_each_thing_away_even_if_the_others_are_not_there(self) -> None:
        runner = Recorder(self.work, {"ip -o": "1: lo inet 10.89.76.10/32 scope global lo\n"},
                          fails=lambda command: True)
        self.on(runner).clear_away(subprocess.DEVNULL)
        self.assertEqual(runner.commands, [
            "podman pod rm --all --force --time 0", "podman volume rm --all --force",
            "podman network rm --force accord-kube", *(" ".join(command) for command in nat.unhooked("10.89.77")),
            "ip -o address show dev lo", "ip address del 10.89.76.10/32 dev lo"])

    def test_makes_the_network_before_the_rules_and_an_address_for_each_service(self) -> None:
        self.cluster.hook()
        self.assertEqual(self.runner.commands[0], "podman network create --subnet 10.89.77.0/24 accord-kube")
        self.assertEqual(len(self.runner.beginning("ip address add 10.89.76.")), 4)


class ConfigurationTest(unittest.TestCase):
    """podman and buildah keep away from the machine's own containers."""

    def test_is_found_by_the_environment(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            made = cluster.configured(pathlib.Path(name), {"PATH": "/bin", "STORAGE_DRIVER": "vfs"})
            self.assertEqual(made, {"PATH": "/bin", "CONTAINERS_CONF": f"{name}/containers.conf",
                                    "CONTAINERS_STORAGE_CONF": f"{name}/storage.conf"})
            self.assertIn('network_backend = "cni"', pathlib.Path(made["CONTAINERS_CONF"]).read_text())
            self.assertIn('runroot = "/run/accord-kube/run"', pathlib.Path(made["CONTAINERS_STORAGE_CONF"]).read_text())


if __name__ == "__main__":
    unittest.main()
