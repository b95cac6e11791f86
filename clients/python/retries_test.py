import unittest

import grpc
from accord_client import Refusal, Rule, Unanswered
from accord_client.retries import Waits, repeated
from google.protobuf.empty_pb2 import Empty

BUSY = Refusal(grpc.StatusCode.UNAVAILABLE, "SERVICE_BUSY", "busy", retry_after=0.5)
TIRED = Refusal(grpc.StatusCode.RESOURCE_EXHAUSTED, "QUOTA_CALLS", "slow down")
FINAL = Refusal(grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_PERMITTED", "no")
LATER = Refusal(grpc.StatusCode.ABORTED, "OF_A_LATER_VERSION", "no")
LOST = Unanswered("/a.B/C", Empty(), "broken")


class Clock:
    def __init__(self):
        self.at, self.slept = 0.0, []

    def sleep(self, seconds):
        self.at += seconds
        self.slept.append(seconds)


class RetriesTest(unittest.TestCase):
    def outcome(self, *outcomes, patience=60.0):
        left, clock = list(outcomes), Clock()

        def attempt():
            now = left.pop(0)
            if isinstance(now, Exception):
                raise now
            return now
        try:
            made = repeated(attempt, patience=patience, waits=Waits(chance=lambda: 1.0), now=lambda: clock.at,
                            sleep=clock.sleep)
        except (Refusal, Unanswered) as error:
            made = error
        return made, clock.slept, left

    def test_waits_as_long_as_the_refusal_asks(self):
        made, slept, _ = self.outcome(BUSY, BUSY, "answer")
        self.assertEqual((made, slept), ("answer", [0.55, 0.55]))

    def test_waits_twice_as_long_each_time_where_nothing_is_asked_up_to_a_minute(self):
        _, slept, _ = self.outcome(*[LOST] * 9, "answer", patience=1000)
        self.assertEqual(slept, [1, 2, 4, 8, 16, 32, 60, 60, 60])

    def test_each_wait_has_a_random_part(self):
        self.assertEqual([Waits(chance=lambda: 0.0).after(each) for each in (LOST, BUSY)], [0.5, 0.5])

    def test_a_rule_that_passes_is_tried_again_and_another_one_is_not(self):
        self.assertEqual(self.outcome(TIRED, "answer")[0], "answer")
        for final in (FINAL, LATER):
            made, slept, left = self.outcome(final, "answer")
            self.assertEqual((made, slept, left), (final, [], ["answer"]))

    def test_gives_up_before_a_wait_that_ends_past_its_patience(self):
        made, slept, left = self.outcome(*[LOST] * 4, "answer", patience=7)
        self.assertEqual((made, slept, left), (LOST, [1, 2, 4], ["answer"]))
        self.assertEqual(self.outcome(LOST, "answer", patience=0)[0], LOST)

    def test_knows_the_rules_of_the_catalogue_and_keeps_the_names_of_others(self):
        self.assertIs(TIRED.rule, Rule.QUOTA_CALLS)
        self.assertEqual((LATER.rule, LATER.reason), (None, "OF_A_LATER_VERSION"))


if __name__ == "__main__":
    unittest.main()
