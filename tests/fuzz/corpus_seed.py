"""This says where the seeds of tests/fuzz/corpus lie, and which of them are written."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests/fuzz/corpus"
ALL = "--all" in sys.argv


def seed(target, name, content):
    path = CORPUS / target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if ALL or not path.exists():
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
