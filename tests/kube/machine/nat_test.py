"""These tests show how Services lead to pods."""
import unittest

from machine import nat
from machine.pods import workloads_of
from machine.testing import WORKLOADS

LOOPBACK = """\
1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
1: lo    inet 10.89.76.10/32 scope global lo\\       valid_lft forever preferred_lft forever
1: lo    inet 10.89.77.1/32 scope global lo\\       valid_lft forever preferred_lft forever
1: lo    inet6 ::1/128 scope host \\       valid_lft forever preferred_lft forever
"""


def rules_for(**endpoints: list[str]) -> list[nat.Rule]:
    """The rules of the workloads of these tests."""
    return nat.rules(workloads_of(WORKLOADS).values(), endpoints)


class RulesTest(unittest.TestCase):
    """A Service's address leads to one of its endpoints by chance."""

    def test_leads_nowhere_without_endpoints(self) -> None:
        self.assertEqual(rules_for(gateway=[]), [])

    def test_leads_nowhere_to_what_has_no_service(self) -> None:
        self.assertEqual(rules_for(migrate=["10.89.77.11"]), [])

    def test_always_leads_to_the_only_endpoint(self) -> None:
        self.assertEqual(rules_for(audit=["10.89.77.11"]), [nat.Rule("10.89.76.11", "7400", 1.0, "10.89.77.11")])

    def test_leads_to_each_endpoint_with_the_same_chance(self) -> None:
        endpoints = [f"10.89.77.{last}" for last in range(11, 16)]
        passed, chances = 1.0, {}
        for rule in rules_for(gateway=endpoints):
            chances[rule.endpoint] = passed * rule.probability
            passed *= 1 - rule.probability
        self.assertEqual(sorted(chances), endpoints)
        for chance in chances.values():
            self.assertAlmostEqual(chance, 1 / 5)
        self.assertEqual(passed, 0)

    def test_is_written_as_iptables_restore_reads_it(self) -> None:
        made = rules_for(gateway=["10.89.77.12", "10.89.77.13", "10.89.77.14"], training=["10.89.77.11"])
        begin = "-A ACCORD-KUBE -d 10.89.76.{}/32 -p tcp --dport 7400 -m statistic --mode random --probability {}"
        self.assertEqual(nat.restored(made).splitlines(), [
            "*nat",
            ":ACCORD-KUBE - [0:0]",
            begin.format(10, "0.333333") + " -j DNAT --to-destination 10.89.77.14:7400",
            begin.format(10, "0.5") + " -j DNAT --to-destination 10.89.77.13:7400",
            begin.format(10, "1") + " -j DNAT --to-destination 10.89.77.12:7400",
            begin.format(13, "1") + " -j DNAT --to-destination 10.89.77.11:7400",
            "COMMIT"])

    def test_empties_the_chain_where_nothing_leads(self) -> None:
        self.assertEqual(nat.restored([]), "*nat\n:ACCORD-KUBE - [0:0]\nCOMMIT\n")


class HookTest(unittest.TestCase):
    """What is put into the machine's own tables is taken out again."""

    def test_takes_away_every_rule_that_it_put_in(self) -> None:
        put = [command[5:] for command in nat.hooked("10.89.77", []) if command[4] == "-I"]
        taken = [command[5:] for command in nat.unhooked("10.89.77") if command[4] == "-D"]
        self.assertEqual(put, taken)
        self.assertEqual(len(put), 3)

    def test_takes_away_the_chain_after_everything_that_leads_into_it(self) -> None:
        self.assertEqual([command[4] for command in nat.unhooked("10.89.77")], ["-D", "-D", "-D", "-F", "-X"])

    def test_makes_the_addresses_of_services_this_machines_own(self) -> None:
        self.assertEqual(nat.hooked("10.89.77", ["10.89.76.10"])[-1],
                         ["ip", "address", "add", "10.89.76.10/32", "dev", "lo"])

    def test_finds_only_the_addresses_of_services(self) -> None:
        self.assertEqual(nat.of_services(LOOPBACK, "10.89.76"), ["10.89.76.10/32"])


if __name__ == "__main__":
    unittest.main()
