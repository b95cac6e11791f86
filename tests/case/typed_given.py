"""This prepares what must be so before a line of the pages is typed: what people know by then, and what they
have made."""
import datetime
import json
import shutil
import zoneinfo

from typed_people import (FRONT, OPERATE, MIGRATION, OFFICE, PRIVACY, VISITOR, WORKER, MEMBER, INTEL, ANALYST,
                          BUREAU, COUNSEL, REGISTRAR)
from typed_system import fill

BELIEF = "Third time missing this month, and she came back with hotel keys that she cannot explain."


def answers(system):
    """Gives what a worker answers to the template of a referral, as it is typed behind each field."""
    if "protocol" not in system.names:
        system.names["protocol"] = system.ask(WORKER, "protocol", "list", "-o", "name").strip()
    today = datetime.datetime.now(zoneinfo.ZoneInfo("America/Toronto")).date()
    return {"protocol": system.names["protocol"], "kind": "missing_youth", "to_agency": "ps-york", "age_band": "12_15",
            "subject_ref": "york-4711", "urgency": "h12", "reporter_belief": BELIEF, "lawful_basis": "CYFSA 2017, s. 125",
            "indigenous_identity": "not_asked", "event_date": f"{today}", "indicators": "[hotel_keys]"}


def send_referral(system):
    """Sends a referral to the police, and answers with its name."""
    body = answers(system) | {"indicators": ["hotel_keys"]}
    sent = system.ask(WORKER, "referral", "create", "--json", json.dumps(body), "-o", "name")
    system.names["referral"] = sent.strip()
    return system.names["referral"]


def send_to_be_found(system):
    """Sends a referral, and learns its short name: eight characters or more, so that no other name begins like it."""
    last = send_referral(system).rpartition("/")[2]
    others = [other.rpartition("/")[2] for other in system.ask(MEMBER, "referral", "list", "-o", "name").split()]
    others.remove(last)
    system.names["short"] = next(last[:size] for size in range(8, len(last) + 1)
                                 if not any(other.startswith(last[:size]) for other in others))


def know_case(system):
    """The lead counsel knows the case of the office."""
    system.names["case"] = system.ask(COUNSEL, "case", "list", "-o", "name").split()[0]


def take_on(system):
    """The member has work, namely a referral that was sent to the police."""
    system.ask(MEMBER, "referral", "assign", system.names["referral"], "--assignee", "member", "-o", "name")


def take_contexts(system):
    """The visitor uses the contexts that the case has kept."""
    shutil.copy(system.folder / "accordctl.yaml", system.contexts(VISITOR))


def find_review(system):
    """The society's privacy officer knows the review that the office has begun."""
    system.names["review"] = system.ask(PRIVACY, "access-review", "list", "-o", "name").split()[0]


def write_decisions(system):
    """Everybody whom the review lists stays."""
    people = system.read(OFFICE, "access-review", "get", system.names["review"])["people"]
    lines = [f"- {{actor: {person['actor']}, decision: keep}}" for person in people]
    (system.place(OPERATE) / "decisions.yaml").write_text("\n".join(["decisions:", *lines, ""]))


def write_open_work(system):
    """The society's former system has written one open case as a line of JSON."""
    record = answers(system) | {"indicators": ["hotel_keys"], "subject_ref": "york-4712"}
    line = {"kind": "referral", "source_system": "former-cms", "source_id": "2026-0815", "record": record}
    (system.place(MIGRATION) / "open.jsonl").write_text(json.dumps(line) + "\n")


def stopped(system):
    """No process runs; the gateway is not given the ten seconds in which it lets open streams finish."""
    system.accord("kill", "gateway")
    system.accord("down")


def fill_template(system):
    """Fills in the template that the line before has written."""
    file = system.place(FRONT) / "referral.yaml"
    file.write_text(fill(file.read_text(), answers(system)))


def know_answers(system):
    """Gives the editor what it will type."""
    (system.work / "answers.json").write_text(json.dumps(answers(system)))


def write_roster(system):
    """Writes a roster out of another learning system."""
    (system.place(FRONT) / "roster.csv").write_text("learner,course,completed_on,learner_agency\n"
                                                     "x9001,trafficking,2023-03-01,ps-york\n")


def find_certificate(system):
    """Finds the certificate of the course that the case has held, by the last part of its name."""
    found = system.read(REGISTRAR, "completion-certificate", "list")[0]
    short = found["name"].rpartition("/")[2]
    system.names |= {"certificate": short, "serial": found["serial"], "code": found["verification_code"]}


def issue_product(system):
    """Issues a sanitised product of the bureau, made from a report of York, agreed to and approved."""
    report = system.read(INTEL, "report", "create", "--json", json.dumps({
        "predicate_offence": "279.01(1)", "suspicion_basis": "observed at three hotels", "handling": "h2",
        "recipients": ["ps-durham"], "text": "A vehicle moves two young women between hotels."}))["name"]
    system.ask(INTEL, "report", "submit", report)
    system.ask(ANALYST, "report", "grade", report, "--source-reliability", "b", "--information-validity", "2")
    system.ask(BUREAU, "report", "decide", report, "--event", "activate")
    product = system.read(ANALYST, "product", "create", "--json", json.dumps({
        "kind": "bulletin", "title": "Hotels along the corridor", "text": "Three hotels are used, and one vehicle.",
        "inputs": [report], "handling": "h5"}))["name"]
    system.ask(ANALYST, "product", "review", product)
    checked = {"no_source": True, "no_method": True, "no_victim": True, "no_live_operation": True}
    text = system.read(ANALYST, "product", "sanitise", product, "--sanitised-text", "Watch hotels along the corridor.",
                       "--checklist", json.dumps(checked))
    system.ask(INTEL, "product", "agree", product, "--sanitised-digest", text["sanitised_digest"])
    system.ask(BUREAU, "product", "approve", product)
    system.ask(BUREAU, "product", "issue", product, "--recipients", "ps-york")
    system.names["product"] = product


def have_public_key(page):
    """The office has given the agency the log's public key by another way."""
    return lambda system: shutil.copy(system.folder / "pki" / "checkpoint.pub", system.place(page) / "checkpoint.pub")


def take_keys_of_the_system(system):
    """From here on the folder of the installation is that of the system that runs, which was made in the same way."""
    place = system.place(OPERATE)
    for made, real in (("pki", system.folder / "pki"), ("admin", system.folder / "clients" / "admin")):
        (place / made).rename(place / f"tried-{made}")
        (place / made).symlink_to(real)
    for file in (system.folder / "config").glob("*.textproto"):
        shutil.copy(file, place / file.name)


def read_a_referral(system):
    """The police read a referral of the society; answers with its name, which the society must be told."""
    system.ask(MEMBER, "referral", "get", system.names["referral"])
    return system.names["referral"]


def lose_everything(system):
    """A referral is sent after the backup; then the disk with all databases is lost."""
    system.names["earlier"] = system.names["referral"]
    send_referral(system)
    stopped(system)
    system.lose_databases()
