"""Compile modules as the browser's Python reads them: `PYTHON live_bytecode.py MODULES.zip COMPILED.zip`, in a Python of that version."""

import py_compile
import sys
import tempfile
import zipfile
from pathlib import Path


def compiled(path: str, source: bytes, folder: str) -> bytes | None:
    """Return a module's bytecode, which is taken without a look at its source; None when it cannot be compiled."""
    file, made = Path(folder, "module.py"), Path(folder, "module.pyc")
    file.write_bytes(source)
    try:
        py_compile.compile(str(file), str(made), path, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    except py_compile.PyCompileError:
        return None
    return made.read_bytes()


def main(modules: str, target: str) -> None:
    """Compile all modules of an archive into another."""
    with zipfile.ZipFile(modules) as source, zipfile.ZipFile(target, "w") as made, tempfile.TemporaryDirectory() as folder:
        for path in source.namelist():
            code = compiled(path, source.read(path), folder)
            if code is not None:
                made.writestr(path, code)


if __name__ == "__main__":
    main(*sys.argv[1:])
