"""These prove that a command of the pages did its work; each proof answers with what was seen."""
import json
import re
import stat

from typed_given import BELIEF
from typed_people import FRONT, NEWCOMER, VISITOR, WORKER, MEMBER, INTEL, REGISTRAR
from typed_system import Person, require, shows


def key_stays(page, folder):
    """Looks for a signing request for the office, and a key that nobody else can read."""

    def look(system, _):
        key = system.place(page) / folder / "client.key"
        require(stat.S_IMODE(key.stat().st_mode) == 0o600, f"the mode of {key} is not 0600")
        require("BEGIN CERTIFICATE REQUEST" in key.with_name("client.csr").read_text(), "there is no request")
        return f"{folder}/client.csr; {folder}/client.key of mode 0600"

    return look


def is_admitted(page):
    """Checks that the worker reaches the gateway with the certificate that came of it."""

    def look(system, said):
        require("issued" in said.stdout, "no certificate was issued")
        worker = Person("york", "worker", "child_protection")
        name = system.reaches(worker, system.place(page) / "york", "agency", "get", "cas-york", "-o", "name").strip()
        require(name == "agencies/cas-york", f"it is answered with {name}")
        return said.stdout

    return look


def certifies(page, file, uri):
    """The certificate names this system of this agency."""

    def look(system, said):
        told = system.run(NEWCOMER, ["accordctl", "pki", "show", file], system.place(page)).stdout
        require(uri in told, f"the certificate is not of {uri}: {told}")
        return said.stdout

    return look


def current_context(system, person):
    """Gives the current context as `context list` tells it, and all of them by name."""
    rows = json.loads(system.run(person, ["accordctl", "context", "list", "-o", "json"]).stdout)
    return next(row["name"] for row in rows if row["current"]), {row["name"]: row for row in rows}


def keeps_context(name, actor):
    """The context names this actor from now on."""

    def look(system, _):
        kept = current_context(system, VISITOR)[1][name]
        require(kept["actor"] == actor and kept["address"] == system.names["address"], f"the context is {kept}")
        return f"{name} is for {kept['actor']}, {kept['purpose']}"

    return look


def uses_context(name, *words):
    """The context is the current one of whoever typed the line, and the gateway answers a call under it."""

    def look(system, _):
        person = NEWCOMER if name == "office" else VISITOR
        current = current_context(system, person)[0]
        require(current == name, f"{current} is the current context")
        return system.ask(person, *words)

    return look


def acknowledged(system, said):
    """The service says so too."""
    state = system.read(WORKER, "referral", "get", system.names["referral"])["state"]
    require(state == "REFERRAL_STATE_ACKNOWLEDGED", f"the referral is {state}")
    return shows("^acknowledged_by: +member", "^state: +acknowledged")(system, said)


def is_sent(system, said):
    """The police read the reporter's own words under the name that the sender was told."""
    name = re.search(r"^name: +(\S+)", said.stdout, re.M)[1]
    read = system.read(MEMBER, "referral", "get", name)
    require(read["reporter_belief"] == BELIEF, f"the police read {read['reporter_belief']}")
    system.names["referral"] = name
    return f"{name} is {read['state']}"


def nothing_is_taken(system, said):
    """The line was read, and no completion came of it."""
    require("nothing was taken" in said.stderr, "it does not say that it was a dry run")
    require("x9001" not in system.ask(REGISTRAR, "roster", "export"), "the completion was taken")
    return shows("^2 lines +1 completion .* 0 errors")(system, said)


def is_a_bundle(system, _):
    """The file is a bundle of STIX 2.1 with the sanitised text, and without that of the report."""
    text = (system.place(FRONT) / "product.json").read_text()
    bundle = json.loads(text)
    require("Watch hotels along the corridor." in text and "young women" not in text, "it is another text")
    return f"a {bundle['type']} of {len(bundle['objects'])} objects"


