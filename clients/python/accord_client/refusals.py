"""This module says how a call may end without its answer: a rule of the catalogue refused it, or
nothing answered."""
import dataclasses

import grpc
from accord_rules import RETRY, Rule
from google.protobuf import any_pb2
from google.protobuf.message import DecodeError, Message
from google.rpc import error_details_pb2, status_pb2

DOMAIN = "accord.example"
DETAILS = "grpc-status-details-bin"
# A status without the name of a rule comes from the network or from a library. After one of these
# codes it is unknown whether the call was carried out; it can be repeated with its request id.
UNSURE = frozenset({grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED,
                    grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL, grpc.StatusCode.ABORTED})


class AccordError(Exception):
    """This is the base of all exceptions of this package."""


class SettingsError(AccordError, ValueError):
    """A setting is missing or wrong, or a file of the certificate cannot be used."""


@dataclasses.dataclass(frozen=True)
class FieldViolation:
    """This is a field of the request that is at fault."""

    field: str
    """The path of the field, such as `referral.lawful_basis`."""
    description: str
    """What is wrong with it, in words for people."""


class Refusal(AccordError):
    """Accord answered and refused. Programs should use `rule`; people read the message, whose words
    may change."""

    def __init__(self, code: grpc.StatusCode, reason: str, message: str, *, fields: tuple[FieldViolation, ...] = (),
                 retry_after: float | None = None, localized: str = "") -> None:
        super().__init__(f"{code.name} {reason}: {message}" if reason else f"{code.name}: {message}")
        self.code = code
        self.reason = reason
        """The rule as text; a later version of Accord may have added it."""
        self.rule = Rule(reason) if reason in Rule.__members__ else None
        """The rule of the catalogue, or None if this package does not know it."""
        self.message = message
        self.fields = fields
        self.retry_after = retry_after
        """Seconds to wait before the same call is sent again, if the refusal says so."""
        self.localized = localized
        """The meaning of the rule and what to do, in the requested language."""
        self.outlived = False
        """The refused certificate is being replaced, so the refusal does not predict the
        next attempt."""
        self.request: Message | None = None
        """The refused request, with its request id. If the refusal may pass, call with it again."""

    @property
    def may_pass(self) -> bool:
        """This says whether the same call, unchanged, may succeed later. Even so, a change may already have
        been made, for example if a service stopped during the call."""
        return self.retry_after is not None or self.rule in RETRY or self.outlived


class Unanswered(AccordError):
    """Nothing answered in time, so a change may or may not have been made.

    Keep `request`, which carries its request id, and call with it again: the change is then made once."""

    def __init__(self, method: str, request: Message, detail: str) -> None:
        super().__init__(f"{method} has no answer: {detail}")
        self.method, self.request, self.detail = method, request, detail

    @property
    def request_id(self) -> str:
        """This is the id by which the call can be repeated; it is empty for a call that only reads."""
        return getattr(self.request, "request_id", "")


def refusal_of(error: grpc.RpcError) -> Refusal | None:
    """This gives the refusal in an error of gRPC; it is None if it may not come from Accord."""
    code: grpc.StatusCode = error.code()
    info, bad, retry, localized = (error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest(),
                                   error_details_pb2.RetryInfo(), error_details_pb2.LocalizedMessage())
    found = {type(each) for detail in _details(error) for each in (info, bad, retry, localized)
             if detail.Is(each.DESCRIPTOR) and detail.Unpack(each)}
    ours = info.domain == DOMAIN
    if not ours and code in UNSURE:
        return None
    wait = retry.retry_delay
    return Refusal(code, info.reason if ours else "", error.details() or "",
                   fields=tuple(FieldViolation(each.field, each.description) for each in bad.field_violations),
                   retry_after=wait.seconds + wait.nanos / 1e9 if type(retry) in found else None,
                   localized=localized.message)


def _details(error: grpc.RpcError) -> list[any_pb2.Any]:
    for key, value in error.trailing_metadata() or ():
        if key == DETAILS:
            try:
                return list(status_pb2.Status.FromString(value).details)
            except DecodeError:
                return []
    return []
