"""What machines read of a page. No test."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from django.test import Client
from jsonschema import Draft202012Validator

SITE = "http://localhost:8000"
_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@cache
def _rules() -> Draft202012Validator:
    file = Path(__file__).with_name("structured.schema.json")
    return Draft202012Validator(json.loads(file.read_text(encoding="utf-8")))


def said(client: Client, path: str) -> list[dict[str, Any]]:
    """What a page says in JSON-LD, once it was found valid."""
    page = client.get(path)
    assert page.status_code == 200, path
    blocks = _BLOCK.findall(page.content.decode())
    things: list[dict[str, Any]] = []
    for block in blocks:
        data = json.loads(block)
        errors = [f"{error.json_path}: {error.message}" for error in _rules().iter_errors(data)]
        assert not errors, (path, errors)
        things += data["@graph"]
    return things


def thing(client: Client, path: str, kind: str) -> dict[str, Any]:
    """The one thing of this type that a page speaks of."""
    found = [one for one in said(client, path) if one["@type"] == kind]
    assert len(found) == 1, (path, kind)
    return found[0]


def xml(client: Client, path: str) -> Element:
    """An answer read as XML."""
    page: Any = client.get(path)
    assert page.status_code == 200, path
    body = b"".join(page.streaming_content) if page.streaming else page.content
    return fromstring(body)  # noqa: S314 our own


def paths_of(root: Element, tag: str) -> list[str]:
    """The texts of all elements with this local name, without our own host."""
    found = [one.text or "" for one in root.iter() if one.tag.rpartition("}")[2] == tag]
    return [text.removeprefix(SITE) for text in found]
