"""Type aliases of JSON values, as `json.loads` returns them."""

type Json = list[Json] | dict[str, Json] | str | int | bool | None
type JsonObject = dict[str, Json]
