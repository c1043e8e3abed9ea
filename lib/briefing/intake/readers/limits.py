"""How much of a file is opened at all: more is no report of an office."""

from briefing.intake.files import MAX_BYTES as MAX_BYTES

MAX_UNPACKED = 250 * 2**20  # bytes that all of an arrival may become, over all its levels
MAX_MEMBERS = 2_000  # files in one arrival
MAX_ENTRIES = 20_000  # entries of one archive, or parts of one document
MAX_DEPTH = 2  # an archive, and one more inside it
MAX_MAILS = 4  # an e-mail forwarded in an e-mail, and so on
MAX_OBJECTS = 3  # a document in a document, and so on
MAX_XML = 100 * 2**20  # bytes of one part of a document, unpacked
MAX_TAGS = 3_000_000  # signs that begin or end an element, in one text of markup
MAX_CELLS = 5_000_000
MAX_FILLED = 250_000  # cells and lines with anything in them, of one file
MAX_SHEETS = 300  # of a workbook
MAX_SPREAD = 300_000  # cells that stand nowhere in the file: repeats and spans, spread out
MAX_PAGES = 200  # of a document of fixed pages
MAX_LINES = 200_000  # of a text
MAX_LINE = 100_000  # characters of one line, or of one cell of a text
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet of Excel or LibreOffice
