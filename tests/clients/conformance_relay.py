"""This is a network that loses answers and breaks off connections, between a client and the gateway."""
import contextlib
import socket
import threading


class Relay:
    """This passes bytes in both directions for any number of connections."""

    def __init__(self, target):
        self._target = target
        self._lock = threading.Lock()
        self._open = set()
        self.accepted = 0
        self.swallows = False
        """What comes from the gateway is thrown away, so that requests arrive and answers are lost."""
        self.shut = False
        """New connections are turned away."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """Breaks off every connection."""
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self):
        self.shut = True
        self._listener.close()
        self.cut()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self.accepted += 1
                if self.shut:
                    near.close()
                    continue
                try:
                    far = socket.create_connection(self._target)
                except OSError:
                    near.close()
                    continue
                with self._lock:
                    self._open |= {near, far}
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._hand_on, args=(source, sink, source is far), daemon=True).start()

    def _hand_on(self, source, sink, of_gateway):
        with contextlib.suppress(OSError):
            while chunk := source.recv(65536):
                if not (of_gateway and self.swallows):
                    sink.sendall(chunk)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
