"""What a site is made with beside its policies: in the folder of the site, or else as it came with this package.

In the repository all of it lies in the folder itself. Whoever has only installed the package has none of it there.
"""

from pathlib import Path

import mingbai_calculator

SHIPPED = Path(__file__).parents[1] / "resources"
"""Laid out as the repository is; filled when the wheel is made (pyproject.toml)."""
REPOSITORY = Path(__file__).parents[3]
"""The folder of the repository, where the package is used from there."""
CALCULATOR = Path(mingbai_calculator.__file__).parents[1]
"""The folder with the calculator's package."""


def beside(root: Path, path: str) -> Path:
    """Return where something lies that a site in the folder `root` is made with, such as ``docs``."""
    own = root / path
    return own if own.exists() else SHIPPED / path
