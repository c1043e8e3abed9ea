"""Keeps all that is worked out once, for processes that may keep nothing.

`make` runs it where Python is told to write no bytecode: `python -m briefing.read_ahead`.
"""

from contextlib import suppress
from importlib import import_module
from pkgutil import walk_packages

import briefing.cli  # first: from here on what modules compile is kept
from briefing.documents.fragments import environment
from briefing.documents.lines import FACES, length
from briefing.language import catalog, languages
from briefing.register.kept import program
from briefing.register.store import parser_version
from briefing.run.template import load_libraries


def read_ahead() -> None:
    """Translations, templates, widths, hashes; and at the end what all modules compile."""
    for code in languages():
        catalog(code)
    for name in environment().list_templates(extensions=["j2"]):
        environment().get_template(name)
    for face in FACES:
        length("", 1, face)
    program(), parser_version()
    for module in walk_packages(briefing.__path__, "briefing."):
        if not module.name.endswith("__main__"):
            with suppress(ModuleNotFoundError):  # what a machine need not have
                import_module(module.name)
    load_libraries()


if __name__ == "__main__":
    read_ahead()
