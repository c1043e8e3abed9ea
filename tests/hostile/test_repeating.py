"""Data that are packed block by block are what they say they are."""

import io
import zipfile
import zlib

import pytest

from tests.hostile.repeating import Repeated, in_archive, pieces


@pytest.mark.parametrize("times", [0, 1, 2, 3, 1000])
@pytest.mark.parametrize("level", [1, 9])
def test_repeated_data_are_inflated_to_themselves_and_their_sums_are_right(times, level):
    whole = b"a head" + b"0 0 m \xff" * times + b"a tail"
    data = Repeated(b"0 0 m \xff", times, b"a head", b"a tail", level)
    alone = Repeated(b"0 0 m \xff", times, level=level)

    assert zipfile.ZipFile(io.BytesIO(in_archive("a", data, {"b": b"c"}))).read("a") == whole
    assert (data.size, data.crc) == (len(whole), zlib.crc32(whole))
    assert zlib.decompress(alone.zlib) == b"0 0 m \xff" * times


def test_other_members_of_the_archive_are_whole_and_the_sizes_are_told():
    made = in_archive("large", Repeated(*pieces(b"1;2\n", 5 << 30)), {"b": b"c"})
    archive = zipfile.ZipFile(io.BytesIO(made))

    assert archive.read("b") == b"c"
    assert archive.getinfo("large").file_size > 4 << 30
    assert archive.getinfo("large").compress_size < len(made) < 10 << 20
