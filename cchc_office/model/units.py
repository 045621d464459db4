"""The units of a campaign, and which of last year's they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cchc_office.model.criteria import Aggregation
from cchc_office.text.vietnamese import fold, spelling


@dataclass(frozen=True)
class Unit:
    """A division or affiliated unit, as its row in the campaign workbook (at `cell`) tells.

    `head` is its head's title or name, as the office wrote it. `emails` and `copy_emails` are as
    they stand there, with what is no address.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    head: str = ""
    emails: tuple[str, ...] = ()
    copy_emails: tuple[str, ...] = ()
    cell: str = ""

    def has_address(self, address: str) -> bool:
        """Tell whether an e-mail address is one of the unit's."""
        own = {known.casefold() for known in (*self.emails, *self.copy_emails)}
        return bool(address) and address.casefold() in own


@dataclass(frozen=True, slots=True)
class MergedUnit:
    """An earlier year's unit, by its name or code then, and the code of the unit that it is now.

    `way` tells how the year of several that are one now is reckoned: as their mean (None) or sum.
    """

    old: str
    new: str
    cell: str = ""
    way: Aggregation | None = None


def units_named(units: Iterable[Unit], text: str) -> tuple[Unit, ...]:
    """Return the units that a text names, by their names, codes or other names.

    Those spelled so go first: of "Xã Cẩm Phú" and "Xã Cam Phú" each is one unit, and a text without
    diacritics names both.
    """
    known = tuple(units)
    for form in (spelling, fold):
        wanted = form(text)
        named = tuple(u for u in known if wanted and form(u.name) == wanted)
        others = (u for u in known if wanted in map(form, (u.code, *u.aliases)))
        if found := named or (tuple(others) if wanted else ()):
            return found
    return ()