def is_lodged(system, said):
    """The lodgement can be read, and holds no target."""
    name = re.search(r"^lodged (\S+)", said.stdout)[1]
    lodgement = next(each for each in system.read(INTEL, "lodgement", "list") if each["name"] == name)
    require(lodgement["contact"] == "York duty desk, 905-555-0100", "whom to call is not there")
    require("ABCD" not in json.dumps(lodgement), "the target is there")
    return said.stdout


def all_are_well(system, said):
    """Every service answers, none is without its schema, and the log has its line."""
    rows = re.findall(r"^(\w+) +(\S+) .*sqlite", said.stdout, re.M)
    services = {file.stem for file in (system.folder / "config").glob("*.textproto")} - {"gateway"}
    require({name for name, answer in rows if answer == "ok"} == services, f"not all are ok:\n{said.stdout}")
    return shows("^audit log +.*", "^SERVICE +ANSWER +MS +VERSION +SCHEMA +DATABASE +OVERDUE +STANDBYS +OLD-KEY ROWS$",
                 "^gateway +gateway-1 ")(system, said)


def is_healthy(system, said):
    """Many things were looked at, and nothing is wrong."""
    well = re.findall("^ok ", said.stdout, re.M)
    require(len(well) > 20 and "PROBLEM" not in said.stdout, said.stdout)
    return shows("^ok +gateway answers at")(system, said) + f"; {len(well)} times ok"


def is_moved(page, folder):
    """Looks for a file for each span, with a line for each entry beside its head, which the log no longer has."""

    def look(system, said):
        files = sorted((system.place(page) / folder).glob("entries-*.jsonl"))
        lines = sum(len(file.read_text().splitlines()) - 1 for file in files)
        require(lines > 0 and f"{lines} entries were moved" in said.stdout, f"{lines} lines in {files}: {said.stdout}")
        return f"{lines} entries were moved, {files[0].name} and so on"

    return look


def knows_a_new_key(system, said):
    """The service has two seal keys, and serves with them after the restart."""
    text = (system.folder / "config" / "protocols.textproto").read_text()
    require(len(re.findall(r"protocols-seal[\w.-]*\.key", text)) == 2, "the configuration does not name two keys")
    system.accord("kill", "protocols")
    system.accord("start", "protocols")
    system.ask(MEMBER, "referral", "get", system.names["referral"])
    return shows("names 2 seal keys")(system, said)


def is_whole(page, folder):
    """Every database has a copy that its manifest names."""

    def look(system, said):
        manifest = json.loads((system.place(page) / folder / "manifest.json").read_text())
        named = {each["file"] for each in manifest["databases"]}
        require(named == {file.name for file in (system.folder / "data").glob("*.db")}, f"the copies are {named}")
        return shows("its manifest's SHA-256 is [0-9a-f]{{64}}")(system, said)

    return look


def is_back(system, said):
    """What was there at the instant of the backup is there again, and what came later is not."""
    system.accord("up")
    system.ask(MEMBER, "referral", "get", system.names["earlier"])
    code = system.refused(MEMBER, "referral", "get", system.names["referral"])
    require(code == 4, f"what came after the backup is answered with exit code {code}")
    system.names["referral"] = system.names["earlier"]
    return shows("^What was restored is of .*, all of one instant")(system, said)


def is_shut_out(system, said):
    """The agency is refused, and others are not."""
    require(system.refused(WORKER, "referral", "list") == 3, "it is not refused")
    system.ask(MEMBER, "referral", "get", system.names["referral"])
    return shows("certificates? revoked")(system, said)


def stays_shut_out(system, said):
    """The registry is as old as the backup, and the log has ended again what had ended since."""
    system.accord("up")
    require(system.refused(WORKER, "referral", "list") == 3, "the restored registry admits the agency again")
    system.ask(MEMBER, "referral", "get", system.names["referral"])
    return shows("^registry: ended again: agencies/cas-york/systems/")(system, said)
