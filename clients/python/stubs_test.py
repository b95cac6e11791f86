import importlib
import pathlib
import pkgutil
import unittest

import accord_client.services
from accord_client import Listing, Stream, Unary
from stubs import docstring, module_of, snake


def offered():
    """This gives every RPC of every service class, by class and name."""
    for module in pkgutil.iter_modules(accord_client.services.__path__):
        loaded = importlib.import_module(f"accord_client.services.{module.name}")
        for name, service in vars(loaded).items():
            if isinstance(service, type) and service.__module__ == loaded.__name__:
                for rpc, method in vars(service(None)).items():
                    yield f"{name}.{rpc}", method


class StubsTest(unittest.TestCase):
    def test_every_rpc_has_its_kind(self):
        rpcs = dict(offered())
        self.assertGreater(len(rpcs), 300)
        for name, method in rpcs.items():
            with self.subTest(name):
                asked, told = (each.DESCRIPTOR.fields_by_name for each in (method.request, method.response))
                self.assertIsInstance(method, (Unary, Stream))
                pages = "page_token" in asked and "next_page_token" in told
                self.assertEqual(isinstance(method, Listing), pages)
                if pages:
                    self.assertTrue(told[method.items].message_type)
        self.assertIsInstance(rpcs["ChangeService.watch_changes"], Stream)

    def test_what_only_processes_of_accord_call_is_not_offered(self):
        self.assertFalse([name for name, _ in offered() if name.startswith("PolicyService.")])

    def test_names_are_those_of_python(self):
        self.assertEqual([snake(name) for name in ("AcknowledgeReferral", "ExportSTIXBundle")],
                         ["acknowledge_referral", "export_stix_bundle"])
        self.assertEqual(module_of("accord.protocols.v1"), "protocols_v1")

    def test_a_comment_becomes_text_whatever_it_holds(self):
        scope = {}
        exec("class A:\n" + docstring('It says """so""" and \\d.', 4), scope)  # noqa: S102
        self.assertEqual(scope["A"].__doc__, "It says '''so''' and \\d.")

    def test_the_package_says_that_it_is_typed(self):
        self.assertTrue((pathlib.Path(accord_client.__file__).parent / "py.typed").exists())


if __name__ == "__main__":
    unittest.main()
