"""These tests are about the command line, the images, what production needs, and how a play ends."""
import contextlib
import io
import pathlib
import tempfile
import unittest

from machine import ROOT, images, production
from machine.options import Options, Usage, options_of, tests_of, version_of
from machine.pods import workloads_of
from machine.stages import Play
from machine.testing import WORKLOADS, Recorder

PKI, DATABASE = pathlib.Path("/pki"), pathlib.Path("/pg/pki")


class OptionsTest(unittest.TestCase):
    """These tests read the words behind `./accord test kube`."""

    def test_say_what_is_played(self) -> None:
        table = [
            ([], Options()),
            (["--overlay", "production", "--built"], Options(overlay="production", built=True)),
            (["--rolls", "3", "--no-suite"], Options(rolls=3, suite="")),
            (["--suite", "-TheInside.*"], Options(suite="-TheInside.*")),
            (["--no-suite", "--suite", "Case.*"], Options(suite="Case.*")),
        ]
        for words, options in table:
            with self.subTest(words):
                self.assertEqual(options_of(words), options)

    def test_are_refused_where_they_are_wrong(self) -> None:
        for words in (["--rolls"], ["--rolls", "many"], ["--overlay"], ["dev"], ["--help"]):
            with self.subTest(words), self.assertRaises(Usage):
                options_of(words)

    def test_name_the_tests_of_the_suite(self) -> None:
        listing = "Case.\n  IsCarried\n  IsRefused\nRows/Rows.  # TypeParam = Report\n  AreListed/0  # GetParam() = 1\n"
        self.assertEqual(tests_of(listing), ["Case.IsCarried", "Case.IsRefused", "Rows/Rows.AreListed/0"])

    def test_let_every_roll_change_the_image(self) -> None:
        self.assertEqual([version_of(roll) for roll in range(3)], ["next", "dev", "next"])


class ImagesTest(unittest.TestCase):
    """These tests are about the images that the pods run."""

    def setUp(self) -> None:
        self.work = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_leave_a_base_alone_that_is_there(self) -> None:
        runner = Recorder(self.work, {"buildah images": "3f2a\n"})
        images.make_base(runner)
        self.assertEqual(len(runner.commands), 1)

    def test_are_made_of_a_base_of_packages(self) -> None:
        (self.work / "base.tar").touch()
        runner = Recorder(self.work, {"buildah from scratch": "working\n"})
        with contextlib.redirect_stdout(io.StringIO()):
            images.make_base(runner)
        self.assertEqual(runner.commands[2:], [
            "buildah from scratch", f"buildah add working {self.work}/base.tar /",
            "buildah commit --rm working localhost/accord-base:bookworm"])
        self.assertFalse((self.work / "base.tar").exists())

    def test_come_from_a_build_or_are_compiled(self) -> None:
        begin = "buildah bud --isolation chroot --pull-never --layers --build-arg BASE=localhost/accord-base:bookworm --build-arg VERSION=next"
        end = "-f k8s/Dockerfile -t localhost/accord:next ."
        table = [(images.from_build(pathlib.Path("/w/build")), "--build-context build=/w/build"),
                 (images.compiled(pathlib.Path("/c"), "abc"),
                  "--volume /c:/root/.cache/ccache --build-arg COMMIT=abc")]
        for how, words in table:
            self.assertEqual(" ".join(images.build_command("next", how)), f"{begin} {words} {end}")


