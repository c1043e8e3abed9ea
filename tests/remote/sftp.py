"""An SFTP server of this process, for one folder and one user."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import paramiko
from paramiko import SFTP_FAILURE, SFTP_NO_SUCH_FILE, SFTP_OK, SFTPAttributes, SFTPHandle

USER, PASSWORD = "can-bo", "bi-mat"


class OneUser(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        known = (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if known else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED


def answered(call: Any, *given: Any) -> int:
    try:
        call(*given)
    except FileNotFoundError:
        return SFTP_NO_SUCH_FILE
    except OSError:
        return SFTP_FAILURE
    return SFTP_OK


class OneFolder(paramiko.SFTPServerInterface):
    root: Path

    def _place(self, path: str) -> Path:
        return self.root / path.strip("/")

    def list_folder(self, path: str) -> Any:
        try:
            names = os.listdir(self._place(path))
        except OSError:
            return SFTP_NO_SUCH_FILE
        return [self._told(self._place(path) / name) for name in names]

    def stat(self, path: str) -> Any:
        place = self._place(path)
        return self._told(place) if place.exists() else SFTP_NO_SUCH_FILE

    lstat = stat

    def _told(self, place: Path) -> SFTPAttributes:
        return SFTPAttributes.from_stat(place.stat(), place.name)

    def open(self, path: str, flags: int, attr: Any) -> Any:
        handle = SFTPHandle(flags)
        try:
            file = os.fdopen(os.open(self._place(path), flags, 0o600), _mode(flags))
        except OSError:
            return SFTP_NO_SUCH_FILE
        handle.readfile = handle.writefile = file
        handle.stat = lambda: SFTPAttributes.from_stat(os.fstat(file.fileno()))
        return handle

    def remove(self, path: str) -> int:
        return answered(os.remove, self._place(path))

    def mkdir(self, path: str, attr: Any) -> int:
        return answered(os.mkdir, self._place(path))

    def rmdir(self, path: str) -> int:
        return answered(os.rmdir, self._place(path))


def _mode(flags: int) -> str:
    if flags & os.O_RDWR:
        return "rb+"
    return "wb" if flags & os.O_WRONLY else "rb"


@contextmanager
def serving(root: Path) -> Iterator[tuple[int, paramiko.PKey]]:
    """The port of 127.0.0.1 at which a folder is served, and the server's key."""
    key, folder = paramiko.ECDSAKey.generate(), type("Folder", (OneFolder,), {"root": root})
    listening = socket.create_server(("127.0.0.1", 0))
    open_ones: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                connection, _address = listening.accept()
            except OSError:
                return
            open_ones.append(transport := paramiko.Transport(connection))
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, folder)
            with suppress(paramiko.SSHException, EOFError):  # a client that does not trust it
                transport.start_server(server=OneUser())

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1], key
    finally:
        listening.close()
        for transport in open_ones:
            transport.close()
