"""A page to read the API: drawn from the OpenAPI schema itself, without any script."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator


@dataclass(frozen=True, slots=True)
class Call:
    """One operation as the page shows it."""

    method: str
    path: str
    summary: str
    parameters: list[dict[str, Any]]
    fields: list[tuple[str, str, str]]


def reading_page(request: HttpRequest) -> HttpResponse:
    """All calls with their parameters and the fields of their answers."""
    return render(request, "api/docs.html", {"calls": calls()})


@cache
def calls() -> tuple[Call, ...]:
    """The operations of the schema; the schema only changes with the code."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    parts = schema["components"]["schemas"]
    return tuple(
        Call(
            method=method.upper(),
            path=path,
            summary=operation.get("description", ""),
            parameters=operation.get("parameters", []),
            fields=_fields(operation, parts),
        )
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        if "/v1/" in path
    )


def _fields(operation: dict[str, Any], parts: dict[str, Any]) -> list[tuple[str, str, str]]:
    content = operation["responses"]["200"].get("content", {})
    shape = _resolve(content.get("application/json", {}).get("schema", {}), parts)
    results = shape.get("properties", {}).get("results", {}).get("items")
    if results:
        shape = _resolve(results, parts)
    return [
        (name, _kind(field), field.get("description", ""))
        for name, field in shape.get("properties", {}).items()
    ]


def _resolve(schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    found: dict[str, Any] = parts.get(name, schema)
    return found


def _kind(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[-1]
    if field.get("type") == "array":
        return f"list of {_kind(field['items'])}"
    return str(field.get("format") or field.get("type") or "object")
