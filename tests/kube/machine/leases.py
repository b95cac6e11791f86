"""A run has this for itself for a while: the machine, and an address for each pod."""
import fcntl
import pathlib
from collections.abc import Collection

FIRST, LAST = 11, 254


class Taken(Exception):
    """This is raised if another run holds the machine."""


class Lease:
    """This is the right to play on this machine, which one run has at a time. It ends with the process that holds it,
    however that ends, since no child inherits the lock."""

    def __init__(self, folder: pathlib.Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = open(folder / "lock", "w", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise Taken from error

    def end(self) -> None:
        """Lets the next run begin."""
        self._file.close()


class Addresses:
    """This hands out the addresses of a network in turn, from the first again after the last. A pod gets another one
    than its predecessor had, because neighbours remember for a while who had it."""

    def __init__(self, network: str) -> None:
        self._network = network
        self._last = FIRST - 1

    def next(self, held: Collection[str]) -> str:
        """Gives the next address that no running pod holds."""
        for _ in range(FIRST, LAST + 1):
            self._last = self._last + 1 if self._last < LAST else FIRST
            address = f"{self._network}.{self._last}"
            if address not in held:
                return address
        raise RuntimeError(f"every address of {self._network} is held")


def hardware_address(address: str) -> str:
    """Gives the address of the network card that goes with an address of a pod."""
    return f"02:00:00:00:00:{int(address.rpartition('.')[2]):02x}"
