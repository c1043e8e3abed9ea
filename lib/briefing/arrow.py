"""Tables as bytes: Arrow's own format and Parquet, compressed, in one thread.

A process that has one thread can be forked, and small tables gain nothing from more. pyarrow is
loaded where there are rows: `briefing check` keeps none.
"""

from __future__ import annotations

import ctypes
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

ROWS_AT_ONCE = 131_072  # of a Parquet file, as groups that are read one after the other


def library() -> ModuleType:
    """pyarrow, loaded now if it was not before."""
    import pyarrow

    return pyarrow


def _parquet() -> ModuleType:
    import pyarrow.parquet  # which few days need

    return pyarrow.parquet


def written(table: pa.Table) -> bytes:
    """A table as bytes."""
    pa, stream = library(), io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)
    with pa.ipc.new_file(stream, table.schema, options=options) as file:
        file.write_table(table)
    return stream.getvalue()


def read(content: bytes) -> pa.Table:
    """The table that `written` was given."""
    pa = library()
    options = pa.ipc.IpcReadOptions(use_threads=False)
    return pa.ipc.open_file(pa.BufferReader(content), options=options).read_all()


def as_parquet(tables: Sequence[pa.Table], metadata: Mapping[str, str]) -> bytes:
    """Tables of the same columns, one after the other, as a Parquet file that tells this besides.

    The same tables give the same bytes.
    """
    table, stream = library().concat_tables(tables), io.BytesIO()
    how = {"compression": "zstd", "use_dictionary": False, "write_statistics": False}
    with _parquet().ParquetWriter(stream, table.schema, store_schema=False, **how) as file:
        file.write_table(table, row_group_size=ROWS_AT_ONCE)
        file.add_key_value_metadata(dict(metadata))
    return stream.getvalue()


def parquet(content: bytes | Path) -> tuple[ParquetFile, Mapping[str, str]]:
    """Such a file, whose rows are read when they are asked for, and what it tells besides."""
    source = content if isinstance(content, Path) else library().BufferReader(content)
    file = _parquet().ParquetFile(source, pre_buffer=False)
    metadata = file.metadata.metadata or {}
    return file, {name.decode(): value.decode() for name, value in metadata.items()}


def give_back() -> None:
    """Return to the system what nothing uses any longer, after much has been let go."""
    library().default_memory_pool().release_unused()
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
