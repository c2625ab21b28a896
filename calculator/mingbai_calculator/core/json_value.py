"""JSON values, as `json.loads` returns them."""

type Json = list[Json] | dict[str, Json] | str | int | bool | None
