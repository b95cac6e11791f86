"""This module has the kinds of RPCs, typed by their requests and answers."""
import contextlib
import dataclasses
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic

import grpc

from accord_client.kinds import Item, Request, Response
from accord_client.refusals import AccordError, Unanswered, refusal_of
from accord_client.retries import repeated

if TYPE_CHECKING:
    from accord_client.channels import Channel
    from accord_client.client import Client

# The gateway permits a stream to be open for an hour.
STREAM_SECONDS = 3600.0
MASKED = "accord-masked"


@dataclasses.dataclass(frozen=True)
class Answer(Generic[Response]):
    """An answer, and the names of those fields that are empty only because the caller may not
    read them."""

    message: Response
    masked: tuple[str, ...]


class Method(Generic[Request, Response]):
    """This is what the kinds of RPCs have in common."""

    def __init__(self, client: "Client", path: str, request: type[Request], response: type[Response]) -> None:
        self.client, self.path, self.request, self.response = client, path, request, response

    def explained(self, request: Request, error: grpc.RpcError, used: "Channel") -> AccordError:
        """This gives the exception that stands for an error of a call on this channel."""
        refusal = refusal_of(error)
        if refusal is None:
            return Unanswered(self.path, request, f"{error.code().name}: {error.details()}")
        refusal.request = request
        refusal.outlived = self.client.channels.outlives(used, refusal)
        return refusal


class Unary(Method[Request, Response]):
    """This is an RPC with one answer. A change gets a request id if it has none, and each attempt has
    the same."""

    def __call__(self, request: Request, *, timeout: float | None = None, patience: float | None = None) -> Response:
        """This raises Refusal, or Unanswered if nothing answered within `patience` seconds."""
        return self.answer(request, timeout=timeout, patience=patience).message

    def answer(self, request: Request, *, timeout: float | None = None,
               patience: float | None = None) -> Answer[Response]:
        """This does the same, and also gives the names of the fields that are masked."""
        if not isinstance(request, self.request):
            raise TypeError(f"{self.path} takes {self.request.__name__}, and not {type(request).__name__}")
        settings = self.client.settings
        kept = with_request_id(request)
        return repeated(lambda: self._once(kept, settings.timeout if timeout is None else timeout),
                        patience=settings.patience if patience is None else patience)

    def _once(self, request: Request, timeout: float) -> Answer[Response]:
        with self.client.channels.use() as used:
            call = used.channel.unary_unary(self.path, request_serializer=self.request.SerializeToString,
                                            response_deserializer=self.response.FromString)
            try:
                message, ended = call.with_call(request, timeout=timeout, metadata=self.client.metadata())
            except grpc.RpcError as error:
                raise self.explained(request, error, used) from None
        masked = next((value for key, value in ended.trailing_metadata() or () if key == MASKED), "")
        return Answer(message, tuple(path for path in masked.split(",") if path))


class Listing(Unary[Request, Response], Generic[Request, Response, Item]):
    """This is an RPC that answers with one page of a list."""

    def __init__(self, client: "Client", path: str, request: type[Request], response: type[Response],
                 items: str) -> None:
        super().__init__(client, path, request, response)
        self.items = items
        """The name of the answer's field that holds the records."""

    def pages(self, request: Request) -> Iterator[Response]:
        """This gives each page from where `request` begins, until the last one. A page may be empty
        without being the last."""
        # Which of its fields a message has is known to protobuf alone.
        asked: Any = type(request)()
        asked.CopyFrom(request)
        while True:
            page: Any = self(asked)
            yield page
            if not page.next_page_token:
                return
            asked.page_token = page.next_page_token

    def all(self, request: Request) -> Iterator[Item]:
        """This gives each record of the list."""
        for page in self.pages(request):
            yield from getattr(page, self.items)


class Stream(Method[Request, Response]):
    """This is an RPC that answers with a stream. `Client.watch` reopens it whenever it ends."""

    def __call__(self, request: Request, *, timeout: float = STREAM_SECONDS) -> Iterator[Response]:
        """This gives the messages until the stream ends. Raises Refusal, or Unanswered if the connection
        was lost."""
        with self.opened(request, timeout) as (messages, _):
            yield from messages

    @contextlib.contextmanager
    def opened(self, request: Request, timeout: float) -> "Iterator[tuple[OpenStream[Response], Channel]]":
        """This opens one stream, which is cancelled at the end of the block, and gives it with
        its channel."""
        with self.client.channels.use() as used:
            call = used.channel.unary_stream(self.path, request_serializer=self.request.SerializeToString,
                                             response_deserializer=self.response.FromString)
            stream = OpenStream(self, request, used, call(request, timeout=timeout, metadata=self.client.metadata()))
            try:
                yield stream, used
            finally:
                stream.cancel()


class OpenStream(Generic[Response]):
    """These are the messages of one stream."""

    def __init__(self, method: Stream[Request, Response], request: Request, used: "Channel", call: grpc.Call) -> None:
        self._method, self._request, self._used, self._call = method, request, used, call

    def __iter__(self) -> Iterator[Response]:
        try:
            yield from self._call
        except grpc.RpcError as error:
            raise self._method.explained(self._request, error, self._used) from None

    def cancel(self) -> None:
        """This ends the stream; any thread may call it."""
        self._call.cancel()


def with_request_id(request: Request) -> Request:
    """This gives a copy that has a request id, if such requests have one. An id that the caller chose
    is kept."""
    copy = type(request)()
    copy.CopyFrom(request)
    field: Any = copy
    if "request_id" in copy.DESCRIPTOR.fields_by_name and not field.request_id:
        field.request_id = str(uuid.uuid4())
    return copy
