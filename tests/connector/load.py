"""Local callers that hand acts over in step with the faults, and fetch every answer."""
import queue
import threading
import time

from acts import LocalCaller


class Load:
    """Each caller has its own lanes, so that the order in which the acts on a referral were taken is known."""

    def __init__(self, connector, lanes, calls, seconds, counts):
        self.connector, self.lanes, self.calls, self.seconds, self.counts = connector, lanes, calls, seconds, counts
        self.begun = time.monotonic()
        # Until then every answer must have been fetched.
        self.end = self.begun + seconds + 600
        # (lane, final answer or None)
        self.answers = []
        self.failures = []
        names = list(connector.tokens)
        self.threads = []
        for number, name in enumerate(names):
            waiting = queue.Queue()
            own, share = lanes[number::len(names)], len(range(number, calls, len(names)))
            for work in (lambda o=own, s=share, n=name, w=waiting: self.hand_over(n, o, s, w),
                         lambda n=name, w=waiting: self.fetch(n, w)):
                self.threads.append(threading.Thread(target=self.guard, args=(work,), daemon=True))
        for thread in self.threads:
            thread.start()

    def guard(self, work):
        """What ends a thread is a difference: something was left undone."""
        try:
            work()
        except Exception as error:  # pylint: disable=broad-except
            self.failures.append(f"{type(error).__name__}: {error}")

    def hand_over(self, name, lanes, share, waiting):
        caller = LocalCaller(self.connector.port, self.connector.tokens[name], self.counts)
        try:
            for number in range(share):
                pause = self.begun + number * self.seconds / share - time.monotonic()
                if pause > 0:
                    time.sleep(pause)
                lane = lanes[number % len(lanes)]
                request = lane.assign()
                waiting.put((lane, caller.hand_over("AssignReferral", request, request["request_id"])))
                self.counts["handed over"] += 1
        finally:
            waiting.put(None)

    def fetch(self, name, waiting):
        caller = LocalCaller(self.connector.port, self.connector.tokens[name], self.counts)
        while (item := waiting.get()) is not None:
            lane, call = item
            answer = caller.fetch(call, end=self.end)
            self.answers.append((lane, answer))
            self.counts["fetched"] += 1

    def handed(self):
        return self.counts["handed over"] >= self.calls

    def join(self):
        for thread in self.threads:
            thread.join()
