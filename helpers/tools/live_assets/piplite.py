"""What the kernel sets at its start; the installer itself, `whole`, is imported when somebody installs something."""

_PIPLITE_URLS = []
_PIPLITE_DISABLE_PYPI = False


def install(*requirements, **options):
    """Install packages; see `whole.install`."""
    from . import whole

    whole._PIPLITE_URLS, whole._PIPLITE_DISABLE_PYPI = _PIPLITE_URLS, _PIPLITE_DISABLE_PYPI
    return whole.install(*requirements, **options)
