"""The calculator as the browser's worker sees it: JSON texts in, pairs of texts out."""

import json
from collections.abc import Callable

from mingbai_calculator.core.errors import BadRequestError
from mingbai_calculator.estimate import estimate_json
from mingbai_calculator.result.phrases import speaker


def calculator(bundle_text: str) -> Callable[[str, str], list[str]]:
    """Return a function that answers requests by the rules of one bundle.

    It takes a request as JSON text and a language, and gives ``["result", JSON of the estimate]`` or
    ``["faults", JSON of a list of {name, code, text}]``; a text calls the facts as a reader does.
    """
    bundle = json.loads(bundle_text)

    def answer(request: str, lang: str) -> list[str]:
        try:
            return ["result", estimate_json(bundle, request)]
        except BadRequestError as error:
            speak = speaker(bundle, lang)
            faults = [
                {"name": fault.name, "code": fault.code, "text": speak.fault(fault, spoken=True)}
                for fault in error.faults
            ]
            return ["faults", json.dumps(faults, ensure_ascii=False)]

    return answer
