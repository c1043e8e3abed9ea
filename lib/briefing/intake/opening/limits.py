"""How much of a file is opened at all: more is no report of an office."""

from briefing.intake.files import MAX_BYTES as MAX_BYTES

MAX_UNPACKED = 500 * 2**20  # bytes; an archive that grows beyond it is not a report
MAX_CELLS = 5_000_000
MAX_MEMBERS = 2_000  # files in one archive or e-mail
MAX_DEPTH = 2  # an archive, and one more inside it
MAX_MAILS = 4  # an e-mail forwarded in an e-mail, and so on
MAX_XML = 100 * 2**20  # bytes of one part of a document, unpacked
MAX_PAGES = 200  # of a document of fixed pages
MAX_LINES = 200_000  # of a text
MAX_LINE = 100_000  # characters of one line, or of one cell of a text
