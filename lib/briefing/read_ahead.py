"""Keeps all that is read once from the program's own files, for processes that may keep nothing.

`make` runs it where Python is told to write no bytecode: `python -m briefing.read_ahead`.
"""

from briefing.documents.fragments import environment
from briefing.documents.lines import FACES, length
from briefing.language import catalog, languages
from briefing.register.kept import program
from briefing.register.store import parser_version


def read_ahead() -> None:
    for code in languages():
        catalog(code)
    for name in environment().list_templates(extensions=["j2"]):
        environment().get_template(name)
    for face in FACES:
        length("", 1, face)
    program(), parser_version()


if __name__ == "__main__":
    read_ahead()
