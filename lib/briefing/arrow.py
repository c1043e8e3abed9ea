"""Tables as bytes: Arrow's own format, compressed, in one thread.

A process that has one thread can be forked, and small tables gain nothing from more. pyarrow is
loaded where there are rows: `briefing check` keeps none.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def written(table: pa.Table) -> bytes:
    """A table as bytes."""
    import pyarrow as pa  # see above

    options, stream = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False), io.BytesIO()
    with pa.ipc.new_file(stream, table.schema, options=options) as file:
        file.write_table(table)
    return stream.getvalue()


def read(content: bytes) -> pa.Table:
    """The table that `written` was given."""
    import pyarrow as pa  # see above

    options = pa.ipc.IpcReadOptions(use_threads=False)
    return pa.ipc.open_file(pa.BufferReader(content), options=options).read_all()
