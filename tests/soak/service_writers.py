"""These are writers of the services beside protocols and registry: each makes records of one kind, and moves them a
step on."""
import dataclasses
from typing import Any, Callable

from gateway_client import METHODS
from ledger import Change
from writers import Writer

REPORT = {"predicate_offence": "279.01(1)", "suspicion_basis": "Seen by the soak.", "text": "A made-up report of the soak.",
          "source_register_ref": "reg-7", "handling": "HANDLING_H2"}


@dataclasses.dataclass(frozen=True)
class Kind:
    """This is a kind of records: who makes and who moves them, with which requests, and how they are told
    and listed."""
    service: str
    # This is what the feed calls the kind, and the part of its names that stands before the id.
    singular: str
    collection: str
    # This is (agency, actor, purpose): the maker lists them too, and both follow the feed.
    maker: tuple
    mover: tuple
    create: str
    # This makes the request from an id that no other record has.
    made: Callable[[str], Any]
    move: str
    moved: Callable[[str], Any]
    list: str
    # This is the field of a page that holds the records.
    listed: str
    # These are the states after each of the two changes; they are empty where the kind has no states.
    states: tuple = ("", "")

    def verbs(self):
        return self.create, self.move

    def people(self):
        return dict.fromkeys((self.maker, self.mover))


INTEL, MEMBER = ("ps-york", "intel", "intelligence"), ("ps-york", "member", "criminal_investigation")
COUNSEL, REGISTRAR = ("cr-york", "counsel", "prosecution"), ("pc-opc", "registrar", "training")
PROGRAM, STAFF = ("vs-ovs", "program", "victim_support"), ("co-pahtco", "staff", "protocol_governance")

KINDS = (
    Kind("intelligence", "report", "reports", INTEL, INTEL,
         "CreateReport", lambda _: {"report": REPORT}, "SubmitReport", lambda _: {},
         "ListReports", "reports", ("REPORT_STATE_DRAFT", "REPORT_STATE_SUBMITTED")),
    Kind("prosecution", "advice_request", "adviceRequests", MEMBER, COUNSEL,
         "CreateAdviceRequest",
         lambda _: {"advice_request": {"crown_agency": "cr-york", "question": "A made-up question of the soak."}},
         "AnswerAdviceRequest", lambda _: {"answer": "A made-up answer of the soak."},
         "ListAdviceRequests", "advice_requests", ("ADVICE_STATE_REQUESTED", "ADVICE_STATE_ANSWERED")),
    Kind("training", "course", "courses", REGISTRAR, REGISTRAR,
         "CreateCourse",
         lambda each: {"course": {"course_id": each, "owner": "COURSE_OWNER_OPC", "title": "A course of the soak",
                                  "mode": "COURSE_MODE_CLASSROOM"}},
         "AdvanceCourse", lambda _: {"event": "approve"},
         "ListCourses", "courses", ("COURSE_STATE_DESIGN", "COURSE_STATE_APPROVED")),
    Kind("supports", "facility", "facilities", PROGRAM, PROGRAM,
         "CreateFacility",
         lambda _: {"facility": {"title": "A quiet house", "location_kind": "FACILITY_LOCATION_KIND_SITE",
                                 "confidential": True, "source": "a list"}},
         "ApproveFacility", lambda _: {"approval": {"from": "2017-01-01", "source": "a list"}},
         "ListFacilities", "facilities"),
    Kind("strategy", "coalition", "coalitions", STAFF, STAFF,
         "CreateCoalition", lambda each: {"coalition": {"coalition_id": each, "source_ref": "the soak"}},
         "AddCoalitionMember", lambda each: {"title": f"Organisation of {each}", "source_ref": "the soak"},
         "ListCoalitions", "coalitions"))


class RecordWriter(Writer):
    """This makes one record after the other; some are left as they were made."""

    def __init__(self, context, seed, kind):
        super().__init__(context, kind.service, seed)
        self.kind = kind
        self.made = 0

    def work(self):
        self.pause(0.3, 0.9)
        kind, each = self.kind, f"soak-{self.made}"
        self.made += 1
        agency, actor, _ = kind.maker
        create = METHODS[kind.create].request(parent=f"agencies/{agency}", **kind.made(each))
        answer = self.carry(self.context.person(*kind.maker), kind.create, create,
                            Change(kind.service, kind.create, agency, actor, kind.states[0]))
        if answer is None or self.random.random() < 0.2:
            return
        agency, actor, _ = kind.mover
        move = METHODS[kind.move].request(name=answer.name, etag=answer.etag, **kind.moved(each))
        self.carry(self.context.person(*kind.mover), kind.move, move,
                   Change(kind.service, kind.move, agency, actor, kind.states[1], answer.name))
