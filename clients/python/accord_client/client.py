"""This module has the connection to the gateway, on behalf of one person and for one purpose."""
import dataclasses
import os
from collections.abc import Mapping
from typing import Any

from google.protobuf.message import Message

from accord_client import settings as settings_of
from accord_client import watch as watching
from accord_client.calls import Listing, Stream
from accord_client.channels import Channels
from accord_client.kinds import Item, Request, Response
from accord_client.refusals import SettingsError
from accord_client.settings import Settings


class Client:
    """This is the connection. It is thread-safe. The classes of `accord_client.services` are made
    with it."""

    def __init__(self, settings: Settings, channels: Channels | None = None) -> None:
        self.settings = settings
        self.channels = channels or Channels(settings)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """This ends all calls, including those of clients that `on_behalf_of` made."""
        self.channels.close()

    def on_behalf_of(self, actor: str | None = None, *, purpose: str | None = None,
                     language: str | None = None) -> "Client":
        """This gives the same connection for another person, purpose or language."""
        others = {"actor": actor, "purpose": purpose, "language": language}
        changed = {name: value for name, value in others.items() if value is not None}
        return Client(dataclasses.replace(self.settings, **changed), self.channels)

    def metadata(self) -> list[tuple[str, str]]:
        """This gives the headers of a call."""
        if not self.settings.actor:
            raise SettingsError("the setting actor is missing: every call names the person for whom it is made")
        values = {"accord-actor": self.settings.actor, "accord-purpose": self.settings.purpose,
                  "accord-language": self.settings.language}
        return [(name, value) for name, value in values.items() if value]

    def watch(self, listing: Listing[Request, Any, Item], listed: Request, stream: Stream[Any, Response],
              followed: Message, *, token: str = "",
              silence: float = watching.SILENCE_SECONDS) -> watching.Watch[Item, Response]:
        """This lists the records and then reports every change of them, across ends of streams, of the
        gateway's connection and of the certificate. With the `token` from an earlier watch it
        continues from there, without the list. After `silence` seconds without a message the
        stream is reopened."""
        return watching.watch(self, listing, listed, stream, followed, token=token, silence=silence)


def connect(file: str | os.PathLike[str] | None = None, *, environment: Mapping[str, str] | None = None,
            **given: object) -> Client:
    """This makes a client from the settings in a file, in the environment (ACCORD_ADDRESS and so on) and
    in the arguments.

    It raises SettingsError if one is missing or wrong. The first call opens the connection."""
    return Client(settings_of.load(file, environment=environment, **given))
