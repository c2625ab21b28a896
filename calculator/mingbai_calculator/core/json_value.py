"""Type aliases of JSON values, as `json.loads` returns them.

`JsonObject` is untyped inside: it is for the edges, where JSON is read or written (`law.codec`, requests, results).
"""

from typing import Any

type Json = list[Json] | dict[str, Json] | str | int | bool | None
type JsonObject = dict[str, Any]
type JsonList = list[Any]
type Texts = dict[str, str]
"""A text by language."""
