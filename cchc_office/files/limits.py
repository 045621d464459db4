"""How much of a file from outside is taken in: every cap, in one place.

What reaches a cap is told in a finding that names the cap. Together they keep one file below some
300 MiB of memory and a few seconds, whatever it holds; a form of 300 rows with its pictures is far
from all of them. Sizes are in bytes.
"""

from __future__ import annotations

MEBIBYTE = 1024 * 1024

# --- any archive: workbooks and documents are zip archives too ---

MOST_FILE_BYTES = 32 * MEBIBYTE
"""A file as it lies on the disk, or comes out of an archive or a message."""

MOST_PARTS = 2_000
"""Entries of one archive."""

MOST_PART_BYTES = 32 * MEBIBYTE
"""One entry of an office archive, inflated. Those that nobody reads (pictures) do not count."""

MOST_INFLATED_BYTES = 64 * MEBIBYTE
"""All entries together that are read of one office archive, inflated."""

MOST_LIST_BYTES = 4 * MEBIBYTE
"""What tells of an office file: its list of sheets, its links, its properties."""

# --- sheets ---

MOST_SHEET_BYTES = 384 * MEBIBYTE
"""The XML of one sheet before its blank rows are left out: ten million of them take 270 MiB."""

MOST_SHEETS = 200
MOST_ROWS = 5_000
"""A form has some 300."""

MOST_TABLE_ROWS = 20_000
"""Rows of the reviewers' workbook: that of 150 units with 83 leaves each has 12,450."""

MOST_COLUMNS = 200

MOST_TABLE_COLUMNS = 60
"""Columns of a table that a person keeps, such as the campaign's: one has some fifteen."""

MOST_MERGED_CELLS = 200_000
"""Merged cells of one sheet: three in each row of the longest table make 60,000."""

# --- sheets whose cells are read one by one: .xls, .xlsb, .ods ---

MOST_CELLS = 300_000
"""Cells with content in all sheets of one workbook, repeated ones included."""

MOST_PLACES = 2_000_000
"""Cells up to the last one with content, blank ones included, in all sheets of one workbook."""

MOST_RECORDS = 1_000_000
"""Records of a binary workbook: reading that many takes a second."""

MOST_TAGS = 500_000
"""Tags of a part that is parsed whole: that many take a second."""

MOST_CONTENT_TAGS = 1_500_000
"""Tags of an OpenDocument workbook's content: the reviewers' of 150 units has 660,000."""

MOST_LETTERS = 16 * MEBIBYTE
"""Letters that all cells of one workbook show: looking at that many takes a second or two."""

MOST_CELL_LETTERS = 100_000
"""The text of one cell where a few letters of markup can stand for many (Excel ends at 32,767)."""

# --- Word documents ---

MOST_DOCUMENT_BYTES = 50 * MEBIBYTE
"""A document as it lies on the disk, with its pictures; what is read with forms is smaller."""

MOST_DOCUMENT_INFLATED_BYTES = 300 * MEBIBYTE
"""All entries of a document, inflated, pictures among them."""

MOST_DOCUMENT_PARTS = 5_000

MOST_DOCUMENT_TAGS = 3_000_000
"""Tags of one part; a document of a thousand pages has some hundred thousand."""

# --- what several forms come in ---

MOST_FILES_IN_ARCHIVE = 1_000
MOST_CONTAINER_BYTES = 256 * MEBIBYTE
"""A .zip or a message with forms in it, as it lies on the disk."""

MOST_MESSAGE_BYTES = 40 * MEBIBYTE
"""A message: few mail servers take more, and parsing one takes nine times its size."""

MOST_INFLATED_CONTAINER_BYTES = 512 * MEBIBYTE
"""All files together that come out of one .zip or message."""

MOST_DIRECTORY_BYTES = 2 * MEBIBYTE
"""The list of names in an archive of files: 1,000 of the longest names take less."""

# --- passwords: what is slow here because it is computed in Python ---

MOST_KEY_ROUNDS = 1_000_000
"""Times that a password is hashed; Excel and LibreOffice write 100,000, ten million is allowed."""

MOST_LOCK_STEPS = 20_000_000
"""Hashes of passwords and bytes unlocked one by one, for all files in one that was handed in.

Half a microsecond each: a hundred forms that a password locks, or some ten seconds.
"""

MOST_LOCKED_XLS_BYTES = 4 * MEBIBYTE
"""A locked .xls file, which is unlocked byte by byte."""

MOST_LOCKED_ENTRY_BYTES = 8 * MEBIBYTE
"""All entries with a password together of one archive."""
