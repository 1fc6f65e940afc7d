#!/usr/bin/env python3
"""Shows that check_openapi.py notices: small tables and documents, one difference in each."""
import copy
import unittest

from check_openapi import comparison, deviations
from openapi import with_text_keys

STRING = {"kind": "string"}
COLOUR = {"kind": "enum", "name": "Colour", "open": False, "values": [["RED"], ["GREEN", "GRUN"]]}


def field(name, shape, mandatory=True):
    return {"name": name, "aliases": [], "mandatory": mandatory, "one_or_many": False, "type": shape}


TABLES = {
    "operations": [{"method": "GET", "path": "/pets/{id}", "success": [200], "errors": [404],
                    "request": None, "response": {"kind": "object", "name": "Pet"}}],
    "more_types": [{"kind": "object", "name": "Toy"}],
    "types": {"Pet": [field("name", STRING), field("colour", COLOUR, False),
                      field("tags", {"kind": "array", "of": STRING}, False)],
              "Toy": [field("size", {"kind": "integer"})],
              "ProblemDetails": [field("title", STRING, False)]},
}
DOCUMENT = with_text_keys({
    "paths": {"/pets/{id}": {"get": {"responses": {
        200: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
        404: {"description": "none"}}}}},
    "components": {"schemas": {
        "Pet": {"type": "object", "required": ["name"], "properties": {
            "name": {"type": "string"},
            "colour": {"type": "string", "enum": ["RED", "GREEN"]},
            "tags": {"type": "array", "items": {"type": "string"}}}},
        "Toy": {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer"}}},
        "ProblemDetails": {"type": "object", "properties": {"title": {"type": "string"}}}}},
})


class what_is_noticed(unittest.TestCase):
    def setUp(self):
        self.tables, self.document = copy.deepcopy(TABLES), copy.deepcopy(DOCUMENT)
        self.schemas = self.document["components"]["schemas"]
        self.pet = self.schemas["Pet"]
        self.get = self.document["paths"]["/pets/{id}"]["get"]

    def expect(self, *differences):
        found = comparison(self.tables, self.document, {}).found
        self.assertEqual([f"{where}: {what}" for where, what in found], list(differences))

    def test_nothing_when_both_agree(self):
        self.expect()

    def test_operations(self):
        self.document["paths"]["/pets"] = {"post": {"responses": {}}}
        self.tables["operations"][0]["method"] = "PUT"
        self.expect("PUT /pets/{id}: only in the SDK", "GET /pets/{id}: only in the file",
                    "POST /pets: only in the file")

    def test_statuses(self):
        self.get["responses"]["403"] = self.get["responses"].pop("404")
        self.expect("GET /pets/{id} 403: only in the file", "GET /pets/{id} 404: only in the SDK")

    def test_bodies(self):
        content = self.get["responses"]["200"].pop("content")
        self.expect("GET /pets/{id} 200: a body only in the SDK")
        content["application/json"]["schema"]["$ref"] = "#/components/schemas/Toy"
        self.get["responses"]["200"]["content"] = content
        self.assertIn(("GET /pets/{id} 200", "SDK Pet, file Toy"),
                      comparison(self.tables, self.document, {}).found)

    def test_wrapped_bodies(self):
        content = self.get["responses"]["200"]["content"]["application/json"]
        content["schema"] = {"type": "object", "properties": {"Pet": content["schema"]}}
        self.expect("GET /pets/{id} 200: wrapped in the file")

    def test_members(self):
        self.pet["properties"]["age"] = {"type": "integer"}
        del self.pet["properties"]["tags"]
        self.expect("Pet.tags: only in the SDK", "Pet.age: only in the file")

    def test_cardinality(self):
        self.pet["required"] = ["colour"]
        self.pet["properties"]["tags"] = {"type": "string"}
        self.expect("Pet.name: SDK mandatory, file optional", "Pet.colour: SDK optional, file mandatory",
                    "Pet.tags: SDK array, file string")

    def test_scalars(self):
        self.pet["properties"]["name"]["type"] = "boolean"
        self.schemas["Toy"]["properties"]["size"]["type"] = "string"
        self.expect("Pet.name: SDK string, file boolean", "Toy.size: SDK integer, file string")

    def test_values(self):
        self.pet["properties"]["colour"]["enum"] = ["RED", "GRUN"]
        self.expect("Pet.colour: value GREEN only in the SDK", "Pet.colour: value GRUN only in the file")

    def test_enumerations_that_may_grow(self):
        self.pet["properties"]["colour"]["x-etsi-mec-extensible"] = True
        self.expect("Pet.colour: extensible only in the file")

    def test_values_of_a_text(self):
        self.pet["properties"]["name"]["enum"] = ["Rex"]
        del self.pet["properties"]["colour"]["enum"]
        self.expect("Pet.name: SDK string, file one of Rex",
                    "Pet.colour: SDK one of RED, GREEN, file string")

    def test_types_that_the_file_does_not_have(self):
        del self.schemas["Toy"]
        self.expect("Toy: only in the SDK")

    def test_alternatives(self):
        schema = self.get["responses"]["200"]["content"]["application/json"]
        schema["schema"] = {"oneOf": [schema["schema"], {"$ref": "#/components/schemas/Ball"}]}
        self.schemas["Ball"] = {"type": "object"}
        pet, toy = ({"kind": "object", "name": name} for name in ("Pet", "Toy"))
        self.tables["operations"][0]["response"] = {"kind": "one_of", "name": "", "alternatives": [pet, toy]}
        self.expect("GET /pets/{id} 200: alternative Toy only in the SDK",
                    "GET /pets/{id} 200: alternative Ball only in the file")

    def test_members_of_composed_schemas(self):
        self.schemas["Toy"] = {"oneOf": [{"$ref": "#/components/schemas/Pet"}]}
        self.expect("Toy.size: only in the SDK", "Toy.name: only in the file",
                    "Toy.colour: only in the file", "Toy.tags: only in the file")


class what_is_allowed(unittest.TestCase):
    ENTRY = {"where": ["Pet.*"], "what": "only in the *", "versions": ["v1"], "why": "so", "explained": "2"}

    def test_what_an_entry_is_about(self):
        known = deviations([self.ENTRY], {"2"})
        self.assertTrue(known.allow("pets", "v1", "Pet.age", "only in the file"))
        self.assertFalse(known.allow("pets", "v2", "Pet.age", "only in the file"))
        self.assertFalse(known.allow("pets", "v1", "Toy.age", "only in the file"))
        self.assertFalse(known.allow("pets", "v1", "Pet.age", "SDK optional, file mandatory"))
        self.assertEqual(list(known.unused()), [])

    def test_entries_without_use_reason_or_section(self):
        self.assertEqual(len(list(deviations([self.ENTRY], {"2"}).unused())), 1)
        self.assertEqual(len(deviations([dict(self.ENTRY, why="")], {"2"}).problems), 1)
        self.assertEqual(len(deviations([self.ENTRY], {"3"}).problems), 1)


if __name__ == "__main__":
    unittest.main()
