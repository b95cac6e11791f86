"""This is the command line of a check: CHECK [ROOT] prints one line for each breach, and CHECK --self-check shows that
every check can fail."""
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parents[2]


def root(self_check):
    """Gives the root that the command line names, or this tree. With --self-check it runs that and ends the program."""
    if sys.argv[1:] == ["--self-check"]:
        self_check()
        sys.exit()
    return pathlib.Path(sys.argv[1]) if sys.argv[1:] else TREE


def report(found, clean):
    """Prints each breach once, or the sentence that says that there is none, and ends the program."""
    lines = list(dict.fromkeys(found))
    print("\n".join(lines) or clean)
    sys.exit(bool(lines))
