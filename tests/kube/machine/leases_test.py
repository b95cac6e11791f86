"""These tests are about what a run has for itself."""
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

from machine.leases import Addresses, Lease, Taken, hardware_address

HOLD_AND_DIE = """
import fcntl, os, signal, sys
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
os.kill(os.getpid(), signal.SIGKILL)
"""


class LeaseTest(unittest.TestCase):
    """The machine belongs to one run at a time."""

    def setUp(self) -> None:
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name) / "run/accord-kube"

    def test_is_refused_while_another_run_holds_it(self) -> None:
        lease = Lease(self.folder)
        self.addCleanup(lease.end)
        with self.assertRaises(Taken):
            Lease(self.folder)

    def test_is_free_again_at_its_end(self) -> None:
        Lease(self.folder).end()
        Lease(self.folder).end()

    def test_is_free_again_when_its_holder_was_killed(self) -> None:
        self.folder.mkdir(parents=True)
        done = subprocess.run([sys.executable, "-c", HOLD_AND_DIE, self.folder / "lock"], check=False)
        self.assertEqual(done.returncode, -signal.SIGKILL)
        Lease(self.folder).end()

    def test_is_not_kept_by_a_child_that_lives_on(self) -> None:
        lease = Lease(self.folder)
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as child:
            lease.end()
            Lease(self.folder).end()
            self.assertIsNone(child.poll())
            child.stdin.close()


class AddressesTest(unittest.TestCase):
    """Each pod gets the next address."""

    def test_begins_above_the_addresses_of_the_network_itself(self) -> None:
        addresses = Addresses("10.1.2")
        self.assertEqual([addresses.next(()) for _ in range(2)], ["10.1.2.11", "10.1.2.12"])

    def test_takes_a_free_address_again_only_after_all_others(self) -> None:
        addresses = Addresses("10.1.2")
        given = [addresses.next(()) for _ in range(244)]
        self.assertEqual(len(set(given)), 244)
        self.assertEqual(given[-1], "10.1.2.254")
        self.assertEqual(addresses.next(()), "10.1.2.11")

    def test_passes_over_what_a_running_pod_holds(self) -> None:
        addresses = Addresses("10.1.2")
        self.assertEqual(addresses.next({"10.1.2.11", "10.1.2.12"}), "10.1.2.13")

    def test_says_so_when_every_address_is_held(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "every address of 10.1.2 is held"):
            Addresses("10.1.2").next({f"10.1.2.{last}" for last in range(11, 255)})

    def test_gives_each_address_a_network_card_of_its_own(self) -> None:
        self.assertEqual(hardware_address("10.1.2.11"), "02:00:00:00:00:0b")
        self.assertEqual(hardware_address("10.1.2.254"), "02:00:00:00:00:fe")


if __name__ == "__main__":
    unittest.main()
