"""These tests show what a bill of materials says of an image, and what it refuses to say."""
import pathlib
import sys
import tempfile
import unittest

from machine import ROOT

sys.path.insert(0, str(ROOT / "k8s"))

import sbom  # noqa: E402

DIGEST = "sha256:" + "a" * 64
PROGRAM = f"{'b' * 64}  /usr/bin/accord-audit\n"
SYSTEM = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'
PACKAGES = "libssl3 3.0.17-1~deb12u2 amd64 openssl 3.0.17-1~deb12u2\nlibgrpc++1.51 1:1.51.1-3+b1 amd64 grpc 1.51.1-3\ntzdata 2025b all tzdata 2025b\n"


def bill(packages: str = PACKAGES, programs: str = PROGRAM, digest: str = DIGEST, time: int = 1700000000) -> dict:
    """Gives the bill of an image in which these lie."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file, text in (("packages.txt", packages), ("programs.txt", programs), ("os-release", SYSTEM)):
            (folder / file).write_text(text)
        return sbom.bill(folder, "accord", "0.1.0", "0123456789ab", digest, time)


class Bill(unittest.TestCase):
    """The image is named by its digest, and holds programs, a system and packages."""

    def test_names_the_image_by_its_digest_and_commit(self) -> None:
        image = bill()["metadata"]["component"]
        self.assertEqual(image["hashes"], [{"alg": "SHA-256", "content": "a" * 64}])
        self.assertEqual(image["properties"], [{"name": "accord:commit", "value": "0123456789ab"}])

    def test_lists_programs_the_system_and_packages_and_nothing_else(self) -> None:
        made = bill()
        self.assertEqual([each["name"] for each in made["components"]],
                         ["accord-audit", "debian", "libgrpc++1.51", "libssl3", "tzdata"])
        self.assertEqual(made["dependencies"][0]["dependsOn"], [each["bom-ref"] for each in made["components"]])

    def test_finds_a_package_and_the_source_that_advisories_speak_of(self) -> None:
        urls = [each["purl"] for each in bill()["components"] if each["type"] == "library"]
        self.assertEqual(urls, [
            "pkg:deb/debian/libgrpc%2B%2B1.51@1%3A1.51.1-3%2Bb1?arch=amd64&distro=debian-12&upstream=grpc%401.51.1-3",
            "pkg:deb/debian/libssl3@3.0.17-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl",
            "pkg:deb/debian/tzdata@2025b?arch=all&distro=debian-12"])

    def test_is_the_same_for_the_same_image_in_whatever_order_it_was_read(self) -> None:
        turned = "".join(reversed(PACKAGES.splitlines(keepends=True)))
        self.assertEqual(bill(), bill(packages=turned))
        self.assertNotEqual(bill()["serialNumber"], bill(digest="sha256:" + "c" * 64)["serialNumber"])
        self.assertEqual(bill()["metadata"]["timestamp"], "2023-11-14T22:13:20Z")

    def test_refuses_what_could_not_be_read(self) -> None:
        for wrong in ({"packages": ""}, {"packages": "libssl3 3.0.17-1 amd64\n"}, {"programs": ""}, {"programs": "sha256sum: no such file\n"},
                      {"digest": "latest"}, {"digest": "sha256:abc"}):
            with self.subTest(wrong), self.assertRaises(ValueError):
                bill(**wrong)


if __name__ == "__main__":
    unittest.main()
