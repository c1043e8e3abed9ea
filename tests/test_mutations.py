"""The list of `python tests/mutations.py` is as long as it is to be, and holds of the program."""

import pytest

from tests.mutations import PACKAGE, ROOT, Mutation, mutations

LISTED = mutations()
ROOMS = {
    "catalog", "charts", "cli", "correspondence", "documents", "forms", "intake", "office",
    "params", "register", "run", "sample", "tables",
}  # fmt: skip


@pytest.mark.parametrize("mutation", LISTED, ids=str)
def test_a_mutation_can_be_put_into_the_program_and_has_tests(mutation):
    assert mutation.applied((ROOT / PACKAGE / mutation.file).read_text(encoding="utf-8"))
    assert all((ROOT / "tests" / name).exists() for name in mutation.tests.split())


def test_there_are_sixty_of_them_and_some_in_every_room():
    assert len(set(LISTED)) == len(LISTED) >= 60
    assert {mutation.room for mutation in LISTED} >= ROOMS


@pytest.mark.parametrize("text", ["", "a < b", "a <= b and a <= b"])
def test_a_mutation_whose_text_does_not_stand_there_once_is_not_applied(text):
    assert Mutation("x.py", "a <= b", "a < b", "").applied(text) is None
