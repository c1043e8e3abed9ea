"""Folders on a server of SFTP, which has folders, copies nothing and tells no checksums."""

from pathlib import Path

import pytest

from briefing.errors import RunError
from briefing.remote.lease import Lease
from briefing.remote.store import Store
from briefing.remote.sync import Mirror, bring, mend, take_back
from tests.remote.conftest import here
from tests.remote.sftp import PASSWORD, USER, serving
from tests.remote.test_sync import NEW, ODD, OLD, work


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A folder on a server that this user's SSH knows, and the URL of it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (folder := tmp_path / "there").mkdir()
    with serving(folder) as (port, key):
        (tmp_path / ".ssh").mkdir()
        (tmp_path / ".ssh/known_hosts").write_text(
            f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n"
        )
        yield folder, f"sftp://{USER}:{PASSWORD}@127.0.0.1:{port}"


def lay(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def test_what_was_made_is_there_whole_and_nothing_else(server, tmp_path):
    folder, url = server
    lay(folder / "thư mục/outputs", OLD | ODD)
    store = Store(f"{url}/thư mục/outputs")
    mirror = Mirror.at(tmp_path / "mirror/outputs")
    lease = Lease(store)

    lease.take()
    mend(store)
    bring(store, mirror)
    assert here(mirror.folder) == OLD | ODD
    work(mirror.folder)
    take_back(store, mirror, lease.demand)
    lease.leave()

    assert here(folder / "thư mục/outputs") == NEW | ODD
    assert not (folder / "thư mục/outputs/.briefing").exists()


def test_a_server_that_this_user_does_not_know_is_not_trusted(server, tmp_path):
    _folder, url = server
    (tmp_path / ".ssh/known_hosts").write_text("")

    with pytest.raises(RunError, match="không được phép vào") as error:
        Store(f"{url}/inbox").files()

    assert PASSWORD not in str(error.value) and "127.0.0.1" in str(error.value)


def test_a_wrong_password_is_told_without_it(server):
    _folder, url = server

    with pytest.raises(RunError, match="AuthenticationException") as error:
        Store(f"{url.replace(PASSWORD, 'khac')}/inbox").files()

    assert "khac" not in str(error.value)
