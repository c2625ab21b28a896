"""What a site is made with beside its policies: in the folder of the site, or else as it came with this package.

In the repository all of it lies in the folder itself. A site in another folder has none of it: it takes what came with
the package, or lies in the repository from which the package is used.
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
    homes = (SHIPPED, REPOSITORY)
    return own if own.exists() else next((home / path for home in homes if (home / path).exists()), SHIPPED / path)
