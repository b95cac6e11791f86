"""This module has the types that this package's own types are built from."""
from typing import TypeVar

from google.protobuf.message import Message

Request = TypeVar("Request", bound=Message)
Response = TypeVar("Response", bound=Message)
Item = TypeVar("Item", bound=Message)
"""A record of a list."""
Made = TypeVar("Made")
