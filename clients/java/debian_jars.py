#!/usr/bin/python3
"""Prints the class path of the Java client's project by Debian's jars, as Maven would find it in a registry.

usage: debian_jars.py SCOPE [GROUP:ARTIFACT...]
                       SCOPE is compile, runtime or test; the artifacts come beside those that pom.xml names

Debian's packages of Java put their jars with their own pom.xml below /usr/share/maven-repo. Those that they name for
annotations and measurements alone are left out where Debian lacks them."""
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = pathlib.Path("/usr/share/maven-repo")
SPACE = "{http://maven.apache.org/POM/4.0.0}"
# The scopes of dependencies that a class path has.
SCOPES = {"compile": {"compile"}, "runtime": {"compile", "runtime"}, "test": {"compile", "runtime", "test"}}


def dependencies(pom, scopes):
    """Gives the group and the name of each dependency that a pom.xml has in one of these scopes."""
    for each in ElementTree.parse(pom).getroot().iterfind(f"{SPACE}dependencies/{SPACE}dependency"):
        said = {child.tag.removeprefix(SPACE): (child.text or "").strip() for child in each}
        if said.get("scope", "compile") in scopes and said.get("optional") != "true":
            yield said["groupId"], said["artifactId"]


def files_of(group, name):
    """Gives an artifact's jar and its pom.xml; None for the jar if Debian lacks it."""
    place = REPOSITORY / group.replace(".", "/") / name
    # Some packages name a version in which no other file differs, for example 4.x.
    found = sorted(place.glob("debian/*.jar")) or sorted(place.glob("*/*.jar"))
    return (found[-1], found[-1].with_suffix(".pom")) if found else (None, None)


def jars(first, scopes):
    """Gives the jars of these artifacts and of all that they need, each once."""
    found, waiting = {}, list(first)
    while waiting:
        group, name = waiting.pop(0)
        jar, pom = files_of(group, name)
        if (group, name) in found or jar is None:
            if (group, name) in first and jar is None:
                sys.exit(f"debian_jars: Debian's jar of {group}:{name} is missing: run ./accord setup")
            continue
        found[group, name] = jar
        # What a dependency needs for its own tests is nobody else's.
        waiting += dependencies(pom, scopes - {"test"})
    return list(found.values())


def main(arguments):
    if not arguments or arguments[0] not in SCOPES:
        sys.exit(__doc__)
    scopes = SCOPES[arguments[0]]
    first = [*dependencies(HERE / "pom.xml", scopes), *(tuple(each.split(":")) for each in arguments[1:])]
    print(":".join(str(jar) for jar in jars(first, scopes)))


if __name__ == "__main__":
    main(sys.argv[1:])
