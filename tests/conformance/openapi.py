"""Reads what the conformance checks need out of an OpenAPI document."""

METHODS = ("get", "post", "put", "patch", "delete")


def with_text_keys(node):
    """Status codes are texts in JSON, but numbers in YAML unless somebody quoted them."""
    if isinstance(node, dict):
        return {str(key): with_text_keys(value) for key, value in node.items()}
    return [with_text_keys(item) for item in node] if isinstance(node, list) else node


def resolve(document, node):
    """The node itself, or what its reference leads to."""
    for _ in range(16):
        reference = node.get("$ref") if isinstance(node, dict) else None
        if reference is None:
            return node
        node = document
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]
    raise ValueError(f"references in a circle at {reference}")


def operations(document):
    """(method, path) -> operation object."""
    return {(method.upper(), path): item[method]
            for path, item in document["paths"].items() for method in METHODS if method in item}


def body_of(document, message):
    """The JSON schema of a request or response, or None when it has no body."""
    content = resolve(document, message or {}).get("content", {})
    for media, what in content.items():
        schema = what.get("schema")
        if media.endswith("json") and schema not in (None, {"type": "object", "properties": {}}):
            return schema
    return None


def type_name(document, schema):
    """`X`, `[X]` for an array of X, or an empty text when the schema has no name."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    if schema.get("type") == "array":
        name = type_name(document, schema["items"])
        return f"[{name}]" if name else ""
    return schema.get("title", "")


def is_free_form(schema):
    """True when the schema says nothing about what is inside."""
    inside = ("properties", "items", "enum", "oneOf", "anyOf", "allOf")
    return schema.get("type", "object") == "object" and not any(schema.get(key) for key in inside) or (
        all(all_empty(resolved) for resolved in schema.get("oneOf", [])) and "oneOf" in schema
        and "properties" not in schema)


def all_empty(schema):
    return set(schema) <= {"type", "description"}


def member_schemas(document, schema):
    """The members of an object, also of a composed one: name -> schema, and the required names."""
    members = dict(schema.get("properties", {}))
    required = set(schema.get("required", []))
    for part in schema.get("allOf", []):
        more, needed = member_schemas(document, resolve(document, part))
        members.update(more)
        required |= needed
    for key in ("oneOf", "anyOf"):
        choices = [member_schemas(document, resolve(document, c)) for c in schema.get(key, [])]
        for more, _ in choices:
            members.update(more)
        if choices:
            required |= set.intersection(*(needed for _, needed in choices))
    return members, required
