import json
import pathlib
import tempfile
import unittest

from accord_client import SettingsError
from accord_client.settings import load

GIVEN = {"address": "localhost:7400", "ca_file": "ca.crt", "certificate_file": "a.crt", "key_file": "a.key"}


class SettingsTest(unittest.TestCase):
    def written(self, values):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name) / "accord.json"
        path.write_text(values if isinstance(values, str) else json.dumps(values))
        return path

    def test_names_of_files_in_a_file_are_relative_to_its_folder(self):
        path = self.written(GIVEN | {"key_file": "/keys/a.key"})
        found = load(path, environment={})
        self.assertEqual((found.ca_file, found.key_file), (str(path.parent / "ca.crt"), "/keys/a.key"))

    def test_what_is_given_goes_before_the_environment_and_that_before_the_file(self):
        path = self.written(GIVEN | {"actor": "of-file", "purpose": "of-file", "language": "fr"})
        found = load(path, environment={"ACCORD_ACTOR": "of-environment", "ACCORD_PURPOSE": "of-environment"},
                     purpose="given")
        self.assertEqual((found.actor, found.purpose, found.language), ("of-environment", "given", "fr"))

    def test_the_environment_alone_is_enough_and_may_name_the_file(self):
        alone = {"ACCORD_" + name.upper(): value for name, value in GIVEN.items()} | {"ACCORD_PATIENCE": "2.5"}
        self.assertEqual(load(environment=alone).patience, 2.5)
        self.assertEqual(load(environment={"ACCORD_CLIENT_FILE": str(self.written(GIVEN))}).address, "localhost:7400")

    def test_whatever_is_wrong_is_refused_by_its_name(self):
        for values, said in (({"port": "x"}, "no setting port"), ({"key_file": ""}, "key_file is missing"),
                             ({"timeout": 0}, "timeout is not a number"), ({"patience": True}, "patience is not"),
                             ({"patience": "soon"}, "patience is not"), ({"actor": 7}, "actor is not a text")):
            with self.subTest(said), self.assertRaisesRegex(SettingsError, said):
                load(self.written(GIVEN | values), environment={})
        for text, said in (("{", "is not JSON"), ("[]", "is not an object")):
            with self.subTest(said), self.assertRaisesRegex(SettingsError, said):
                load(self.written(text), environment={})
        with self.assertRaisesRegex(SettingsError, "cannot be read"):
            load("/nowhere/accord.json", environment={})


if __name__ == "__main__":
    unittest.main()
