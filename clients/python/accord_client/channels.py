"""Connections to the gateway under the certificate that the files hold now."""
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
# Calls are repeated by this package, which reads why they were refused. A second policy below would multiply them.
OPTIONS: list[tuple[str, str | int]] = [
    ("grpc.enable_retries", 0), ("grpc.use_local_subchannel_pool", 1), ("grpc.keepalive_time_ms", 20_000),
    ("grpc.keepalive_timeout_ms", 10_000), ("grpc.initial_reconnect_backoff_ms", 500),
    ("grpc.min_reconnect_backoff_ms", 5_000), ("grpc.max_reconnect_backoff_ms", 10_000),
    ("grpc.max_receive_message_length", 8 << 20)]
# By these the gateway refuses the certificate, whatever the call.
OF_CERTIFICATE = frozenset({Rule.CERTIFICATE_ENDED, Rule.CERTIFICATE_NOT_REGISTERED, Rule.CERTIFICATE_REVOKED})
# News of a certificate that was just issued reaches each gateway within seconds.
NEWS_SECONDS = 10.0
# Which files, as they were when they were read.
Fingerprint = tuple[tuple[int, int, int], ...]


class Channel:
    """One channel of gRPC, closed when another one has taken its place and its last call has ended."""

    def __init__(self, channel: grpc.Channel, fingerprint: Fingerprint) -> None:
        self.channel, self.fingerprint = channel, fingerprint
        self.opened = time.monotonic()
        self.calls = 0
        self.replaces = self.replaced = False


class Channels:
    """The channel of the present certificate. Threads may share it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._closed = False
        self._told: Fingerprint | None = None
        self._present = self._open()

    @contextlib.contextmanager
    def use(self) -> Iterator[Channel]:
        """A channel for one call, under the certificate that is in the files now."""
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
        """Whether a call that is open on this channel had better be begun anew on another one."""
        with self._lock:
            if not self._closed:
                self._renew()
            return used.replaced

    def outlives(self, used: Channel, refusal: Refusal) -> bool:
        """Whether it refused a certificate that is no longer used, or one that the gateway is yet to hear of."""
        if refusal.rule not in OF_CERTIFICATE:
            return False
        new = used.replaces and time.monotonic() - used.opened < NEWS_SECONDS
        return self.renewed(used) or (new and refusal.rule is Rule.CERTIFICATE_NOT_REGISTERED)

    def close(self) -> None:
        """Ends every call that is open on the present channel."""
        with self._lock:
            self._closed = True
            self._present.channel.close()

    def _renew(self) -> None:
        """Opens a channel under the certificate in the files, if they changed and belong together."""
        try:
            fingerprint = self._fingerprint()
            if fingerprint == self._present.fingerprint:
                return
            opened = self._open()
        except SettingsError as error:
            # Half of a change may be on the disk, and the certificate before is still good.
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
        """gRPC itself would only fail at the first call, and without saying why."""
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
