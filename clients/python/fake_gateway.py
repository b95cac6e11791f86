"""This is a gateway for tests: mutual TLS on loopback, one referral service and one feed, and answers that
a test planned."""
import pathlib
import queue
import subprocess
import threading
from concurrent import futures

import grpc
from accord.host.v1.changes_pb2 import Change, WatchChangesRequest
from accord.protocols.v1 import referral_service_pb2 as referrals
from accord.protocols.v1.resources_pb2 import Referral
from google.protobuf import any_pb2, duration_pb2
from google.rpc import error_details_pb2, status_pb2

REFERRALS, CHANGES = "accord.protocols.v1.ReferralService", "accord.protocols.v1.ChangeService"


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True)


class Authority:
    """This signs the certificates of the gateway and of systems, in a folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        openssl("req", "-x509", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", "/CN=authority", "-keyout", f"{folder}/ca.key", "-out", f"{folder}/ca.crt")

    def sign(self, name):
        """This makes NAME.crt and NAME.key, for localhost."""
        at = self.folder / name
        (self.folder / "names").write_text("subjectAltName=DNS:localhost\n")
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                "-keyout", f"{at}.key", "-out", f"{at}.csr")
        openssl("x509", "-req", "-days", "2", "-in", f"{at}.csr", "-CA", f"{self.folder}/ca.crt", "-CAkey",
                f"{self.folder}/ca.key", "-CAcreateserial", "-extfile", f"{self.folder}/names", "-out", f"{at}.crt")

    def place(self, name, where):
        """This replaces the files `where` by the certificate and key of `name`, each in one step."""
        for suffix in (".key", ".crt"):
            next_file = self.folder / f"next{suffix}"
            next_file.write_bytes((self.folder / f"{name}{suffix}").read_bytes())
            next_file.replace(self.folder / f"{where}{suffix}")


class Refused(Exception):
    """This is a planned refusal by a rule."""

    def __init__(self, code, reason, *, fields=(), retry_after=None, domain="accord.example"):
        super().__init__(reason)
        details = [error_details_pb2.ErrorInfo(reason=reason, domain=domain)] if reason else []
        if fields:
            details.append(error_details_pb2.BadRequest(field_violations=[
                error_details_pb2.BadRequest.FieldViolation(field=field, description=what) for field, what in fields]))
        if retry_after is not None:
            details.append(error_details_pb2.RetryInfo(retry_delay=duration_pb2.Duration(nanos=int(retry_after * 1e9))))
        packed = []
        for detail in details:
            packed.append(any_pb2.Any())
            packed[-1].Pack(detail)
        self.code = code
        self.status = status_pb2.Status(code=code.value[0], message="no", details=packed).SerializeToString()


class FakeGateway:
    """It keeps referrals by request id, as the service stores them; `plan` says what happens to the
    next calls."""

    def __init__(self, authority):
        self.made, self.calls, self.streams = {}, [], []
        self.plan, self.stream_plan = queue.SimpleQueue(), queue.SimpleQueue()
        self.changes = []
        self.told = threading.Condition()
        self.stopped = False
        self._server = grpc.server(futures.ThreadPoolExecutor(8))
        unary, stream = grpc.unary_unary_rpc_method_handler, grpc.unary_stream_rpc_method_handler
        self._server.add_generic_rpc_handlers((
            grpc.method_handlers_generic_handler(REFERRALS, {
                "CreateReferral": unary(self._create, referrals.CreateReferralRequest.FromString,
                                        Referral.SerializeToString),
                "ListReferrals": unary(self._list, referrals.ListReferralsRequest.FromString,
                                       referrals.ListReferralsResponse.SerializeToString)}),
            grpc.method_handlers_generic_handler(CHANGES, {
                "WatchChanges": stream(self._watch, WatchChangesRequest.FromString, Change.SerializeToString)})))
        read = lambda name: (authority.folder / name).read_bytes()  # noqa: E731
        credentials = grpc.ssl_server_credentials([(read("gateway.key"), read("gateway.crt"))], read("ca.crt"), True)
        self.port = self._server.add_secure_port("127.0.0.1:0", credentials)
        self._server.start()

    def stop(self):
        with self.told:
            self.stopped = True
            self.told.notify_all()
        self._server.stop(None).wait()

    def _met(self, context):
        """This gives who called, and what is planned for the call: a refusal before it, or the loss of
        its answer after it."""
        self.calls.append((context.auth_context()["x509_common_name"][0].decode(), dict(context.invocation_metadata())))
        planned = self._next(self.plan)
        if isinstance(planned, Refused):
            self._refuse(context, planned)
        return planned

    @staticmethod
    def _next(plan):
        """This gives what is planned next; if the plan is a function, it decides when the
        call arrives."""
        planned = None if plan.empty() else plan.get()
        return planned() if callable(planned) else planned

    @staticmethod
    def _refuse(context, refused):
        context.set_trailing_metadata((("grpc-status-details-bin", refused.status),))
        context.abort(refused.code, "no")

    def _create(self, request, context):
        planned = self._met(context)
        name = self.made.setdefault(request.request_id, f"agencies/a/referrals/{len(self.made)}")
        if planned == "lost":
            context.abort(grpc.StatusCode.UNAVAILABLE, "the connection broke")
        context.set_trailing_metadata((("accord-masked", "subject_ref,indicators"),))
        return Referral(name=name)

    def _list(self, request, context):
        self._met(context)
        names = list(self.made.values())
        begin = int(request.page_token or 0)
        page = names[begin:begin + 2]
        return referrals.ListReferralsResponse(
            referrals=[Referral(name=name) for name in page],
            next_page_token=str(begin + 2) if begin + 2 < len(names) else "",
            watch_token=f"at-{len(self.changes)}")

    def change(self, name):
        with self.told:
            self.changes.append(name)
            self.told.notify_all()

    def _watch(self, request, context):
        self.streams.append((context.auth_context()["x509_common_name"][0].decode(), request))
        planned = self._next(self.stream_plan)
        if isinstance(planned, Refused):
            self._refuse(context, planned)
        at = int(request.watch_token.removeprefix("at-"))
        yield Change(watch_token=f"at-{at}")
        while context.is_active():
            with self.told:
                if not self.told.wait_for(lambda at=at: len(self.changes) > at or self.stopped, 0.2):
                    continue
                if self.stopped:
                    return
                name = self.changes[at]
            at += 1
            yield Change(kind="referral", name=name, watch_token=f"at-{at}")
            if planned == "end after one":
                return
