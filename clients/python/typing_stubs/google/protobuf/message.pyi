# This is what this package and the messages that protoc makes use of protobuf. Debian has no types of it; PyPI's are
# types-protobuf. Only mypy reads this, in tests/clients/types.sh.
from typing import Any, TypeVar

Self = TypeVar("Self", bound="Message")

class DecodeError(Exception): ...

class Message:
    DESCRIPTOR: Any
    def CopyFrom(self: Self, other: Self) -> None: ...
    def SerializeToString(self) -> bytes: ...
    @classmethod
    def FromString(cls: type[Self], serialized: bytes) -> Self: ...
