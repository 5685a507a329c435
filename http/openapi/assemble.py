#!/usr/bin/env python3
"""Makes one OpenAPI document of fragments, as JSON and as C++.

usage: assemble.py VERSION DOCUMENT SOURCE FRAGMENT...

A fragment is a part of the document, each member in its place. Fragments are
merged, and nothing may be said twice. Some things are shorter here than in
OpenAPI:

- A `description` may be a list of lines.
- An operation lists what it may be refused with under `refusals`: codes of
  `problems`, or names of `groups` of them. Its answers of those statuses are
  made from that.
- `x-role` says who may call. What `security` has to say follows from it, and
  so do the refusals 401 and 403.
- Every request may have `traceparent`, every answer has `X-Request-Id`. Both
  are added here, as are the fields about the rate of a client where an
  operation may be refused `rate_limited`.
"""
import json
import sys


def merge(into, part, where):
    for name, value in part.items():
        place = f"{where}/{name}"
        if name not in into:
            into[name] = value
        elif isinstance(value, dict) and isinstance(into[name], dict):
            merge(into[name], value, place)
        elif isinstance(value, list) and isinstance(into[name], list):
            into[name] += value
        else:
            sys.exit(f"{place} is said twice")


def join_lines(node):
    for value in node.values() if isinstance(node, dict) else node:
        if isinstance(value, (dict, list)):
            join_lines(value)
    if isinstance(node, dict) and isinstance(node.get("description"), list):
        node["description"] = " ".join(node["description"])


def schema_name(code):
    return "".join(word.capitalize() for word in code.split("_")) + "Problem"


def reference(kind, name):
    return {"$ref": f"#/components/{kind}/{name}"}


def problem_schema(code, kind):
    """RFC 9457 with the members that every problem has here, and its own."""
    fixed = {
        "type": f"/problems/{code}",
        "title": kind["title"],
        "status": kind["status"],
        "code": code,
        "retryable": kind.get("retryable", False),
    }
    own = kind.get("members", {})
    example = fixed | {"detail": kind["detail"], "instance": "order-7-try-1"}
    example |= {name: member["examples"][0] for name, member in own.items()}
    properties = {name: {"const": value} for name, value in fixed.items()}
    properties["detail"] = {"type": "string", "minLength": 1}
    properties["instance"] = reference("schemas", "RequestId")
    optional = kind.get("optional", [])
    return {
        "type": "object",
        "description": kind["detail"],
        "required": [*properties, *(n for n in own if n not in optional)],
        "properties": properties | own,
        "additionalProperties": False,
        "examples": [example],
    }


def one_of(codes):
    references = {code: reference("schemas", schema_name(code))
                  for code in codes}
    if len(codes) == 1:
        return references[codes[0]]
    mapping = {code: to["$ref"] for code, to in references.items()}
    return {
        "oneOf": list(references.values()),
        "discriminator": {"propertyName": "code", "mapping": mapping},
    }


def refusal(codes, problems):
    """The answer for refusals of one status."""
    headers = {field: reference("headers", name) for code in codes
               for field, name in problems[code].get("fields", {}).items()}
    answer = {
        "description": ", ".join(f"`{code}`" for code in codes),
        "content": {"application/problem+json": {"schema": one_of(codes)}},
    }
    return answer | ({"headers": headers} if headers else {})


def expand(operation, groups, problems):
    """Turns `refusals` into responses, and adds what every answer has."""
    role = operation["x-role"]
    operation["security"] = [] if role == "anyone" else [{"bearer": [role]}]
    codes = []
    for name in groups[role] + operation.pop("refusals"):
        codes += groups.get(name, [name])
    responses = operation["responses"]
    for status in sorted({problems[code]["status"] for code in codes}):
        same = [code for code in codes if problems[code]["status"] == status]
        responses[str(status)] = refusal(same, problems)
    everywhere = ["X-Request-Id"]
    if "rate_limited" in codes:
        everywhere += ["RateLimit", "RateLimit-Policy"]
    for answer in responses.values():
        headers = answer.setdefault("headers", {})
        headers |= {name: reference("headers", name) for name in everywhere}
    responses["default"] = reference("responses", "Problem")


def assemble(version, fragments):
    document = {}
    for path in fragments:
        with open(path, encoding="utf-8") as file:
            merge(document, json.load(file), "")
    join_lines(document)
    document["info"]["version"] = version
    problems, groups = document.pop("problems"), document.pop("groups")
    for item in document["paths"].values():
        item["parameters"].append(reference("parameters", "TraceParent"))
        for name, operation in item.items():
            if name != "parameters":
                expand(operation, groups, problems)
    components = document["components"]
    components["schemas"] |= {schema_name(code): problem_schema(code, kind)
                              for code, kind in problems.items()}
    media = components["responses"]["Problem"]["content"]
    media["application/problem+json"]["schema"] = one_of(list(problems))
    return document


def main(version, document_path, source_path, *fragments):
    document = assemble(version, fragments)
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    with open(document_path, "w", encoding="utf-8") as file:
        file.write(text)
    with open(source_path, "w", encoding="utf-8") as file:
        file.write('#include "http/openapi.hpp"\n\n'
                   "std::string_view\n"
                   "holdfast::http::openapi_document() noexcept {\n"
                   f'  return R"openapi({text})openapi";\n}}\n')


main(*sys.argv[1:])
