"""This uses the package's types as a program would. tests/clients/types.sh runs mypy on it, and every
line that is marked as a mistake must be reported."""
from accord.host.v1.changes_pb2 import WatchChangesRequest
from accord.protocols.v1.referral_service_pb2 import CreateReferralRequest, GetReferralRequest, ListReferralsRequest
from accord.protocols.v1.resources_pb2 import Referral
from accord_client import FieldViolation, Kind, Refusal, Rule, Unanswered, connect
from accord_client.services.protocols_v1 import ChangeService, ReferralService

accord = connect("accord.json", actor="worker", purpose="child_protection")
referrals = ReferralService(accord)
made: Referral = referrals.create_referral(CreateReferralRequest(parent="agencies/a"), timeout=5)
referrals.create_referral(GetReferralRequest(name="a"))  # type: ignore[arg-type]
referrals.forget_referral(made)  # type: ignore[attr-defined]
text: str = referrals.get_referral(GetReferralRequest(name="a"))  # type: ignore[assignment]
patient: Referral = referrals.get_referral(GetReferralRequest(name="a"), patience="long")  # type: ignore[arg-type]

for referral in referrals.list_referrals.all(ListReferralsRequest(sent_to_us=True)):
    name: str = referral.name
    referral.surname  # type: ignore[attr-defined]

masked: tuple[str, ...] = referrals.get_referral.answer(GetReferralRequest(name="a")).masked
try:
    accord.on_behalf_of("chief")
except Refusal as refusal:
    known: bool = refusal.rule is Rule.NOT_FOUND
    Rule.NOT_FUOND  # type: ignore[attr-defined]
    field: FieldViolation = refusal.fields[0]
except Unanswered as unanswered:
    request_id: str = unanswered.request_id

for event in accord.watch(referrals.list_referrals, ListReferralsRequest(), ChangeService(accord).watch_changes,
                          WatchChangesRequest(kinds=["referral"]), token=""):
    if event.kind is Kind.CHANGED and event.change is not None:
        verb: str = event.change.verb
        event.change.contents  # type: ignore[attr-defined]
    if event.record is not None:
        subject: str = event.record.subject_ref
accord.watch(referrals.list_referrals, GetReferralRequest(), ChangeService(accord).watch_changes,  # type: ignore
             WatchChangesRequest())
