"""The reference says what the contract says and refuses declarations without a text, and its page
of HTML needs no other file."""
import html.parser
import pathlib
import re
import shutil
import tempfile
import unittest

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

import examples
import html_page
import pages
import reference
import refusals
import words
from contract import ROOT, Contract, Refused, access_of, access_pb2, descriptor_set, fields_pb2, files_of, shipped
from handlers import Handlers
from package import SUMS, contents, zip_of
from samples import HANDLERS, PROTO, TEXTS


class Tags(html.parser.HTMLParser):
    """This checks that each tag that is opened is closed, in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.wrong = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append((tag, self.getpos()))


def read(text):
    """This gives the contract of one file together with Accord's own annotations."""
    with tempfile.TemporaryDirectory() as folder:
        protos = pathlib.Path(folder)
        shutil.copytree(ROOT / "protos/accord/annotations", protos / "accord/annotations")
        (protos / "accord/a/v1").mkdir(parents=True)
        (protos / "accord/a/v1/a.proto").write_text(text)
        return Contract(descriptor_set(protos, files_of(protos)))


class TheReference(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.small = read(PROTO)
        cls.refusals = refusals.Refusals(cls.small)
        cls.whole = Contract(descriptor_set(ROOT / "protos", files_of(ROOT / "protos")))

    def rpc(self, name):
        service = self.small.by_name["accord.a.v1.ThingService"]
        return service, self.small.by_name[f"accord.a.v1.ThingService.{name}"]

    def takes(self, name):
        field = self.small.by_name[f"accord.a.v1.Thing.{name}"]
        return words.field_in_words(self.small, field, words.code)

    def test_refuses_whatever_has_no_text(self):
        self.assertEqual(list(self.small.untold()), [])
        for what, text in TEXTS.items():
            without = re.sub(rf"^ *// {re.escape(text)}.*\n", "", PROTO, flags=re.M)
            self.assertNotEqual(without, PROTO)
            self.assertIn(f"accord/a/v1/a.proto: {what} has no text", list(read(without).untold()))

    def test_finds_a_text_for_everything_that_accord_declares(self):
        self.assertEqual(list(self.whole.untold()), [])
        self.assertGreater(len(self.whole.by_name), 4000)

    def test_says_in_words_who_may_call(self):
        self.assertEqual(words.callers_in_words(*self.rpc("CloseThing")), [
            "An agency of the kind `police_service`, for a person with the role `police_member` or `police_chief`, with "
            "the purpose `intelligence`. The answer shows sensitive fields of the classes `source`."])
        self.assertEqual(words.callers_in_words(*self.rpc("WatchThings")), ["Only processes of Accord itself: `gateway`."])
        self.assertEqual(words.parts_in_words(self.small, self.rpc("CloseThing")[1])[0],
                         "The caller's agency raised the dispute.")

    def test_says_what_an_rpc_does_and_how_large_its_request_is(self):
        said = words.effects_in_words(self.rpc("CloseThing")[1])
        self.assertIn("runs once", said)
        self.assertIn("at most 2,048 bytes", said)
        self.assertIn("The answer is a stream of messages.", words.effects_in_words(self.rpc("WatchThings")[1]))

    def test_says_what_a_field_takes(self):
        self.assertEqual(self.takes("state"), "written by the service, ignored in requests")
        self.assertEqual(self.takes("code"), "required; sensitive, class `source`; a value of `accord.a.v1.State` in lower "
                                             "case and without its prefix; at most 64 bytes; lists filter and order by it")
        answered = words.field_in_words(read(PROTO.replace("Thing thing = 4", "State last = 4")),
                                        self.small.by_name["accord.a.v1.Thing.code"], words.code)
        self.assertNotIn("bytes", answered)
        self.assertEqual(self.takes("day"), "`YYYY-MM-DD`, a day of the Gregorian calendar in Ontario")
        field = self.small.by_name["accord.a.v1.Thing.texts"]
        self.assertEqual(words.type_of(self.small, field, words.code), "map of string to string")

    def test_names_the_rules_by_which_an_rpc_refuses(self):
        self.assertEqual(self.refusals.of(*self.rpc("CloseThing")), [
            "AGENCY_KIND_NOT_PERMITTED", "ANSWER_EXPIRED", "ETAG_MISMATCH", "FIELD_INVALID", "MASK_INVALID", "NOT_A_SIDE",
            "NOT_FOUND", "PURPOSE_MISSING", "PURPOSE_NOT_PERMITTED", "REQUEST_ID_REUSED", "ROLE_NOT_PERMITTED"])

    def test_knows_the_rule_of_each_part_and_of_each_act_that_bars_another(self):
        catalogue = refusals.Catalogue()
        single, several = refusals.part_rules(catalogue)
        self.assertEqual(set(single), set(access_pb2.Part.values()) - {access_pb2.PART_UNSPECIFIED,
                                                                       access_pb2.PART_NOBODY})
        self.assertIn("NOT_SENDER_OR_RECEIVER", several.values())
        barred = refusals.separated(catalogue)
        self.assertEqual([name for name in barred if name not in self.whole.by_name], [])
        self.assertIn("GRADED_BY_SUBMITTER", barred["accord.intelligence.v1.ReportService.GradeReport"])

    def test_follows_a_handler_to_what_it_refuses_by(self):
        found = Handlers([HANDLERS])
        self.assertEqual(found.constants_of("CloseThingRequest"), {"kMaskInvalid", "kRecordFull", "kStateNotPermitted"})
        self.assertEqual(found.constants_of("UpdateThingRequest"), {"kReasonRequired"})
        self.assertEqual(found.constants_of("NoSuchRequest"), set())

    def test_finds_the_handler_of_every_change_that_agencies_make(self):
        whole = Contract(descriptor_set(ROOT / "protos", shipped()))
        known = refusals.Refusals(whole)
        changes = [each for each in whole.by_name.values() if each.kind == "rpc" and access_of(each).mutates and
                   access_of(each).audience]
        self.assertGreater(len(changes), 100)
        self.assertEqual([each.name for each in changes if not known.handlers(each).has(
            each.proto.input_type.rsplit(".", 1)[-1])], [])

    def test_gives_an_example_of_each_request_that_has_the_form_of_its_message(self):
        pool = descriptor_pool.DescriptorPool()
        for each in descriptor_pb2.FileDescriptorSet.FromString(descriptor_set(ROOT / "protos", shipped())).file:
            pool.AddSerializedFile(each.SerializeToString())
        whole = Contract(descriptor_set(ROOT / "protos", shipped()))
        made, classes = examples.Examples(whole), message_factory.MessageFactory(pool)
        for rpc in (each for each in whole.by_name.values() if each.kind == "rpc"):
            descriptor = pool.FindMessageTypeByName(rpc.proto.input_type.removeprefix("."))
            request = json_format.Parse(made.of(rpc), classes.GetPrototype(descriptor)())
            for field in whole.by_name[descriptor.full_name].of("field"):
                if field.proto.options.Extensions[fields_pb2.rule].required:
                    self.assertTrue(getattr(request, field.proto.name), f"{rpc.name} {field.proto.name}")
            # Each name of a record is of a kind in the contract.
            self.assertNotIn("/records/", made.of(rpc), rpc.name)

    def test_keeps_what_looks_like_a_tag_or_a_column_as_text(self):
        texts = pages.Pages(self.small, self.refusals).texts
        self.assertIn("unless it is &lt;open>", texts["accord.a.v1.ThingService"])
        self.assertIn("by language \\| or none", texts["accord.a.v1.ThingService"])
        made = html_page.html_of(texts, ["accord.a.v1.ThingService"], pages.slug_of, "0")
        self.assertIn("unless it is &lt;open&gt;", made)
        self.assertIn("<td>These are texts by language | or none.</td>", made)

    def test_sees_a_page_that_says_something_else_than_the_catalogue_or_the_budgets(self):
        budgets = reference.budgets_of(ROOT)
        rules = self.refusals.catalogue.rules
        said = "| `Limits.max_streams` | 100 | calls (`QUOTA_CALLS`) |\n"
        self.assertEqual(list(reference.fact_breaches("a", said, rules, budgets)), [])
        for wrong in (said.replace("100", "99"), said.replace("max_streams", "most_streams"),
                      said.replace("QUOTA_CALLS", "QUOTA_CALL")):
            self.assertEqual(len(list(reference.fact_breaches("a", wrong, rules, budgets))), 1)

    def test_sees_a_link_that_leads_nowhere(self):
        texts = {"a": "# A\n\n[b](b.md#whole-b)\n", "b": "# B\n\n## Whole `B`\n\n[here](#b)\n"}
        self.assertEqual(list(pages.broken_links(texts)), [])
        for page, text, other in (("a", "b.md#whole-b", "b.md#part"), ("a", "b.md#", "c.md#"), ("b", "(#b)", "(#c)")):
            wrong = texts | {page: texts[page].replace(text, other)}
            self.assertEqual(len(list(pages.broken_links(wrong))), 1)

    def test_is_one_page_of_html_that_needs_nothing_else(self):
        whole = reference.made()["index.html"]
        self.assertNotRegex(whole, r"<(script|img|link|iframe)\b|@import|url\(")
        tags = Tags(whole)
        self.assertEqual((tags.open, tags.wrong), ([], []))
        ids = re.findall(r' id="([^"]+)"', whole)
        self.assertEqual(len(ids), len(set(ids)))
        targets = set(re.findall(r'href="#([^"]+)"', whole))
        self.assertEqual(targets - set(ids), set())
        for name in ("accord.protocols.v1.ReferralService--createreferral", "connect", "versions", "errors"):
            self.assertIn(name, ids)

    def test_gives_an_agency_what_it_calls_and_nothing_of_the_inside_or_of_google(self):
        names = shipped()
        self.assertIn("accord/protocols/v1/referral_service.proto", names)
        for inner in ("accord/audit/v1/audit_writer_service.proto", "accord/gateway/v1/config.proto",
                      "accord/testing/v1/echo.proto"):
            self.assertNotIn(inner, names)
        self.assertEqual([name for name in names if not name.startswith("accord/")], [])
        for file in Contract(descriptor_set(ROOT / "protos", names)).files:
            self.assertEqual([name for name in file.proto.dependency if name.startswith("google/rpc")], [])

    def test_packs_the_same_bytes_again(self):
        self.assertEqual(zip_of({"b": b"1", "a": b"2"}), zip_of({"a": b"2", "b": b"1"}))
        first, second = contents(), contents()
        self.assertEqual({name: first[name] == second[name] for name in first}, dict.fromkeys(second, True))
        self.assertEqual(len(first[SUMS].splitlines()), len(first) - 1)

    def test_says_what_protoc_says_of_a_proto_that_it_cannot_read(self):
        with self.assertRaisesRegex(Refused, "a.proto"):
            read(PROTO.replace("State since", "NoSuchThing since"))


if __name__ == "__main__":
    unittest.main()
