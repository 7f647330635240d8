"""Only to say one sentence: `pip install .` would leave the lessons and tables behind. All else stands in pyproject.toml."""

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel


class InPlace(bdist_wheel):
    """Refuses to pack; an editable installation packs nothing."""

    def run(self):
        raise SystemExit("The course is used in its own folder, with its lessons and tables: give the command pip install -e . there.")


setup(cmdclass={"bdist_wheel": InPlace})
