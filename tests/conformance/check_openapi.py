#!/usr/bin/env python3
"""Compares the SDK's tables with the OpenAPI files of the standard.

usage: check_openapi.py <program that prints the tables> <folder of test data>

Every difference must be listed in deviations.json beside this file, with its reason; an entry that
no difference needs is an error too. Exit status 77: something is missing, nothing was compared.
"""
import fnmatch
import json
import pathlib
import subprocess
import sys

from openapi import body_of, is_free_form, member_schemas, operations, resolve, type_name, with_text_keys

SKIPPED = 77


class comparison:
    """The differences between the tables of one API and one file."""

    def __init__(self, tables, document, rules):
        self.types = tables["types"]
        self.document = document
        self.rules = rules
        self.found = {}  # (where, what) in order of appearance
        self.seen = set()
        self.visited = set()
        self.operations(tables["operations"])
        for shape in tables["more_types"]:
            self.named_type(shape)
        for name in sorted(self.types):  # what no operation of the file leads to
            if name not in self.visited:
                self.named_type({"kind": "object", "name": name})
        for name in sorted(set(self.types) - self.visited):
            self.note(name, "only in the SDK")

    def note(self, where, what):
        self.found[where, what] = True

    # ---- operations

    def operations(self, table):
        paths = self.rules.get("paths", {})
        ours = {(row["method"], paths.get(row["path"], row["path"])): row for row in table}
        theirs = operations(self.document)
        for key in list(ours) + [key for key in theirs if key not in ours]:
            where = " ".join(key)
            if key not in theirs:
                self.note(where, "only in the SDK")
            elif key not in ours:
                self.note(where, "only in the file")
            else:
                self.operation(where, ours[key], theirs[key])

    def operation(self, where, row, operation):
        ours = set(row["success"] + row["errors"])
        theirs = {int(status) for status in operation["responses"]}
        for status in sorted(ours ^ theirs):
            self.note(f"{where} {status}", f"only in the {'SDK' if status in ours else 'file'}")
        self.body(f"{where} request", row["request"], operation.get("requestBody"))
        for status in sorted(theirs & set(row["success"])):
            shape = row["response"] if status not in (204,) else None
            self.body(f"{where} {status}", shape, operation["responses"][str(status)])
        problem = {"kind": "object", "name": "ProblemDetails"}
        for status in sorted(theirs & set(row["errors"])):
            answer = resolve(self.document, operation["responses"][str(status)])
            if answer.get("content"):
                self.body(f"{where} {status}", problem, answer)

    def body(self, where, shape, message):
        schema = body_of(self.document, message)
        if shape is None or schema is None:
            if (shape is None) != (schema is None):
                self.note(where, f"a body only in the {'SDK' if schema is None else 'file'}")
            return
        schema = self.unwrapped(where, schema)
        ours, theirs = self.name_of(shape), type_name(self.document, schema)
        if ours != theirs:
            self.note(where, f"SDK {ours}, file {theirs or 'a body without a name'}")
        if theirs or not is_free_form(resolve(self.document, schema)):
            self.value(where, shape, schema)

    def unwrapped(self, where, schema):
        """Some files put each body into an object of one member, named as the type."""
        members = resolve(self.document, schema).get("properties", {})
        if "$ref" not in schema and len(members) == 1:
            (name, inner), = members.items()
            if type_name(self.document, inner) == name:
                self.note(where, "wrapped in the file")
                return inner
        return schema

    def name_of(self, shape):
        return f"[{self.name_of(shape['of'])}]" if shape["kind"] == "array" else shape.get("name", "")

    def named_type(self, shape):
        schemas = self.document["components"]["schemas"]
        if shape["name"] in schemas:
            self.value(shape["name"], shape, {"$ref": f"#/components/schemas/{shape['name']}"})

    # ---- types

    def value(self, where, shape, schema):
        """Compares a value of the SDK with a schema; `where` is named in differences."""
        schema = resolve(self.document, schema)
        kind = shape["kind"]
        if kind == "any" or is_free_form(schema):
            if kind != "any" and schema.get("type") not in (None, kind):
                self.note(where, f"SDK {kind}, file free-form {schema['type']}")
            elif kind == "any" and not is_free_form(schema):
                self.note(where, f"SDK free-form, file {schema.get('type')}")
            return
        if kind == "one_of":
            self.one_of(where, shape, schema)
            return
        theirs = schema.get("type", "object")
        ours = {"enum": "integer" if self.is_integer_enum(shape) else "string"}.get(kind, kind)
        if ours != theirs:
            self.note(where, f"SDK {ours}, file {theirs}")
            if ours == "array":
                self.value(where, shape["of"], schema)
            elif theirs == "array":
                self.value(where, shape, schema["items"])
        elif kind == "array":
            self.value(where, shape["of"], schema["items"])
        elif kind == "object":
            self.object(shape["name"], schema)
        elif kind == "enum":
            self.enum(where, shape, schema)
        elif "enum" in schema:
            self.note(where, f"SDK {kind}, file one of {', '.join(map(str, schema['enum']))}")

    def one_of(self, where, shape, schema):
        choices = schema.get("oneOf") or schema.get("anyOf") or [schema]
        theirs = {type_name(self.document, choice): choice for choice in choices}
        ours = {alternative["name"]: alternative for alternative in shape["alternatives"]}
        for name in list(ours) + [name for name in theirs if name not in ours]:
            if name in ours and name in theirs:
                self.value(where, ours[name], theirs[name])
            else:
                self.note(where, f"alternative {name} only in the {'SDK' if name in ours else 'file'}")

    @staticmethod
    def is_integer_enum(shape):
        return shape["kind"] == "enum" and isinstance(shape["values"][0], int)

    def object(self, name, schema):
        self.visited.add(name)
        if (name, json.dumps(schema, sort_keys=True)) in self.seen:
            return
        self.seen.add((name, json.dumps(schema, sort_keys=True)))
        theirs, required = member_schemas(self.document, schema)
        ours = {field["name"]: field for field in self.types[name]}
        for member in list(ours) + [m for m in theirs if m not in ours]:
            where = f"{name}.{member}"
            if member not in theirs:
                self.note(where, "only in the SDK")
                self.unmet(ours[member]["type"])
            elif member not in ours:
                self.note(where, "only in the file")
            else:
                if ours[member]["mandatory"] != (member in required):
                    words = ("mandatory", "optional")
                    mine = words[not ours[member]["mandatory"]]
                    self.note(where, f"SDK {mine}, file {words[member not in required]}")
                self.value(where, ours[member]["type"], theirs[member])

    def unmet(self, shape):
        """A type below a member that the file does not have needs no entry of its own."""
        while shape["kind"] in ("array", "map"):
            shape = shape["of"]
        if shape["kind"] == "object" and shape["name"] not in self.visited:
            self.visited.add(shape["name"])
            for field in self.types[shape["name"]]:
                self.unmet(field["type"])

    def enum(self, where, shape, schema):
        if self.is_integer_enum(shape):
            ours = shape["values"]
        else:
            ours = [names[0] for names in shape["values"]]
        if "enum" not in schema:
            # A text that has to be a certain one is just a string in the files.
            if len(ours) != 1:
                self.note(where, f"SDK one of {', '.join(map(str, ours))}, file {schema['type']}")
            return
        for value in ours:
            if value not in schema["enum"]:
                self.note(where, f"value {value} only in the SDK")
        for value in schema["enum"]:
            if value not in ours:
                self.note(where, f"value {value} only in the file")
        if schema.get("x-etsi-mec-extensible") and not shape["open"]:
            self.note(where, "extensible only in the file")


