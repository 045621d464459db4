"""What makes going on pointless, each with the exit status it ends the command with."""

from __future__ import annotations


class CchcError(Exception):
    """A reason to stop, told to the clerk in one Vietnamese sentence.

    What concerns one cell, one file or one unit is a `Finding` instead, and stops nothing.
    """

    exit_status = 3


class UsageError(CchcError):
    """The command was called with something that is not what it takes."""

    exit_status = 2


class CampaignError(CchcError):
    """The campaign workbook is not there, cannot be opened, or has errors that block its papers."""
