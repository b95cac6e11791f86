"""This checks the retention schedule, which `accordctl retention schedule` prints: how long each kind is kept, by
which authority.

Each kind of record has a row on every day. Times of the schedule are those of the configuration and of the services'
rules."""
import collections
import re

import budgets
import law

SCHEDULE = "clients/accordctl/operate/data/retention.textproto"
CONFIG = "protos/accord/host/v1/config.proto"
RULES = "services/{}/data/rules.textproto"
# The schedule tells of these beside resources.
PLATFORM = {"access_log", "backup", "contribution", "event", "legal_hold", "lodged_target", "metrics", "moved_log_entry",
            "process_log", "remembered_log_entry", "roster_line", "stored_answer", "stored_request", "tombstone",
            "version"}
ENDS = {"RETENTION_END_KEPT": "until a row of the schedule says otherwise",
        "RETENTION_END_PURGED": "purged after {}", "RETENTION_END_REVIEWED": "reviewed after {}",
        "RETENTION_END_OPERATOR": "whoever operates it decides"}
TIMED = ("RETENTION_END_PURGED", "RETENTION_END_REVIEWED")


def schedule(root):
    return law.message(iter(law.tokens((root / SCHEDULE).read_text() + "\n}")))


def by_kind(root):
    found = collections.defaultdict(list)
    for row in schedule(root)["rows"]:
        found[law.one(row, "kind")].append(row)
    return found


def time_of(row):
    for unit in ("months", "days"):
        if law.one(row, unit):
            return f"{law.one(row, unit)} {unit}"
    return ""


def setting_of(root, setting):
    """Gives the number that a setting has by itself, or None if there is no such setting."""
    owner, _, name = setting.partition(".")
    rules = root / RULES.format(owner)
    if rules.exists():
        found = re.search(rf"^{name}: (\d+)", rules.read_text(), re.M)
    else:
        comments = [comment for field, _, comment in budgets.fields_of((root / CONFIG).read_text()) if field == setting]
        found = comments and re.search(r"\[(\d+)\]", comments[0])
    return found[1] if found else None


def row_breaches(root, kind, row):
    end = law.one(row, "end")
    if end not in ENDS:
        yield f"{SCHEDULE}: {kind} does not say what becomes of it"
    elif (end in TIMED) != bool(time_of(row)):
        yield f"{SCHEDULE}: {kind} has a time and no end by it, or an end and no time"
    if bool(law.one(row, "authority")) != bool(law.one(row, "authority_fr")):
        yield f"{SCHEDULE}: {kind} has its authority in one language"
    if bool(law.one(row, "authority")) != (law.one(row, "mark") in law.MARKS):
        yield f"{SCHEDULE}: {kind} has an authority without a mark, or a mark without one"
    setting = law.one(row, "setting")
    if setting and setting_of(root, setting) != time_of(row).split(" ")[0]:
        yield f"{SCHEDULE}: {kind}: {setting} is {setting_of(root, setting)}, and not {time_of(row) or 'without time'}"
    if end in TIMED and not setting and not in_rules(root, kind, row):
        yield f"{SCHEDULE}: {kind} ends by no setting, and by no row of the service's rules"


def in_rules(root, kind, row):
    service, _, singular = kind.partition(".")
    path = root / RULES.format(service)
    rules = law.message(iter(law.tokens(path.read_text() + "\n}"))) if path.exists() else {}
    fields = ("months", "effective_from", "effective_to", "source")
    return any(law.one(rule, "kind") == singular and all(law.one(rule, each) == law.one(row, each) for each in fields)
               for rule in rules.get("retention", []))


def breaches(root, kinds):
    rows = by_kind(root)
    if not law.is_day(law.one(schedule(root), "as_of")):
        yield f"{SCHEDULE}: as_of is no day"
    for kind in [*kinds, *(f"platform.{each}" for each in sorted(PLATFORM))]:
        if kind not in rows:
            yield f"{SCHEDULE}: {kind} has no row"
    for kind, ordered in rows.items():
        if kind not in kinds and kind.removeprefix("platform.") not in PLATFORM:
            yield f"{SCHEDULE}: there is no kind {kind}"
        before = ""
        for row in ordered:
            if law.one(row, "effective_from") != before:
                yield f"{SCHEDULE}: {kind}: the rows leave out a day, or have one twice"
            before = law.one(row, "effective_to") or "never"
            yield from row_breaches(root, kind, row)
        if before != "never":
            yield f"{SCHEDULE}: {kind}: no row applies after {before}"
    for path in root.glob(RULES.format("*")):
        service = path.parts[-3]
        for rule in law.message(iter(law.tokens(path.read_text() + "\n}")))["retention"]:
            kind = f"{service}.{law.one(rule, 'kind')}"
            if not any(in_rules(root, kind, row) for row in rows[kind]):
                yield f"{SCHEDULE}: {kind} has no row as the rules of {service} have it"


def kept(row):
    return ENDS.get(law.one(row, "end"), "").format(time_of(row))


def held(row):
    source = law.one(row, "source")
    return (f"Held under: {law.one(row, 'authority') or 'no authority is established'}"
            + (f" ({law.MARKS.get(law.one(row, 'mark'), 'without a mark')})" if law.one(row, "authority") else "")
            + f". Kept: {kept(row)}; " + (f"{source}." if source else "no authority for that is known."))
