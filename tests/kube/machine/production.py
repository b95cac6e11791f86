"""This makes what docs/operate.md asks for before production: a database, its roles, and secrets."""
import pathlib
from collections.abc import Iterable

from machine import PODS, ROOT
from machine.commands import Runner

POSTGRES = "k8s/local/postgres.sh"
# This says where a pod finds what belongs to its database.
FILES = "/etc/accord/database"


def start_database(runner: Runner) -> None:
    """Starts a PostgreSQL that the pods reach as db.postgres.svc, and makes the roles of every service."""
    runner.environment["ACCORD_PG_NETWORK"] = f"{PODS}.0/24"
    runner.must("chmod", "711", runner.work)
    folder = runner.work / "pg"
    runner.must(POSTGRES, "init", folder, "db", "5432")
    runner.start_behind(POSTGRES, "run", folder, "db", log=folder / "db.log", extra={"ACCORD_PG_DIES_WITH_PARENT": "1"})
    runner.must(POSTGRES, "wait", folder, "db")
    runner.must(POSTGRES, "roles", folder, "db", "accord")


def services() -> list[str]:
    """Gives every service that has a database, which is all but the gateway."""
    return sorted(main.parent.name for main in ROOT.glob("services/*/main.cc") if main.parent.name != "gateway")


def dsn(role: str) -> str:
    """Says how a pod reaches its database under a role."""
    return (f"postgresql://{role}@db.postgres.svc:5432/accord?sslmode=verify-full&sslrootcert={FILES}/ca.crt"
            f"&sslcert={FILES}/tls.crt&sslkey={FILES}/tls.key&target_session_attrs=read-write&connect_timeout=2")


def _secret(name: str, *contents: str) -> list[str]:
    return ["secret", "generic", name, *contents]


def _tls(certificate: pathlib.Path, key: pathlib.Path, authority: pathlib.Path | None = None) -> list[str]:
    files = [f"--from-file=tls.crt={certificate}", f"--from-file=tls.key={key}"]
    return files if authority is None else [*files, f"--from-file=ca.crt={authority}"]


def database_secret(name: str, role: str, database: pathlib.Path) -> list[str]:
    """Gives a role's DSN and its certificate, which stands for a password."""
    return _secret(name, f"--from-literal=dsn={dsn(role)}", f"--from-file=ca.crt={database}/ca.crt",
                   f"--from-file=tls.crt={database}/{role}.crt", f"--from-file=tls.key={database}/{role}.key")


def secrets_of(service: str, pki: pathlib.Path, database: pathlib.Path) -> list[list[str]]:
    """Gives the secrets of one service: its keys, and its database as it and as its owner."""
    return [
        _secret(f"{service}-keys", f"--from-file=seal.key={pki}/{service}-seal.key",
                f"--from-file=index.key={pki}/{service}-index.key", f"--from-file=page-token.key={pki}/page-token.key"),
        database_secret(f"{service}-database", f"accord_{service}", database),
        database_secret(f"{service}-database-owner", f"accord_{service}_owner", database),
    ]


def secrets(names: Iterable[str], pki: pathlib.Path, database: pathlib.Path) -> list[list[str]]:
    """Gives what `kubectl create` is given for every secret, and for the public keys."""
    authority = pki / "agency-ca.crt"
    return [
        *(each for name in names for each in secrets_of(name, pki, database)),
        _secret("gateway-keys", f"--from-file=assertion.key={pki}/gateway-assertion.key",
                f"--from-file={pki}/audit-hash.key"),
        _secret("gateway-front", *_tls(pki / "gateway-server.crt", pki / "gateway-server.key", authority)),
        _secret("audit-checkpoint", f"--from-file={pki}/checkpoint.key"),
        _secret("audit-door", *_tls(pki / "audit-log.crt", pki / "audit-log.key", authority)),
        _secret("registry-agency-ca", *_tls(authority, pki / "agency-ca.key")),
        ["configmap", "public-keys", f"--from-file={pki}/gateway-assertion.pub", f"--from-file={pki}/checkpoint.pub",
         f"--from-file={pki}/first-administrator.crt", f"--from-file={pki}/audit-log.crt"],
    ]


def created(runner: Runner, kubectl: pathlib.Path, each: list[str]) -> str:
    """Gives a document, as `kubectl create` makes it."""
    return runner.output(kubectl, "-n", "accord", "create", *each, "--dry-run=client", "-o", "yaml") + "\n---\n"