class deviations:
    """The differences that are meant to be."""

    def __init__(self, entries, sections):
        self.entries = entries
        self.used = set()
        self.problems = []
        for entry in entries:
            for key in ("where", "what", "versions", "why", "explained"):
                if not entry.get(key):
                    self.problems.append(f"deviations.json: an entry without `{key}`: {entry}")
            if sections is not None and entry.get("explained") not in sections:
                self.problems.append(f"deviations.json: no such section of api.md: {entry}")

    def allow(self, api, version, where, what):
        allowed = False
        for number, entry in enumerate(self.entries):
            if version not in entry["versions"] or api not in entry.get("apis", [api]):
                continue
            for pattern in entry["where"]:
                if fnmatch.fnmatchcase(where, pattern) and fnmatch.fnmatchcase(what, entry["what"]):
                    self.used.add((number, pattern, version))
                    allowed = True
        return allowed

    def unused(self):
        for number, entry in enumerate(self.entries):
            for version in entry["versions"]:
                for pattern in entry["where"]:
                    if (number, pattern, version) not in self.used:
                        yield f"deviations.json: not needed: {version}: {pattern}: {entry['what']}"


def sections_of(reference):
    """Numbers of the headings of the reference, or None when it is not there."""
    if not reference.is_file():
        return None
    lines = reference.read_text("utf-8").splitlines()
    return {line.split()[1].rstrip(".") for line in lines if line.startswith("##")}


def main():
    program, data = sys.argv[1:]
    try:
        import yaml
    except ImportError:
        print("skipped: Python has no module yaml (package python3-yaml)")
        return SKIPPED
    rules = json.loads(pathlib.Path(__file__).with_name("deviations.json").read_text("utf-8"))
    specs = pathlib.Path(data) / "specs"
    if not specs.is_dir():
        print(f"skipped: no OpenAPI files in {specs}")
        return SKIPPED
    tables = json.loads(subprocess.run([program], check=True, capture_output=True, text=True).stdout)
    known = deviations(rules["deviations"], sections_of(pathlib.Path(data) / "reference" / "api.md"))
    problems = list(known.problems)
    for file in rules["files"]:
        document = with_text_keys(yaml.safe_load((specs / file["name"]).read_text("utf-8")))
        found = comparison(tables[file["api"]], document, file).found
        unknown = [d for d in found if not known.allow(file["api"], file["version"], *d)]
        problems += [f"{file['api']} {file['version']}: {where}: {what}" for where, what in unknown]
        print(f"{file['name']}: {len(found)} differences, {len(unknown)} not explained")
    for api in tables:
        if api not in {file["api"] for file in rules["files"]}:
            problems.append(f"{api}: compared with no file")
    problems += known.unused()
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
