"""This module decides when a call without a final answer is sent again: docs/api/connect.md, "Refusals and retries"."""
import random
import time
from collections.abc import Callable

from accord_client.kinds import Made
from accord_client.refusals import Refusal, Unanswered

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0


class Waits:
    """These are the pauses before further attempts: as long as the refusal says, otherwise doubling
    each time."""

    def __init__(self, *, first: float = FIRST_WAIT, longest: float = LONGEST_WAIT,
                 chance: Callable[[], float] = random.random) -> None:
        self._first, self._longest, self._chance = first, longest, chance
        self._next = first

    def after(self, error: Refusal | Unanswered) -> float:
        """This gives the seconds to wait, with a random part, so that clients that were cut off together
        do not reconnect together."""
        if isinstance(error, Refusal) and error.retry_after is not None:
            return error.retry_after * (1 + self._chance() / 10)
        wait, self._next = self._next, min(2 * self._next, self._longest)
        return wait * (0.5 + self._chance() / 2)

    def begin_anew(self) -> None:
        """This resets the pause to the first one, because something was answered."""
        self._next = self._first


def is_final(error: Refusal | Unanswered) -> bool:
    """This says whether the same call would be refused again."""
    return isinstance(error, Refusal) and not error.may_pass


def repeated(attempt: Callable[[], Made], *, patience: float, waits: Waits | None = None,
             now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> Made:
    """This gives the result of `attempt`, which is repeated while it may still succeed and the next
    pause ends within `patience` seconds."""
    waits = waits or Waits()
    end = now() + patience
    while True:
        try:
            return attempt()
        except (Refusal, Unanswered) as error:
            if is_final(error):
                raise
            wait = waits.after(error)
            if now() + wait > end:
                raise
        sleep(wait)
