"""These tests show how objects with values in them become the text of the chart's templates."""
import sys
import unittest

from machine import ROOT

sys.path.insert(0, str(ROOT / "k8s/helm"))

import template  # noqa: E402
from template import MISSING, Choice, Text, inside, lines, merged, text, value  # noqa: E402


class Merged(unittest.TestCase):
    def test_what_all_say_stands_without_a_condition(self):
        self.assertEqual(merged({"a": [1]}, {"x": {"a": [1]}}), {"a": [1]})

    def test_what_one_adds_or_takes_away_stands_behind_a_condition(self):
        self.assertEqual(merged({"a": 1}, {"x": {"a": 1, "b": 2}}), {"a": 1, "b": Choice("x", 2, MISSING)})
        self.assertEqual(merged({"a": 1, "b": 2}, {"x": {"a": 1}}), {"a": 1, "b": Choice("x", MISSING, 2)})
        self.assertEqual(merged(MISSING, {"x": {"a": 1}}), Choice("x", {"a": 1}, MISSING))

    def test_what_two_change_is_a_choice_of_three(self):
        self.assertEqual(merged(1, {"x": 2, "y": 3}), Choice("x", 2, Choice("y", 3, 1)))

    def test_items_with_names_are_found_by_them_wherever_they_stand(self):
        first, second, third = ({"name": name} for name in "abc")
        self.assertEqual(merged([first, second], {"x": [third, second, first]}), [first, second, Choice("x", third, MISSING)])

    def test_items_without_names_are_added_at_the_end_or_changed_in_their_place(self):
        self.assertEqual(merged(["a"], {"x": ["a", "b"], "y": ["a", "c"]}), ["a", Choice("x", "b", MISSING), Choice("y", "c", MISSING)])
        self.assertEqual(merged([{"a": 1}], {"x": [{"a": 2}]}), [{"a": Choice("x", 2, 1)}])
        self.assertEqual(merged(["a", "b"], {"x": ["c"]}), Choice("x", ["c"], ["a", "b"]))


class Lines(unittest.TestCase):
    def test_a_choice_stands_between_lines_of_its_own(self):
        self.assertEqual(lines({"a": Choice("x", 1, 2), "b": Choice("y", MISSING, [3])}),
                         ["{{- if .Values.x }}", "a: 1", "{{- else }}", "a: 2", "{{- end }}",
                          "{{- if not .Values.y }}", "b:", "- 3", "{{- end }}"])

    def test_an_item_that_begins_with_a_choice_leaves_its_dash_alone(self):
        self.assertEqual(lines([{"a": Choice("x", 1, MISSING), "b": 2}, {"c": {"d": 3}}]),
                         ["-", "{{- if .Values.x }}", "  a: 1", "{{- end }}", "  b: 2", "- c:", "    d: 3"])

    def test_only_what_every_yaml_takes_for_a_text_stands_without_quotation_marks(self):
        self.assertEqual(lines(["audit", "yes", "1", "", "a: b", "-x", True, 440, None, {}, []]),
                         ["- audit", '- "yes"', '- "1"', '- ""', '- "a: b"', '- "-x"', "- true", "- 440", "- null", "- {}", "- []"])

    def test_braces_of_others_are_not_the_charts(self):
        self.assertEqual(lines({"a": "{{ $labels.x }}"}), ['a: "{{ "{{" }} $labels.x }}"'])
        self.assertEqual(lines({"a": "{{b}}\nc\n"}), ["a: |", '  {{ "{{" }}b}}', "  c"])

    def test_a_text_of_lines_is_written_line_by_line_if_that_keeps_it(self):
        self.assertEqual(lines({"a": "b\n\n c\n"}), ["a: |", "  b", "", "   c"])
        for kept in ("b\nc", "b\nc\n\n", " b\nc\n", "b\n"):
            self.assertEqual(lines({"a": kept}), [f"a: {template.json.dumps(kept)}"])


class Values(unittest.TestCase):
    def test_every_match_of_a_text_becomes_a_value(self):
        self.assertEqual(lines({"a": text("x=old, y=old", [("=(old)", inside("b.c"))])}),
                         ['a: "x={{ .Values.b.c }}, y={{ .Values.b.c }}"'])
        self.assertEqual(text("nothing", [("(old)", inside("b"))]), "nothing")

    def test_a_value_by_itself_is_json(self):
        self.assertEqual(lines({"a": value("b"), "c": Text((inside("d"), ":1"))}),
                         ["a: {{ .Values.b | toJson }}", 'c: "{{ .Values.d }}:1"'])


if __name__ == "__main__":
    unittest.main()