class ProductionTest(unittest.TestCase):
    """These tests show what kubectl is asked to make."""

    def test_gives_each_service_its_keys_and_its_database_twice(self) -> None:
        names = [each[2] for each in production.secrets_of("audit", PKI, DATABASE)]
        self.assertEqual(names, ["audit-keys", "audit-database", "audit-database-owner"])

    def test_leads_a_role_to_the_database_by_its_certificate(self) -> None:
        owner = production.secrets_of("audit", PKI, DATABASE)[2]
        self.assertEqual(owner[3], "--from-literal=dsn=postgresql://accord_audit_owner@db.postgres.svc:5432/accord"
                         "?sslmode=verify-full&sslrootcert=/etc/accord/database/ca.crt"
                         "&sslcert=/etc/accord/database/tls.crt&sslkey=/etc/accord/database/tls.key"
                         "&target_session_attrs=read-write&connect_timeout=2")
        self.assertEqual(owner[5:], ["--from-file=tls.crt=/pg/pki/accord_audit_owner.crt",
                                     "--from-file=tls.key=/pg/pki/accord_audit_owner.key"])

    def test_gives_no_service_the_key_of_another(self) -> None:
        for service in ("audit", "registry"):
            keys = production.secrets_of(service, PKI, DATABASE)[0]
            self.assertEqual([word for word in keys if "seal" in word],
                             [f"--from-file=seal.key=/pki/{service}-seal.key"])

    def test_publishes_no_private_key(self) -> None:
        public = production.secrets([], PKI, DATABASE)[-1]
        self.assertEqual(public[:2], ["configmap", "public-keys"])
        self.assertTrue(all(word.endswith((".pub", ".crt")) for word in public[2:]), public)

    def test_is_for_every_service_but_the_gateway(self) -> None:
        self.assertIn("audit", production.services())
        self.assertNotIn("gateway", production.services())

    def test_makes_documents_without_a_cluster(self) -> None:
        runner = Recorder(PKI, {"kubectl": "kind: Secret\n"})
        self.assertEqual(production.created(runner, pathlib.Path("kubectl"), ["secret", "generic", "a"]),
                         "kind: Secret\n---\n")
        self.assertEqual(runner.commands, ["kubectl -n accord create secret generic a --dry-run=client -o yaml"])


class PlayTest(unittest.TestCase):
    """These tests show how a play goes on and ends."""

    def setUp(self) -> None:
        self.work = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "accord-kube.test"
        self.work.mkdir()
        self.runner = Recorder(self.work)
        self.play = Play(Options(overlay="production"), self.runner)
        self.play.cluster.workloads = workloads_of(WORKLOADS)
        self.said = io.StringIO()
        self.enterContext(contextlib.redirect_stdout(self.said))
        self.enterContext(contextlib.redirect_stderr(io.StringIO()))

    def test_leaves_nothing(self) -> None:
        self.play.take_down(failed=False)
        self.assertFalse(self.work.exists())
        self.assertIn("podman pod rm --all --force --time 0", self.runner.commands)
        self.assertEqual(self.runner.beginning("podman logs"), [])
        self.assertRegex(self.said.getvalue(), r"^\d\d:\d\d:\d\d  taking everything down\n$")

    def test_shows_the_logs_of_what_ran_when_it_failed(self) -> None:
        self.play.cluster.running.add("audit-1", "10.89.77.11")
        self.play.take_down(failed=True)
        self.assertEqual(self.runner.commands[0], "podman logs --tail 5 audit-1-pod-0-audit")

    def test_ends_with_the_end_of_the_log_of_what_failed(self) -> None:
        play = Play(Options(), Recorder(self.work, fails=lambda command: command.startswith("tests/case/run.sh")))
        with self.assertRaises(SystemExit) as ended:
            play.case()
        self.assertEqual(ended.exception.code, 1)

    def test_calls_the_gateways_service(self) -> None:
        self.play.ctl("status")
        self.assertEqual(self.play.gateway(), "10.89.76.10:7400")
        self.assertEqual(self.runner.commands[-1],
                         f"{ROOT}/build/release/bin/accordctl --config {self.work}/accordctl.yaml status")

    def test_makes_secrets_and_certificates_as_one_list_of_documents(self) -> None:
        made = self.play.made(self.work / "rendered.yaml")
        self.assertTrue(made.startswith("---\n") and "\n---\n" in made, made)
        self.assertEqual(self.runner.commands[-1], f"node tests/kube/issue.mjs {self.work}/rendered.yaml")

    def test_has_no_suite_without_a_test(self) -> None:
        with self.assertRaises(SystemExit):
            self.play.suite()
        self.assertEqual(self.runner.environment["ACCORD_E2E_CONTROL"], str(ROOT / "tests/kube/pod.sh"))
        self.assertEqual(self.runner.environment["ACCORD_KUBE_WORK"], str(self.work))


if __name__ == "__main__":
    unittest.main()
