"""The Pythons on this computer, behind a version manager's stand-ins (pyenv) the real ones."""

import shutil
from pathlib import Path


def find(version):
    """Return the path of a Python such as "3.12", or None."""
    python = Path(shutil.which(f"python{version}") or "")
    if python.parent.name == "shims":
        real = sorted(python.parents[1].glob(f"versions/{version}.*/bin/python{version}"))
        return real[-1] if real else None
    return python if python.name else None
