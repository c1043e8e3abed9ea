"""A page that is published before the other notebooks of its run, as for somebody who waits."""

from concurrent.futures import Future

import pytest
from nbclient.exceptions import DeadKernelError

from briefing.errors import RunError, Unfinished
from briefing.language import language
from briefing.run.pages import Edition, Execution

PAGE, LATER = "3_briefing", "2_coverage"


@pytest.fixture
def edition(tmp_path):
    """A day that is being built: its page is there, a notebook half written."""
    edition = Edition(tmp_path / "built", tmp_path / "outputs", "2021-08-16")
    (edition.folder / "notebooks").mkdir(parents=True)
    (edition.folder / "briefing.html").write_text("new")
    edition.executed(PAGE).write_text(f'"manifest": "{edition.folder.as_posix()}/manifest.json"')
    edition.executed(LATER).write_text("half")
    (edition.outputs / edition.name / "notebooks").mkdir(parents=True)
    (edition.outputs / edition.name / "briefing.html").write_text("old")
    (edition.outputs / edition.name / "notebooks" / f"{LATER}.ipynb").write_text("old")
    return edition


def test_nothing_of_the_state_before_and_nothing_half_done_stands_beside_the_page(edition):
    edition.publish_without([LATER])

    published = edition.outputs / edition.name
    files = {path.relative_to(published).as_posix() for path in published.rglob("*.*")}
    assert files == {"briefing.html", f"notebooks/{PAGE}.ipynb"}
    assert (published / "briefing.html").read_text() == "new"


def test_a_notebook_beside_the_page_names_the_published_folder_and_the_building_goes_on(edition):
    edition.publish_without([LATER])

    published = edition.outputs / edition.name
    own = (published / "notebooks" / f"{PAGE}.ipynb").read_text()
    assert own == f'"manifest": "{published.as_posix()}/manifest.json"'
    assert edition.folder.as_posix() in edition.executed(PAGE).read_text()
    assert edition.executed(LATER).read_text() == "half"


@pytest.mark.parametrize(
    ("page_is_out", "error", "said"),
    [
        (True, Unfinished, "The page is published without it"),
        (False, RunError, "Nothing was published"),
    ],
)
def test_what_fails_says_whether_the_page_is_out(edition, page_is_out, error, said):
    ended: Future[float] = Future()
    ended.set_exception(DeadKernelError("Kernel died"))
    notebooks = Execution(edition, lambda _name: ended)
    notebooks.start(LATER)

    with language("en"), pytest.raises(error, match=said) as raised:
        notebooks.wait(LATER, page_is_out=page_is_out)
    assert isinstance(raised.value, Unfinished) == page_is_out
