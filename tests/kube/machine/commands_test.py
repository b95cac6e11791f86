"""These tests show how commands are run and signals are handled."""
import contextlib
import io
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

from machine import commands
from machine.commands import Runner, Signals


class SignalsTest(unittest.TestCase):
    """SIGINT and SIGTERM end the play with 130."""

    def test_end_it_at_once_between_commands(self) -> None:
        with self.assertRaises(SystemExit) as ended:
            Signals().come(signal.SIGTERM, None)
        self.assertEqual(ended.exception.code, 130)

    def test_let_a_command_end_first(self) -> None:
        signals, done = Signals(), []
        with self.assertRaises(SystemExit) as ended:
            with signals.deferred():
                signals.come(signal.SIGINT, None)
                done.append("the command")
        self.assertEqual((ended.exception.code, done), (130, ["the command"]))

    def test_end_the_play_once_and_not_again_while_everything_is_taken_down(self) -> None:
        signals, done = Signals(), []
        with contextlib.suppress(SystemExit), signals.deferred():
            signals.come(signal.SIGINT, None)
        with signals.deferred():
            done.append("podman pod rm")
        self.assertEqual(done, ["podman pod rm"])

    def test_that_ended_the_play_do_not_end_what_takes_everything_down(self) -> None:
        signals, done = Signals(), []
        with contextlib.suppress(SystemExit):
            signals.come(signal.SIGTERM, None)
        with signals.deferred():
            done.append("podman pod rm")
        self.assertEqual(done, ["podman pod rm"])

    def test_come_here_once_they_are_installed(self) -> None:
        before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
        self.addCleanup(lambda: [signal.signal(each, handler) for each, handler in before.items()])
        Signals().install()
        for each in before:
            with self.assertRaises(SystemExit) as ended:
                os.kill(os.getpid(), each)
                signal.sigtimedwait([], 5)
            self.assertEqual(ended.exception.code, 130)


class RunnerTest(unittest.TestCase):
    """These are commands, and what is heard of them."""

    def setUp(self) -> None:
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.work = pathlib.Path(made.name)
        self.runner = Runner(self.work, {"PATH": os.environ["PATH"], "COLOUR": "green"}, Signals())
        self.errors = io.StringIO()
        self.enterContext(contextlib.redirect_stderr(self.errors))

    def test_have_the_environment_of_the_run_and_no_other(self) -> None:
        self.assertEqual(self.runner.output("sh", "-c", 'echo "$COLOUR ${HOME-none}"'), "green none")

    def test_end_the_play_as_they_end(self) -> None:
        with self.assertRaises(SystemExit) as ended:
            self.runner.must("sh", "-c", "exit 7")
        self.assertEqual(ended.exception.code, 7)

    def test_are_quiet_unless_they_fail(self) -> None:
        self.runner.quiet("echo", "nothing to hear")
        self.assertEqual(self.errors.getvalue(), "")
        with self.assertRaises(SystemExit) as ended:
            self.runner.quiet("sh", "-c", "seq 100; false")
        self.assertEqual(ended.exception.code, 1)
        self.assertEqual(self.errors.getvalue().splitlines(),
                         [*map(str, range(71, 101)), "accord test kube: failed: sh -c seq 100; false"])

    def test_read_what_they_are_given(self) -> None:
        self.runner.quiet("sh", "-c", 'cat >"$0"', self.work / "read", given="*nat\n")
        self.assertEqual((self.work / "read").read_text(), "*nat\n")

    def test_fail_where_the_program_is_missing(self) -> None:
        self.assertEqual(self.runner.run("accord-no-such-program").returncode, 127)
        self.assertIn("accord-no-such-program: No such file", self.errors.getvalue())

    def test_are_asked_until_they_say_yes(self) -> None:
        answers = iter([False, False, True])
        with unittest.mock.patch.object(commands, "PAUSE", 0):
            self.runner.until_true("it never came", lambda: next(answers))
        self.assertEqual(list(answers), [])

    def test_are_not_asked_for_ever(self) -> None:
        with unittest.mock.patch.object(commands, "PAUSE", 0), unittest.mock.patch.object(commands, "TRIES", 2):
            with self.assertRaises(SystemExit):
                self.runner.until_true("it never came", lambda: self.runner.succeeds("sh", "-c", "echo not yet; false"))
        self.assertEqual(self.errors.getvalue(), "not yet\naccord test kube: it never came\n")

    def test_that_go_on_beside_the_play_end_with_it(self) -> None:
        process = self.runner.start_behind("sh", "-c", 'echo "$MORE"; exec cat /dev/zero >/dev/null',
                                           log=self.work / "log", extra={"MORE": "of it"})
        self.runner.end_behind()
        self.assertEqual(process.returncode, -signal.SIGTERM)

    def test_that_go_on_beside_the_play_do_not_hear_an_interrupt(self) -> None:
        process = self.runner.start_behind("sh", "-c", "kill -INT $$; echo $MORE", log=self.work / "log",
                                           extra={"MORE": "lives"})
        self.assertEqual((process.wait(), (self.work / "log").read_text()), (0, "lives\n"))

    def test_keep_what_they_say_when_they_answer(self) -> None:
        self.assertEqual(self.runner.answer("sh", "-c", "echo true 42; echo strange >&2; false"), "true 42")
        self.assertEqual((self.work / "asked").read_text(), "strange\n")

    def test_are_told_with_the_time_of_day(self) -> None:
        told = subprocess.run([sys.executable, "-B", "-c", "from machine.commands import say; say('the case')"],
                              check=True, cwd=pathlib.Path(__file__).resolve().parents[1],
                              stdout=subprocess.PIPE, text=True)
        self.assertRegex(told.stdout, r"^\d\d:\d\d:\d\d  the case\n$")


if __name__ == "__main__":
    unittest.main()
