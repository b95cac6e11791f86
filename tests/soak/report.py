"""This is what a run prints: progress, the table for people, and one JSON object a line for machines."""
import json

SHOWN = 10


def percentile(values, share):
    """Gives a percentile, which is 0 where there are no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def progress(seconds, counts, watchers, probes, faults):
    happened = ", ".join(f"{kind} {times}" for kind, times in sorted(faults.items())) or "none"
    events = sum(len(watcher.told) for watcher in watchers)
    print(f"{seconds:5.0f} s  {counts['acknowledged']} acknowledged ({counts['acknowledged'] / max(seconds, 1):.0f}/s), "
          f"{counts['repeated']} repeated, {counts['cancelled']} cancelled, {events} events, "
          f"{len(probes.revocation_lags) // 2} revocations; faults: {happened}", flush=True)


class Report:
    """These are figures and differences of one run."""

    def __init__(self, options, changes, seconds, figures, differences, answers, faults):
        self.options, self.differences, self.answers, self.faults = options, differences, answers, faults
        self.seconds = seconds
        self.figures = {"changes": len(changes), **figures}

    def print(self):
        print(f"\nsoak on {self.options.database}, seed {self.options.seed}, {self.seconds:.0f} s of load")
        for name, value in self.figures.items():
            print(f"  {name.replace('_', ' '):44}{value:>12.3f}" if isinstance(value, float) else
                  f"  {name.replace('_', ' '):44}{value:>12}")
        for title, counts in (("faults", self.faults), ("answers that were not OK", self.answers)):
            print(f"  {title}: " + (", ".join(f"{name} {times}" for name, times in sorted(counts.items())) or "none"))
        for kind, lines in sorted(self.differences.lines.items()):
            print(f"\n  {kind}: {len(lines)}")
            for line in lines[:SHOWN]:
                print(f"    {line}")
            if len(lines) > SHOWN:
                print(f"    and {len(lines) - SHOWN} more")
        # The last line sums it up.
        kinds = ", ".join(f"{kind} {len(lines)}" for kind, lines in sorted(self.differences.lines.items()))
        print(f"\n{self.figures['acknowledged']} changes acknowledged, {self.differences.total()} differences on "
              f"{self.options.database}" + (f": {kinds}" if kinds else ""))

    def write(self, file):
        common = {"bench": "soak", "subject": "accord", "database": self.options.database, "seed": self.options.seed,
                  "seconds": round(self.seconds)}
        rows = [("differences", self.differences.total()), *self.figures.items()]
        rows += [(f"difference: {kind}", len(lines)) for kind, lines in sorted(self.differences.lines.items())]
        rows += [(f"fault: {kind}", times) for kind, times in sorted(self.faults.items())]
        rows += [(f"answer: {kind}", times) for kind, times in sorted(self.answers.items())]
        with open(file, "w", encoding="utf-8") as out:
            out.writelines(json.dumps({**common, "metric": name, "value": value}) + "\n" for name, value in rows)
