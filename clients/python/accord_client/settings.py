"""The gateway's address, the system's certificate, and for whom and why it calls: from a file or
the environment."""
import dataclasses
import json
import os
import pathlib
from collections.abc import Mapping
from typing import Any

from accord_client.refusals import SettingsError

FILES = ("ca_file", "certificate_file", "key_file")
NEEDED = ("address", *FILES)
PREFIX = "ACCORD_"
# The environment may also name the settings file.
FILE_VARIABLE = "ACCORD_CLIENT_FILE"


@dataclasses.dataclass(frozen=True)
class Settings:
    """Each field is a key of the file and, in upper case after ACCORD_, an environment variable."""

    address: str
    """`host:port` of the gateway."""
    ca_file: str
    """The certificate of the authority that signed the gateway's certificate."""
    certificate_file: str
    """The system's certificate. This file and the two others are read again when they change."""
    key_file: str
    """The private key of that certificate, without a password."""
    actor: str = ""
    """The id, as registered by the agency, of the person for whom the system calls."""
    purpose: str = ""
    """Why the system calls: a purpose in lower case, such as `child_protection`."""
    server_name: str = ""
    """The name in the gateway's certificate, if it is not the host of the address."""
    language: str = ""
    """`en` or `fr`: the language in which refusals say what to do."""
    timeout: float = 10.0
    """Seconds after which one attempt counts as unanswered. The gateway allows 30."""
    patience: float = 60.0
    """How many seconds, from the first attempt on, a call without an answer is repeated."""


FIELDS = {field.name: field for field in dataclasses.fields(Settings)}


def load(file: str | os.PathLike[str] | None = None, *, environment: Mapping[str, str] | None = None,
         **given: object) -> Settings:
    """Arguments take precedence over the environment, and that over the file.

    Without `file` it is the one that ACCORD_CLIENT_FILE names, if any. File names in it are relative to its folder."""
    known = os.environ if environment is None else environment
    named = file if file is not None else known.get(FILE_VARIABLE) or None
    values = _of_file(pathlib.Path(named)) if named is not None else {}
    values |= {name: known[PREFIX + name.upper()] for name in FIELDS if known.get(PREFIX + name.upper())}
    values |= {name: value for name, value in given.items() if value is not None}
    for name in values:
        if name not in FIELDS:
            raise SettingsError(f"there is no setting {name}; there are: {', '.join(FIELDS)}")
    for name in NEEDED:
        if not values.get(name):
            raise SettingsError(f"the setting {name} is missing: give it to connect(), in the settings file, or as "
                                f"{PREFIX}{name.upper()}")
    typed: dict[str, Any] = {name: _typed(name, value) for name, value in values.items()}
    return Settings(**typed)


def _of_file(path: pathlib.Path) -> dict[str, object]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"the settings file {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise SettingsError(f"the settings file {path} is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise SettingsError(f"the settings file {path} is not an object of JSON")
    for name in FILES:
        if isinstance(values.get(name), str) and values[name]:
            values[name] = str(path.parent / values[name])
    return values


def _typed(name: str, value: object) -> str | float:
    """This gives the value in the type of its field; a number of seconds may be text, as in
    the environment."""
    if FIELDS[name].type is str:
        if isinstance(value, os.PathLike):
            value = os.fspath(value)
        if not isinstance(value, str):
            raise SettingsError(f"the setting {name} is not a text")
        return value
    try:
        seconds = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise SettingsError(f"the setting {name} is not a number of seconds") from None
    if isinstance(value, bool) or not 0 <= seconds < float("inf") or (name == "timeout" and seconds == 0):
        raise SettingsError(f"the setting {name} is not a number of seconds")
    return seconds
