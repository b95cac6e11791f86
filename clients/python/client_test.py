"""These tests make calls against a test gateway, on loopback and with real certificates."""
import tempfile
import threading
import unittest

import grpc
from accord.host.v1.changes_pb2 import WatchChangesRequest
from accord.protocols.v1.referral_service_pb2 import CreateReferralRequest, ListReferralsRequest
from accord_client import Kind, Refusal, Rule, SettingsError, Unanswered, connect
from accord_client.retries import Waits
from accord_client.services.protocols_v1 import ChangeService, ReferralService
from accord_client.watch import watch
from fake_gateway import Authority, FakeGateway, Refused

LATER = Refused(grpc.StatusCode.UNAVAILABLE, "SERVICE_BUSY", retry_after=0.01)


class ClientTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.authority = Authority(folder.name)
        for name in ("gateway", "first", "second"):
            self.authority.sign(name)
        self.authority.place("first", "client")
        self.gateway = FakeGateway(self.authority)
        self.addCleanup(self.gateway.stop)
        self.accord = connect(environment={}, address=f"127.0.0.1:{self.gateway.port}", server_name="localhost",
                              ca_file=f"{folder.name}/ca.crt", certificate_file=f"{folder.name}/client.crt",
                              key_file=f"{folder.name}/client.key", actor="worker", purpose="child_protection")
        self.addCleanup(self.accord.close)
        self.referrals = ReferralService(self.accord)

    def create(self, **options):
        return self.referrals.create_referral(CreateReferralRequest(parent="agencies/a"), **options)

    def test_a_change_whose_answer_is_lost_is_repeated_with_one_request_id_and_made_once(self):
        self.gateway.plan.put("lost")
        name = self.create().name
        self.assertEqual(list(self.gateway.made.values()), [name])
        self.assertEqual(len(self.gateway.calls), 2)

    def test_each_call_has_a_request_id_of_its_own_and_the_callers_stays(self):
        self.create()
        self.create()
        self.referrals.create_referral(CreateReferralRequest(parent="agencies/a", request_id="chosen"))
        self.assertEqual(len(self.gateway.made), 3)
        self.assertIn("chosen", self.gateway.made)

    def test_what_nobody_answered_can_be_repeated_later_by_the_request_that_the_error_keeps(self):
        self.gateway.plan.put("lost")
        with self.assertRaises(Unanswered) as caught:
            self.create(patience=0)
        self.assertTrue(caught.exception.request_id)
        again = self.referrals.create_referral(caught.exception.request)
        self.assertEqual(list(self.gateway.made.values()), [again.name])

    def test_a_refusal_tells_its_rule_fields_and_time(self):
        self.gateway.plan.put(Refused(grpc.StatusCode.INVALID_ARGUMENT, "FIELD_INVALID",
                                      fields=[("referral.urgency", "is required")]))
        with self.assertRaises(Refusal) as caught:
            self.create()
        refusal = caught.exception
        self.assertEqual((refusal.rule, refusal.code), (Rule.FIELD_INVALID, grpc.StatusCode.INVALID_ARGUMENT))
        self.assertEqual([(each.field, each.description) for each in refusal.fields],
                         [("referral.urgency", "is required")])
        self.assertEqual((refusal.retry_after, refusal.may_pass), (None, False))
        self.gateway.plan.put(Refused(grpc.StatusCode.UNAVAILABLE, "SERVICE_BUSY", retry_after=0.25))
        with self.assertRaises(Refusal) as caught:
            self.create(patience=0)
        self.assertEqual((caught.exception.retry_after, caught.exception.may_pass), (0.25, True))
        self.assertTrue(self.referrals.create_referral(caught.exception.request).name)
        self.assertEqual(list(self.gateway.made), [caught.exception.request.request_id])

    def test_a_reason_of_another_domain_is_no_rule(self):
        self.gateway.plan.put(Refused(grpc.StatusCode.PERMISSION_DENIED, "NOT_FOUND", domain="proxy.example"))
        with self.assertRaises(Refusal) as caught:
            self.create()
        self.assertEqual((caught.exception.reason, caught.exception.rule), ("", None))

    def test_a_refusal_that_passes_is_waited_out(self):
        self.gateway.plan.put(LATER)
        self.gateway.plan.put(LATER)
        self.assertTrue(self.create().name)
        self.assertEqual(len(self.gateway.calls), 3)

    def test_a_list_is_read_page_by_page_to_its_end(self):
        made = [self.create().name for _ in range(5)]
        listing = self.referrals.list_referrals
        self.assertEqual([each.name for each in listing.all(ListReferralsRequest())], made)
        self.assertEqual([len(each.referrals) for each in listing.pages(ListReferralsRequest())], [2, 2, 1])

    def test_an_answer_tells_which_fields_are_masked(self):
        answer = self.referrals.create_referral.answer(CreateReferralRequest(parent="agencies/a"))
        self.assertEqual(answer.masked, ("subject_ref", "indicators"))

    def test_a_call_names_person_purpose_and_language_and_another_view_names_others(self):
        self.create()
        other = self.accord.on_behalf_of("chief", language="fr")
        ReferralService(other).create_referral(CreateReferralRequest())
        headers = [call[1] for call in self.gateway.calls]
        names = ("accord-actor", "accord-purpose", "accord-language")
        self.assertEqual([[each.get(name) for name in names] for each in headers],
                         [["worker", "child_protection", None], ["chief", "child_protection", "fr"]])

    def test_a_call_without_a_person_is_not_sent(self):
        with self.assertRaisesRegex(SettingsError, "actor"):
            ReferralService(self.accord.on_behalf_of("")).create_referral(CreateReferralRequest())
        self.assertEqual(self.gateway.calls, [])

    def test_a_request_of_another_rpc_is_not_sent(self):
        with self.assertRaisesRegex(TypeError, "takes CreateReferralRequest"):
            self.referrals.create_referral(ListReferralsRequest())

    def test_the_next_call_is_under_the_certificate_that_has_taken_the_files_place(self):
        self.create()
        self.authority.place("second", "client")
        self.create()
        self.assertEqual([call[0] for call in self.gateway.calls], ["first", "second"])

    def test_half_of_a_change_of_the_files_leaves_the_certificate_before_in_use(self):
        key = self.authority.folder / "client.key"
        key.write_bytes((self.authority.folder / "second.key").read_bytes())
        with self.assertLogs("accord_client", "WARNING") as logged:
            self.create()
            self.create()
        key.unlink()
        self.create()
        self.assertEqual({call[0] for call in self.gateway.calls}, {"first"})
        self.assertEqual(len(logged.records), 1)

    def while_it_is_replaced(self):
        """This gives a refusal of the certificate, which is replaced by another one meanwhile."""
        self.authority.place("second", "client")
        return Refused(grpc.StatusCode.PERMISSION_DENIED, "CERTIFICATE_REVOKED")

    def test_a_refusal_of_the_certificate_before_is_outlived(self):
        self.gateway.plan.put(self.while_it_is_replaced)
        self.create()
        self.assertEqual([call[0] for call in self.gateway.calls], ["first", "second"])

    def test_a_certificate_that_the_gateway_is_yet_to_hear_of_is_waited_for(self):
        unknown = Refused(grpc.StatusCode.PERMISSION_DENIED, "CERTIFICATE_NOT_REGISTERED")
        self.authority.place("second", "client")
        self.gateway.plan.put(unknown)
        self.create()
        self.assertEqual([call[0] for call in self.gateway.calls], ["second", "second"])

    def test_the_first_certificate_is_refused_at_once(self):
        for reason in ("CERTIFICATE_NOT_REGISTERED", "CERTIFICATE_REVOKED"):
            self.gateway.plan.put(Refused(grpc.StatusCode.PERMISSION_DENIED, reason))
            with self.assertRaises(Refusal) as caught:
                self.create()
            self.assertEqual((caught.exception.reason, caught.exception.may_pass), (reason, False))

    def test_a_key_of_another_certificate_is_refused_at_once(self):
        settings = self.accord.settings
        with self.assertRaisesRegex(SettingsError, "no certificate with its key"):
            connect(environment={}, address=settings.address, ca_file=settings.ca_file, actor="a",
                    certificate_file=settings.certificate_file, key_file=str(self.authority.folder / "second.key"))

    def test_nothing_is_called_after_the_end(self):
        self.accord.close()
        with self.assertRaisesRegex(SettingsError, "closed"):
            self.create()

    def watched(self, token="", silence=30.0):
        """This gives the events of a watch in order, and the watch."""
        watched = watch(self.accord, self.referrals.list_referrals, ListReferralsRequest(),
                        ChangeService(self.accord).watch_changes, WatchChangesRequest(kinds=["referral"]), token=token,
                        silence=silence, waits=Waits(first=0.01, longest=0.01))
        self.addCleanup(watched.close)
        return iter(watched), watched

    def changes(self, events, count):
        """This gives the names of the next changes and skips positions between them."""
        told = []
        while len(told) < count:
            event = next(events)
            if event.kind is Kind.CHANGED:
                told.append(event.change.name)
        return told

    def test_a_watch_lists_then_tells_changes_from_the_first_page_on(self):
        made = [self.create().name for _ in range(3)]
        events, _ = self.watched()
        self.gateway.change("one")
        begun = [next(events) for _ in range(5)]
        self.assertEqual([each.kind for each in begun],
                         [Kind.BEGUN, Kind.LISTED, Kind.LISTED, Kind.LISTED, Kind.POSITION])
        self.assertEqual([each.record.name for each in begun[1:4]], made)
        self.assertEqual([each.token for each in begun], ["", "", "", "", "at-1"])
        self.gateway.change("two")
        self.assertEqual(self.changes(events, 1), ["two"])

    def test_a_watch_goes_on_where_it_was_when_its_stream_ends_or_is_refused_for_a_while(self):
        self.gateway.stream_plan.put("end after one")
        self.gateway.stream_plan.put(LATER)
        self.gateway.stream_plan.put(Refused(grpc.StatusCode.UNAVAILABLE, ""))
        events, _ = self.watched()
        next(events), next(events)
        for name in ("one", "two", "three"):
            self.gateway.change(name)
        self.assertEqual(self.changes(events, 3), ["one", "two", "three"])
        self.assertEqual([request.watch_token for _, request in self.gateway.streams], ["at-0", "at-1", "at-1", "at-1"])

    def test_a_watch_begins_at_a_token_that_was_kept(self):
        self.gateway.change("one")
        self.gateway.change("two")
        events, _ = self.watched(token="at-1")
        self.assertEqual(self.changes(events, 1), ["two"])
        self.assertEqual(self.gateway.calls, [])

    def test_a_position_that_the_service_no_longer_knows_lists_anew(self):
        self.gateway.stream_plan.put(Refused(grpc.StatusCode.ABORTED, "POSITION_FROM_ANOTHER_TIME"))
        events, _ = self.watched(token="at-7")
        self.assertEqual(next(events).kind, Kind.BEGUN)

    def test_a_watch_that_may_not_be_is_refused(self):
        self.gateway.stream_plan.put(Refused(grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_PERMITTED"))
        events, _ = self.watched(token="at-0")
        with self.assertRaises(Refusal) as caught:
            next(events)
        self.assertIs(caught.exception.rule, Rule.ROLE_NOT_PERMITTED)

    def test_a_silent_stream_is_opened_anew(self):
        events, _ = self.watched(token="at-0", silence=0.3)
        self.assertEqual([next(events).kind, next(events).kind], [Kind.POSITION, Kind.POSITION])
        self.assertEqual(len(self.gateway.streams), 2)

    def test_a_watch_moves_to_the_certificate_that_has_taken_the_files_place(self):
        events, _ = self.watched(token="at-0")
        next(events)
        self.authority.place("second", "client")
        self.gateway.change("one")
        self.gateway.change("two")
        self.assertEqual(self.changes(events, 2), ["one", "two"])
        self.assertEqual([name for name, _ in self.gateway.streams], ["first", "second"])

    def test_a_watch_outlives_a_refusal_of_the_certificate_before(self):
        self.gateway.stream_plan.put(self.while_it_is_replaced)
        events, _ = self.watched(token="at-0")
        self.gateway.change("one")
        self.assertEqual(self.changes(events, 1), ["one"])
        self.assertEqual([name for name, _ in self.gateway.streams], ["first", "second"])

    def test_a_watch_that_is_closed_ends_also_while_it_waits_for_the_next_message(self):
        events, watched = self.watched(token="at-0")
        next(events)
        threading.Timer(0.1, watched.close).start()
        self.assertEqual(list(events), [])

    def test_a_list_without_a_position_cannot_be_watched(self):
        with self.assertRaisesRegex(TypeError, "watch_token"):
            self.accord.watch(self.referrals.list_referral_filters, None, ChangeService(self.accord).watch_changes,
                              WatchChangesRequest())


if __name__ == "__main__":
    unittest.main()
