"""Interface for the browser's web worker: JSON text in, pairs of text out."""

import json
from collections.abc import Callable

from mingbai_calculator.core.errors import BadRequestError
from mingbai_calculator.estimate import estimate_json
from mingbai_calculator.result.phrases import make_speaker


def calculator(bundle_text: str) -> Callable[[str, str], list[str]]:
    """Return a function that computes estimates with one bundle.

    It takes a request as JSON text and a language, and returns ``["result", JSON of the estimate]`` or
    ``["faults", JSON of a list of {name, code, text}]``; a text names facts by their display names.
    """
    bundle = json.loads(bundle_text)

    def answer(request: str, lang: str) -> list[str]:
        try:
            return ["result", estimate_json(bundle, request)]
        except BadRequestError as error:
            speaker = make_speaker(bundle, lang)
            faults = [
                {"name": fault.name, "code": fault.code, "text": speaker.fault(fault, spoken=True)}
                for fault in error.faults
            ]
            return ["faults", json.dumps(faults, ensure_ascii=False)]

    return answer
