"""This module keeps connections to the gateway with the certificate that is in the files at present."""
import contextlib
import logging
import os
import ssl
import threading
import time
from collections.abc import Iterator

import grpc
from accord_rules import Rule

from accord_client.refusals import Refusal, SettingsError
from accord_client.settings import FILES, Settings

LOG = logging.getLogger("accord_client")
# This package repeats calls itself, because it reads why they were refused. gRPC's own retries
# would multiply them.
OPTIONS: list[tuple[str, str | int]] = [
    ("grpc.enable_retries", 0), ("grpc.use_local_subchannel_pool", 1), ("grpc.keepalive_time_ms", 20_000),
    ("grpc.keepalive_timeout_ms", 10_000), ("grpc.initial_reconnect_backoff_ms", 500),
    ("grpc.min_reconnect_backoff_ms", 5_000), ("grpc.max_reconnect_backoff_ms", 10_000),
    ("grpc.max_receive_message_length", 8 << 20)]
# By these rules the gateway refuses a certificate, whatever the call.
OF_CERTIFICATE = frozenset({Rule.CERTIFICATE_ENDED, Rule.CERTIFICATE_NOT_REGISTERED, Rule.CERTIFICATE_REVOKED})
# A gateway learns of a newly issued certificate within seconds.
NEWS_SECONDS = 10.0
# This identifies the files in the state in which they were read.
Fingerprint = tuple[tuple[int, int, int], ...]


class Channel:
    """This is one gRPC channel. It is closed when a newer one has replaced it and its last call
    has ended."""

    def __init__(self, channel: grpc.Channel, fingerprint: Fingerprint) -> None:
        self.channel, self.fingerprint = channel, fingerprint
        self.opened = time.monotonic()
        self.calls = 0
        self.replaces = self.replaced = False


class Channels:
    """This is the channel for the present certificate. It is thread-safe."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._closed = False
        self._told: Fingerprint | None = None
        self._present = self._open()

    @contextlib.contextmanager
    def use(self) -> Iterator[Channel]:
        """This gives a channel for one call, with the certificate that is in the files now."""
        with self._lock:
            if self._closed:
                raise SettingsError("the connection was closed")
            self._renew()
            used = self._present
            used.calls += 1
        try:
            yield used
        finally:
            with self._lock:
                used.calls -= 1
                if used.replaced and used.calls == 0:
                    used.channel.close()

    def renewed(self, used: Channel) -> bool:
        """This says whether an open call should be started again on another channel, because there is a
        newer certificate."""
        with self._lock:
            if not self._closed:
                self._renew()
            return used.replaced

    def outlives(self, used: Channel, refusal: Refusal) -> bool:
        """This says whether the refused certificate is no longer used, or is one that the gateway does not
        know yet."""
        if refusal.rule not in OF_CERTIFICATE:
            return False
        new = used.replaces and time.monotonic() - used.opened < NEWS_SECONDS
        return self.renewed(used) or (new and refusal.rule is Rule.CERTIFICATE_NOT_REGISTERED)

    def close(self) -> None:
        """This ends every open call on the present channel."""
        with self._lock:
            self._closed = True
            self._present.channel.close()

    def _renew(self) -> None:
        """This opens a channel with the certificate in the files, if these have changed and
        belong together."""
        try:
            fingerprint = self._fingerprint()
            if fingerprint == self._present.fingerprint:
                return
            opened = self._open()
        except SettingsError as error:
            # The files may be only half changed, and the previous certificate is still valid.
            self._tell_once(str(error))
            return
        before, self._present = self._present, opened
        before.replaced = opened.replaces = True
        if before.calls == 0:
            before.channel.close()
        LOG.info("the certificate was read anew from %s", self._settings.certificate_file)

    def _tell_once(self, what: str) -> None:
        try:
            seen = self._fingerprint()
        except SettingsError:
            seen = ()
        if seen != self._told:
            self._told = seen
            LOG.warning("the certificate before stays in use: %s", what)

    def _fingerprint(self) -> Fingerprint:
        found = []
        for name in FILES:
            path = getattr(self._settings, name)
            try:
                stat = os.stat(path)
            except OSError as error:
                raise SettingsError(f"{name} {path} cannot be read: {error.strerror}") from error
            found.append((stat.st_mtime_ns, stat.st_ino, stat.st_size))
        return tuple(found)

    def _open(self) -> Channel:
        fingerprint = self._fingerprint()
        authority, certificate, key = (self._content(name) for name in FILES)
        self._check_pair()
        if self._fingerprint() != fingerprint:
            raise SettingsError("the files of the certificate are being changed")
        options = list(OPTIONS)
        if self._settings.server_name:
            options.append(("grpc.ssl_target_name_override", self._settings.server_name))
        credentials = grpc.ssl_channel_credentials(authority, key, certificate)
        return Channel(grpc.secure_channel(self._settings.address, credentials, options=options), fingerprint)

    def _content(self, name: str) -> bytes:
        path = getattr(self._settings, name)
        try:
            with open(path, "rb") as file:
                return file.read()
        except OSError as error:
            raise SettingsError(f"{name} {path} cannot be read: {error.strerror}") from error

    def _check_pair(self) -> None:
        """gRPC itself would fail only at the first call, without giving a reason."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        authority, certificate, key = (getattr(self._settings, name) for name in FILES)
        try:
            context.load_cert_chain(certificate, key, password=lambda: b"")
        except (OSError, ValueError) as error:
            raise SettingsError(f"{certificate} and {key} are no certificate with its key, which has no password: "
                                f"{error}") from error
        try:
            context.load_verify_locations(authority)
        except (OSError, ValueError) as error:
            raise SettingsError(f"{authority} holds no certificate: {error}") from error
