"""This shows that a check can fail: it plants each breach in a small tree of its own and looks for what is said
of it."""
import pathlib
import sys
import tempfile


def made_of(planted, make):
    """Gives what `make` makes of a tree with these texts by their paths."""
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        for path, text in planted.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        return make(root)


def self_check(planted, faults, breaches):
    """Shows that a check can fail. `planted` has the texts by path, and `faults` has (path, text, what stands there
    instead, what must be said). `breaches` is the check, which gives what it finds in the tree at a path. It exits with
    1 and says why if a fault goes unseen, or if the tree without a fault is refused."""
    for fault in [None, *faults]:
        with tempfile.TemporaryDirectory() as name:
            root = pathlib.Path(name)
            for path, text in planted.items():
                if fault and fault[0] == path:
                    assert fault[1] in text, fault
                    text = text.replace(fault[1], fault[2])
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            found = list(breaches(root))
            if fault is None and found:
                sys.exit(f"self-check: refused without reason: {found}")
            if fault and not any(fault[3] in each for each in found):
                sys.exit(f"self-check: {fault} gives {found}")
    print("self-check: every check can fail")
