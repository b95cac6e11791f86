"""This is a way through on loopback that can fall silent (bytes are taken and go nowhere, and no end is told) or
be cut."""
import asyncio
import threading


class Relay:
    """This passes 127.0.0.1:port, which it chooses, on to 127.0.0.1:target."""

    def __init__(self, target):
        self.target = target
        self.port = None
        self.silent = set()
        self.open = set()
        self.refuses = False
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, daemon=True).start()
        self._ready.wait()

    def _run(self):
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._guest, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _guest(self, reader, writer):
        if self.refuses:
            writer.transport.abort()
            return
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        way = (writer, there_writer)
        self.open.add(way)
        await asyncio.gather(self._pass(way, reader, there_writer), self._pass(way, there_reader, writer),
                             return_exceptions=True)
        self.open.discard(way)

    async def _pass(self, way, reader, writer):
        try:
            while data := await reader.read(65536):
                if way not in self.silent:
                    writer.write(data)
                    await writer.drain()
        finally:
            if way not in self.silent:
                writer.close()

    def fall_silent(self):
        """Silences every present connection; later ones pass."""
        self._loop.call_soon_threadsafe(lambda: self.silent.update(self.open))

    def cut(self):
        """Breaks every present connection off; later ones pass."""
        def abort():
            for way in self.open:
                for writer in way:
                    writer.transport.abort()
        self._loop.call_soon_threadsafe(abort)

    def close(self):
        async def end():
            for task in asyncio.all_tasks():
                if task is not asyncio.current_task():
                    task.cancel()
            self._loop.call_later(0.1, self._loop.stop)
        asyncio.run_coroutine_threadsafe(end(), self._loop)
