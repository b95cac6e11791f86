"""What befalls the connector while acts are handed over, in a seeded order."""
import random
import threading

from receiver import FAILS, HANGS, TAKES


class Faults:
    """Kills of the connector at random moments, a gateway that is away, and a receiver that fails or hangs."""

    def __init__(self, stand, connector, receiver, seed, seconds, down, counts):
        self.stand, self.connector, self.receiver, self.counts = stand, connector, receiver, counts
        self.seconds, self.down, self.seed = seconds, down, seed
        self.over = threading.Event()
        self.failures = []
        self.threads = [threading.Thread(target=self.guard, args=(work,), daemon=True)
                        for work in (self.kills, self.gateway, self.webhooks)]
        for thread in self.threads:
            thread.start()

    def guard(self, work):
        try:
            work(random.Random(f"{self.seed} {work.__name__}"))
        except (Exception, SystemExit) as error:  # pylint: disable=broad-except
            self.failures.append(f"{work.__name__}: {type(error).__name__}: {error}")

    def kills(self, chance):
        while not self.over.wait(chance.uniform(0.2, 8)):
            if not self.connector.kill():
                self.counts["ended by itself"] += 1
            self.counts["kill -9"] += 1
            if self.over.wait(chance.choice((0, 0, 0.5, 2))):
                break
            self.connector.start()
        if self.connector.process.poll() is not None:
            self.connector.start()

    def gateway(self, chance):
        if self.down == 0 or self.over.wait(chance.uniform(5, 15)):
            return
        self.stand.stop_gateway()
        self.over.wait(self.down)
        self.stand.start_gateway()
        self.counts["seconds without a gateway"] += self.down

    def webhooks(self, chance):
        while not self.over.wait(chance.uniform(3, 12)):
            self.receiver.mode = chance.choice((FAILS, HANGS))
            self.counts[f"receiver {self.receiver.mode}"] += 1
            self.over.wait(chance.uniform(3, 15))
            self.receiver.mode = TAKES
        self.receiver.mode = TAKES

    def end(self):
        """Everything runs and answers again."""
        self.over.set()
        for thread in self.threads:
            thread.join()
