"""These tests are about names, order, rolls and use."""
import pathlib
import tempfile
import unittest

from machine import pods
from machine.testing import WORKLOADS

FOUND = pods.workloads_of(WORKLOADS)


class WorkloadsTest(unittest.TestCase):
    """These tests read what pods.mjs prints."""

    def test_are_read_with_what_they_lack(self) -> None:
        self.assertEqual(FOUND["gateway"], pods.Workload("gateway", "Deployment", 2, "10.89.76.10", "7400"))
        self.assertEqual(FOUND["migrate"], pods.Workload("migrate", "Job", 1, None, None))

    def test_start_with_the_gateway_last_and_jobs_apart(self) -> None:
        self.assertEqual(pods.in_order(FOUND.values()), ["audit", "registry", "training", "gateway"])
        self.assertEqual(pods.jobs(FOUND.values()), ["migrate"])


class RollTest(unittest.TestCase):
    """These tests show what replaces a pod, by the kind of its workload."""

    def test_is_what_its_kind_says(self) -> None:
        running = ["audit-1", "registry-2", "registry-9", "registry-10", "training-1", "gateway-1", "gateway-2"]
        table = [
            ("registry", "registry-2", [("start", "registry-11"), ("stop", "registry-2")]),
            ("gateway", "gateway-1", [("start", "gateway-3"), ("stop", "gateway-1")]),
            ("audit", "audit-1", [("stop", "audit-1"), ("start", "audit-1")]),
            ("training", "training-1", [("stop", "training-1"), ("start", "training-1")]),
        ]
        for name, pod, steps in table:
            with self.subTest(name):
                self.assertEqual(pods.roll_steps(FOUND[name], pod, running), steps)

    def test_is_for_every_kind_that_stays_up(self) -> None:
        self.assertEqual({each.kind for each in FOUND.values()} - {"Job"}, set(pods.SURGES))


class NamesTest(unittest.TestCase):
    """These tests show what pods and containers are called."""

    def test_come_from_the_workload_and_a_number(self) -> None:
        self.assertEqual(pods.name_of("registry-12"), "registry")
        self.assertEqual(pods.container_of("registry-12"), "registry-12-pod-0-registry")

    def test_tell_a_workload_from_another_that_begins_alike(self) -> None:
        self.assertTrue(pods.is_of("audit-1", "audit"))
        self.assertFalse(pods.is_of("audit-copy-1", "audit"))
        self.assertFalse(pods.is_of("audit-copy", "audit"))

    def test_fill_a_template(self) -> None:
        self.assertEqual(pods.filled("name: @POD@\nimage: @IMAGE@\nclaimName: data-@POD@\n", "audit-1", "next"),
                         "name: audit-1\nimage: localhost/accord:next\nclaimName: data-audit-1\n")

    def test_find_the_volumes_of_a_manifest(self) -> None:
        self.assertEqual(pods.claims_of("volumes:\n  - persistentVolumeClaim:\n      claimName: audit-data\n"
                                        "  - emptyDir: {}\nclaimName: witnessed-audit-1\n"),
                         ["audit-data", "witnessed-audit-1"])


class RunningTest(unittest.TestCase):
    """These tests show what runs, also in the file that pod.sh reads."""

    def setUp(self) -> None:
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.file = pathlib.Path(made.name) / "running"
        self.running = pods.Running(self.file)
        self.running.add("audit-1", "10.89.77.11")
        self.running.add("gateway-1", "10.89.77.12")

    def test_is_in_the_file_in_the_order_of_the_starts(self) -> None:
        self.running.add("gateway-2", "10.89.77.13")
        self.running.remove("gateway-1")
        self.assertEqual(self.file.read_text(), "audit-1 10.89.77.11\ngateway-2 10.89.77.13\n")
        self.assertEqual(self.running.pods(), ["audit-1", "gateway-2"])

    def test_gives_an_address_back_at_the_end_of_its_pod(self) -> None:
        self.assertEqual(self.running.address("gateway-1"), "10.89.77.12")
        self.running.remove("gateway-1")
        self.assertEqual(self.running.addresses(), ["10.89.77.11"])

    def test_counts_the_pods_of_a_workload(self) -> None:
        self.assertEqual([self.running.count(name) for name in ("audit", "gateway", "training")], [1, 1, 0])

    def test_is_empty_when_everything_begins_anew(self) -> None:
        self.running.clear()
        self.assertEqual((self.running.pods(), self.file.read_text()), ([], ""))


class UseTest(unittest.TestCase):
    """These tests show what a process has used."""

    def test_is_read_past_any_name_of_a_program(self) -> None:
        stat = "42 (a) R (b) S " + " ".join(str(field) for field in range(4, 53))
        self.assertEqual(pods.cpu_seconds(stat, 100), (14 + 15) / 100)

    def test_has_the_peak_of_memory(self) -> None:
        self.assertEqual(pods.peak_memory("VmPeak:\t  9 kB\nVmHWM:\t  35840 kB\nVmRSS:\t 7 kB\n"), 35840)
        with self.assertRaises(ValueError):
            pods.peak_memory("Name:\tzombie\n")

    def test_is_told_as_a_rate(self) -> None:
        line = pods.used_line("audit-1", pods.Use(1.0, 100, 10.0), pods.Use(5.0, 35840, 30.0))
        self.assertEqual(line, "  audit-1          200 millicores,  35 MB at the most")


if __name__ == "__main__":
    unittest.main()
