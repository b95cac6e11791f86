"""This is how an agency's own system calls Accord: one connection, calls that take effect once, lists, and
watches without gaps.

    from accord.protocols.v1.referral_service_pb2 import ListReferralsRequest
    from accord_client import connect
    from accord_client.services.protocols_v1 import ReferralService

    with connect("accord.json") as accord:
        for referral in ReferralService(accord).list_referrals.all(ListReferralsRequest(sent_to_us=True)):
            print(referral.name)
"""
from accord_rules import Rule

from accord_client.calls import Answer, Listing, Stream, Unary
from accord_client.client import Client, connect
from accord_client.refusals import AccordError, FieldViolation, Refusal, SettingsError, Unanswered
from accord_client.settings import Settings
from accord_client.watch import Event, Kind

__all__ = ["AccordError", "Answer", "Client", "Event", "FieldViolation", "Kind", "Listing", "Refusal", "Rule",
           "Settings", "SettingsError", "Stream", "Unanswered", "Unary", "connect"]
