"""How fast calls are without faults: one at a time and many at once, through the connector and beside it."""
import concurrent.futures
import threading
import time

from acts import LocalCaller, METHODS
from report import percentile


def wait_idle(caller, seconds=120):
    """Until no act waits any more; when that was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        status, seen = caller.ask("GET", "/v1/status")
        if status == 200 and seen["outbox"]["waiting"] == 0:
            return time.monotonic()
        time.sleep(0.05)
    raise SystemExit(f"connector: acts still wait after {seconds} s without a fault")


class Rates:
    def __init__(self, connector, person, lanes, flight, counts):
        self.connector, self.person, self.lanes, self.flight, self.counts = connector, person, lanes, flight, counts
        self.tokens = list(connector.tokens.values())
        self.figures = {}

    def request(self, method, lane):
        return lane.assign() if method == "AssignReferral" else {"name": lane.name}

    def measure(self, calls, one_by_one):
        for kind, method in (("writes", "AssignReferral"), ("reads", "GetReferral")):
            direct = self.direct_latencies(method, one_by_one)
            through = self.connector_latencies(method, one_by_one)
            for name, lags in (("direct", direct), ("connector", through)):
                for share in (0.5, 0.99):
                    self.figures[f"{kind}_{name}_p{share * 100:.0f}_ms"] = percentile(lags, share) * 1000
            self.figures[f"{kind}_direct_per_second"] = self.direct_rate(method, calls)
            before = self.connector.cpu_seconds()
            handed, carried, fetched = self.connector_rate(method, calls)
            self.figures[f"{kind}_connector_handed_over_per_second"] = handed
            self.figures[f"{kind}_connector_per_second"] = carried
            self.figures[f"{kind}_connector_fetched_per_second"] = fetched
            self.figures[f"{kind}_connector_cpu_ms"] = (self.connector.cpu_seconds() - before) / calls * 1000

    def direct_latencies(self, method, calls):
        lags = []
        for number in range(calls):
            request = METHODS[method].request(**self.request(method, self.lanes[number % len(self.lanes)]))
            begun = time.monotonic()
            self.person.once(METHODS[method], request, 0, timeout=30)
            lags.append(time.monotonic() - begun)
        return lags

    def connector_latencies(self, method, calls):
        """From handing an act over until its answer was fetched, with a look each millisecond."""
        lags, caller = [], self.caller()
        for number in range(calls):
            request = self.request(method, self.lanes[number % len(self.lanes)])
            begun = time.monotonic()
            caller.fetch(caller.hand_over(method, request, f"one-{method}-{number}"), pause=0.001)
            lags.append(time.monotonic() - begun)
        return lags

    def direct_rate(self, method, calls):
        """So many in flight, one on each of as many referrals: each answer begins the next call."""
        left, lock, done, failures = [calls], threading.Lock(), threading.Semaphore(0), []

        def go_on(lane):
            with lock:
                if left[0] == 0:
                    done.release()
                    return
                left[0] -= 1
            request = METHODS[method].request(**self.request(method, lane))
            self.person.start(METHODS[method], request, 0, timeout=60).add_done_callback(lambda call: ended(call, lane))

        def ended(call, lane):
            if call.exception() is not None:
                failures.append(call.exception())
            go_on(lane)

        begun = time.monotonic()
        for lane in self.lanes[:self.flight]:
            go_on(lane)
        for _ in self.lanes[:self.flight]:
            done.acquire()
        if failures:
            raise SystemExit(f"connector: {len(failures)} direct calls failed, the first by {failures[0]}")
        return calls / (time.monotonic() - begun)

    def connector_rate(self, method, calls):
        """Acts a second: handed over, carried out, and answers fetched afterwards."""
        share = calls // self.flight

        def hand_over(number):
            caller, lane = self.caller(number), self.lanes[number]
            return [caller.hand_over(method, self.request(method, lane), f"many-{method}-{number}-{each}")
                    for each in range(share)]

        def fetch(number, ids):
            caller = self.caller(number)
            return sum(caller.fetch(each)["state"] != "answered" for each in ids)

        with concurrent.futures.ThreadPoolExecutor(self.flight) as pool:
            begun = time.monotonic()
            ids = list(pool.map(hand_over, range(self.flight)))
            handed = time.monotonic()
            idle = wait_idle(self.caller())
            wrong = sum(pool.map(fetch, range(self.flight), ids))
            fetched = time.monotonic()
        if wrong:
            raise SystemExit(f"connector: {wrong} acts were refused without a fault")
        total = share * self.flight
        return total / (handed - begun), total / (idle - begun), total / (fetched - idle)

    def caller(self, number=0):
        return LocalCaller(self.connector.port, self.tokens[number % len(self.tokens)], self.counts)
