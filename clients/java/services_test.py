import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "clients/reference"), str(ROOT / "clients/java")]

from contract import Contract, access_of, descriptor_set, shipped  # noqa: E402
from services import camel, classes, javadoc  # noqa: E402

CONTRACT = Contract(descriptor_set(ROOT / "protos", shipped()))
MADE = classes(CONTRACT, lambda rpc: bool(access_of(rpc).audience))
REFERRALS = "example/accord/client/protocols/v1/ReferralService.java"


class ServicesTest(unittest.TestCase):
    def test_every_rpc_that_agencies_call_is_offered_by_its_kind(self):
        kinds = re.findall(r"new (Unary|Listing|Streaming)<>", "".join(MADE.values()))
        offered = [rpc for file in CONTRACT.files for service in file.parts if service.kind == "service"
                   for rpc in service.parts if access_of(rpc).audience and not rpc.proto.client_streaming]
        self.assertGreater(len(offered), 300)
        self.assertEqual(len(kinds), len(offered))
        self.assertEqual(kinds.count("Streaming"), sum(rpc.proto.server_streaming for rpc in offered))
        self.assertIn("new Listing<>(accord, example.accord.protocols.v1.ReferralServiceGrpc.getListReferralsMethod(), "
                      "example.accord.protocols.v1.ListReferralsResponse::getReferralsList);", MADE[REFERRALS])

    def test_what_only_processes_of_accord_call_is_not_offered(self):
        self.assertFalse([name for name in MADE if name.endswith("/PolicyService.java")])

    def test_no_method_has_a_name_of_every_object_or_of_the_language(self):
        taken = {"getClass", "hashCode", "toString", "notify", "notifyAll", "wait", "clone", "finalize", "import"}
        named = set(re.findall(r"^  public \S.* (\w+)\(\) \{", "".join(MADE.values()), re.M))
        self.assertIn("listReferrals", named)
        self.assertFalse(named & taken)

    def test_names_are_those_of_protoc(self):
        self.assertEqual([camel(name) for name in ("referrals", "next_page_token", "line1_of")],
                         ["Referrals", "NextPageToken", "Line1Of"])

    def test_a_comment_stays_one_whatever_it_holds(self):
        self.assertEqual(javadoc("a */ b <c> @d", 0), "/** a *&#47; b &lt;c&gt; &#64;d */\n")
        self.assertTrue(all(len(line) <= 110 for line in javadoc("word " * 60, 2).splitlines()))


if __name__ == "__main__":
    unittest.main()
