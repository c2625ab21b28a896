"""What all tests share: the repository's own policies, compiled once."""

from pathlib import Path
from typing import Any

import pytest

from mingbai.site import compiled_bundle

ROOT = Path(__file__).parent.parent
POLICIES = ROOT / "policies"


@pytest.fixture(scope="session")
def bundle() -> dict[str, Any]:
    return compiled_bundle(POLICIES)
