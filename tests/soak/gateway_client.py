"""This is how an agency's system calls the two gateways: mutual TLS, on whose behalf, why, and what it does without
an answer."""
import importlib
import pathlib
import random
import sys
import threading
import time

import grpc

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "clients/python"))

from list_referrals import rule_of  # noqa: E402
from accord.audit.v1 import audit_service_pb2 as audit  # noqa: E402
from accord.protocols.v1 import referral_service_pb2 as referrals  # noqa: E402
from accord.registry.v1 import registry_admin_service_pb2 as administration  # noqa: E402
from accord.registry.v1 import registry_service_pb2 as registry  # noqa: E402

# After these the caller does not know what happened, or is asked to come back. By the contract it repeats the
# same request.
AGAIN = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED,
         grpc.StatusCode.RESOURCE_EXHAUSTED}
# A connection that is broken off may end with these as well.
BROKEN = {grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL}
OPTIONS = [("grpc.ssl_target_name_override", "localhost"), ("grpc.max_reconnect_backoff_ms", 1000),
           ("grpc.min_reconnect_backoff_ms", 200), ("grpc.initial_reconnect_backoff_ms", 200),
           ("grpc.keepalive_time_ms", 10000), ("grpc.keepalive_timeout_ms", 5000),
           ("grpc.max_receive_message_length", 16 << 20), ("grpc.use_local_subchannel_pool", 1)]


class Method:
    """This is one RPC, found by its name in the descriptors."""

    def __init__(self, module, service, name):
        method = module.DESCRIPTOR.services_by_name[service].methods_by_name[name]
        self.path = f"/{method.containing_service.full_name}/{name}"
        self.request, self.response = method.input_type._concrete_class, method.output_type._concrete_class


def generated(service, name):
    """Gives the generated module of one file of a service's protos."""
    return importlib.import_module(f"accord.{service}.v1.{name}_pb2")


METHODS = {name: Method(module, service, name) for module, service, names in (
    (referrals, "ReferralService", "CreateReferral AcknowledgeReferral ScreenReferral CloseReferral ListReferrals "
                                   "WatchReferrals"),
    (administration, "RegistryAdminService", "CreateActor DisableActor UpdateActor IssueCertificate RevokeCertificate"),
    (generated("intelligence", "report_service"), "ReportService", "CreateReport SubmitReport ListReports"),
    (generated("prosecution", "advice_service"), "AdviceService",
     "CreateAdviceRequest AnswerAdviceRequest ListAdviceRequests"),
    (generated("training", "course_service"), "CourseService", "CreateCourse AdvanceCourse ListCourses"),
    (generated("supports", "facility_service"), "FacilityService", "CreateFacility ApproveFacility ListFacilities"),
    (generated("strategy", "engagement_service"), "EngagementService",
     "CreateCoalition AddCoalitionMember ListCoalitions"),
    (registry, "RegistryService", "GetAgency ListActors ListCertificates"),
    (audit, "AuditService", "ListEntries RecoverRecords")) for name in names.split()}
# These are all services that the writers change, each with its feed and its changes.
SERVICES = ("protocols", "registry", "intelligence", "prosecution", "training", "supports", "strategy")
FEEDS = {service: Method(generated(service, "changes"), "ChangeService", "WatchChanges") for service in SERVICES}
REVISIONS = {service: Method(generated(service, "revisions"), "RevisionService", "ListRevisionKeys")
             for service in SERVICES}


class Refused(Exception):
    """This is an answer that no repetition changes."""

    def __init__(self, code, rule, method):
        super().__init__(f"{method}: {code.name} {rule}")
        self.code, self.rule = code, rule


class Identity:
    """This is the certificate of one system, with a channel to each gateway, opened when it is first needed."""

    def __init__(self, authority, certificate, key, ports):
        self.credentials = grpc.ssl_channel_credentials(authority, key, certificate)
        self.ports = ports
        self._channels = {}
        self._lock = threading.Lock()

    def channel(self, gateway):
        with self._lock:
            if gateway not in self._channels:
                self._channels[gateway] = grpc.secure_channel(f"127.0.0.1:{self.ports[gateway]}", self.credentials,
                                                              options=OPTIONS)
            return self._channels[gateway]

    def forget(self):
        """Makes the next call open a new connection; one that is open ends with its last call."""
        with self._lock:
            self._channels.clear()


class Caller:
    """This is a person of an agency at its system."""

    def __init__(self, identity, agency, actor, purpose):
        self.identity, self.agency, self.actor, self.purpose = identity, agency, actor, purpose
        self.gateway = random.randrange(len(identity.ports))

    def start(self, method, request, gateway, timeout):
        """Starts a call whose answer is asked for later."""
        call = self.identity.channel(gateway).unary_unary(
            method.path, request_serializer=method.request.SerializeToString,
            response_deserializer=method.response.FromString)
        return call.future(request, timeout=timeout, metadata=self.metadata())

    def metadata(self):
        return [("accord-actor", self.actor), ("accord-purpose", self.purpose)]

    def once(self, method, request, gateway, timeout=5):
        return self.start(method, request, gateway, timeout).result()

    def read(self, method, request, seconds=60, timeout=20):
        """Asks one gateway, then the other, until one answers."""
        end = time.monotonic() + seconds
        while True:
            try:
                return self.once(method, request, self.gateway, timeout)
            except grpc.RpcError as error:
                if error.code() not in AGAIN | BROKEN or time.monotonic() > end:
                    raise Refused(error.code(), rule_of(error), method.path) from None
                self.turn()
                time.sleep(0.2)

    def pages(self, method, request, field, token=""):
        """Gives every item of a list, each with the token of the page that it is on."""
        while True:
            request.page_token = token
            page = self.read(method, request)
            for item in getattr(page, field):
                yield item, token
            if not page.next_page_token:
                return
            token = page.next_page_token

    def turn(self):
        self.gateway = (self.gateway + 1) % len(self.identity.ports)
