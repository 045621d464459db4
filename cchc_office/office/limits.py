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

# --- sheets ---

MOST_SHEETS = 200
MOST_ROWS = 5_000
MOST_COLUMNS = 200

# --- what several forms come in ---

MOST_FILES_IN_ARCHIVE = 1_000
MOST_CONTAINER_BYTES = 256 * MEBIBYTE
"""A .zip or a message with forms in it, as it lies on the disk."""
