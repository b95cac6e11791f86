"""This module follows a list and every change of it: docs/api/connect.md, "Watch"."""
import contextlib
import dataclasses
import enum
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Generic

from accord_rules import Rule
from google.protobuf.message import Message

from accord_client.calls import STREAM_SECONDS, Listing, Stream
from accord_client.kinds import Item, Request, Response
from accord_client.refusals import Refusal, Unanswered
from accord_client.retries import Waits, is_final

if TYPE_CHECKING:
    from accord_client.client import Client

# The service reports its position every 15 seconds, so a stream that is silent for this long
# is dead.
SILENCE_SECONDS = 60.0
LONGEST_WAIT = 10.0


class Kind(enum.Enum):
    """This is the kind of an event."""

    BEGUN = "begun"
    """The list begins here. Discard the records that were kept before: each record follows
    as LISTED."""
    LISTED = "listed"
    """A record of the list."""
    CHANGED = "changed"
    """A change, which names its record. The same change may be reported twice."""
    POSITION = "position"
    """Nothing happened; everything up to here has been reported."""


@dataclasses.dataclass(frozen=True)
class Event(Generic[Item, Response]):
    """This is one event of a watch."""

    kind: Kind
    record: Item | None = None
    """The record of a LISTED event."""
    change: Response | None = None
    """The change of a CHANGED event."""
    token: str = ""
    """If it is not empty, store it once this event and all before it were processed: a watch can
    begin there again."""


class Watchdog:
    """This ends a stream that has been silent for too long."""

    def __init__(self, end: Callable[[], None], seconds: float) -> None:
        self._end, self._seconds = end, seconds
        self._heard = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="accord-watchdog", daemon=True)

    def __enter__(self) -> "Watchdog":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def heard(self) -> None:
        """This notes that the stream is alive."""
        self._heard = time.monotonic()

    def _run(self) -> None:
        while (left := self._heard + self._seconds - time.monotonic()) > 0:
            if self._over.wait(left):
                return
        self._end()


class Watch(Generic[Item, Response]):
    """These are the events, in order, for one thread. Another thread may call `close`."""

    def __init__(self, client: "Client", listing: "Listing[Any, Any, Item]", listed: Message,
                 stream: "Stream[Any, Response]", followed: Message, token: str, silence: float, waits: Waits) -> None:
        self._client, self._listing, self._listed = client, listing, listed
        self._stream, self._followed = stream, followed
        self._token, self._silence, self._waits = token, silence, waits
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._cancel: Callable[[], None] | None = None

    def __iter__(self) -> Iterator[Event[Item, Response]]:
        """This ends after `close`, and raises Refusal when the watch would be refused again."""
        while not self._over.is_set():
            try:
                if not self._token:
                    yield from self._list()
                yield from self._follow()
            except (Refusal, Unanswered) as error:
                if self._over.is_set():
                    return
                if isinstance(error, Refusal) and error.rule is Rule.POSITION_FROM_ANOTHER_TIME:
                    self._token = ""
                elif is_final(error):
                    raise
                self._over.wait(self._waits.after(error))

    def close(self) -> None:
        """This ends the watch, even while it waits. A page of the list that is being read is
        completed first."""
        self._over.set()
        with self._lock:
            if self._cancel is not None:
                self._cancel()

    def _list(self) -> Iterator[Event[Item, Response]]:
        """This gives every record first and only then the position of the first page, because before
        that some records are not processed yet."""
        yield Event(Kind.BEGUN)
        token = ""
        for page in self._listing.pages(self._listed):
            token = token or page.watch_token
            for record in getattr(page, self._listing.items):
                yield Event(Kind.LISTED, record=record)
            if self._over.is_set():
                return
        self._token = token
        yield Event(Kind.POSITION, token=token)

    def _follow(self) -> Iterator[Event[Item, Response]]:
        request: Any = type(self._followed)()
        request.CopyFrom(self._followed)
        request.watch_token, request.progress = self._token, True
        with self._stream.opened(request, STREAM_SECONDS) as (messages, used), self._cancellable(messages.cancel):
            with Watchdog(messages.cancel, self._silence) as dog:
                for change in messages:
                    dog.heard()
                    self._waits.begin_anew()
                    fields: Any = change
                    self._token, told = fields.watch_token or self._token, bool(fields.name)
                    yield Event(Kind.CHANGED if told else Kind.POSITION, change=change if told else None,
                                token=self._token)
                    # The caller may have taken long to process the event.
                    dog.heard()
                    if self._over.is_set() or self._client.channels.renewed(used):
                        return
        # The stream ended in order, as streams do after an hour. It is reopened after a short
        # pause, so that a stream that always ends at once does not keep both sides busy.
        self._over.wait(self._waits.after(Unanswered(self._stream.path, request, "the stream ended")))

    @contextlib.contextmanager
    def _cancellable(self, cancel: Callable[[], None]) -> Iterator[None]:
        with self._lock:
            self._cancel = cancel
            if self._over.is_set():
                cancel()
        try:
            yield
        finally:
            with self._lock:
                self._cancel = None


def watch(client: "Client", listing: "Listing[Request, Any, Item]", listed: Request, stream: "Stream[Any, Response]",
          followed: Message, *, token: str = "", silence: float = SILENCE_SECONDS,
          waits: Waits | None = None) -> Watch[Item, Response]:
    """This is explained at Client.watch. A list without a position, or a stream that does not report names, cannot
    be watched."""
    for message, needed in ((listing.response, "watch_token"), (stream.request, "watch_token"),
                            (stream.request, "progress"), (stream.response, "name")):
        if needed not in message.DESCRIPTOR.fields_by_name:
            raise TypeError(f"{message.DESCRIPTOR.full_name} has no {needed}, so that it cannot be watched")
    return Watch(client, listing, listed, stream, followed, token, silence, waits or Waits(longest=LONGEST_WAIT))
