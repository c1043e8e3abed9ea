"""How much of a file is opened at all: more is no report of an office."""

MAX_BYTES = 50 * 2**20
MAX_UNPACKED = 500 * 2**20  # bytes; an archive that grows beyond it is not a report
MAX_CELLS = 5_000_000
MAX_MEMBERS = 2_000  # files in one archive or e-mail
MAX_DEPTH = 2  # an archive, and one more inside it
