"""Coverage-guided fuzzing of the reader and the model: ``python -m tests.generator.fuzz_atheris -runs=100000``.

Needs atheris (``pip install atheris``), which is not locked: it has wheels for some machines only.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mingbai"]):
    from mingbai.diagnostics.problem import Problems
    from mingbai.loader.library import Library, load_place, load_shared

GOOD = Path(__file__).parents[1] / "policies/good"


def main() -> None:
    """Fuzz one version of a policy until `-runs` or `-max_total_time` is reached; a traceback ends it."""
    shared = load_shared(GOOD, Problems())
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "testland"
        policy = place / "inpatient"
        policy.mkdir(parents=True)
        (place / "place.yaml").write_bytes((GOOD / "testland/place.yaml").read_bytes())

        def once(data: bytes) -> None:
            (policy / "initial.yaml").write_bytes(data)
            load_place(Library(Path(folder), shared.facts, shared.terms, shared.sources), place, Problems())

        atheris.Setup([*sys.argv, *(["-max_len=4000"] if len(sys.argv) > 1 else ["-runs=20000"])], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
