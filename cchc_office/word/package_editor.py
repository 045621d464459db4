"""Adding parts to a Word document's package: headers and footers, and copies of them."""

from __future__ import annotations

import copy
import posixpath
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cchc_office.word.edited_package import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    TYPES,
    add_link,
    declare,
    links_of,
)
from cchc_office.word.reading import WordPackage
from cchc_office.word.reading.measures import R

_WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml."


@dataclass
class PackageEditor:
    """Parts that are new to a package; those that name them are changed with them."""

    package: WordPackage
    added: dict[str, Any] = field(default_factory=dict)

    def add(self, kind: str, root: Any, like: str = "") -> str:
        """Add a header or footer; return the id by which the document names it.

        It has the links of the part `like`, of which it is a copy.
        """
        main = self._main_name()
        folder = posixpath.dirname(main)
        taken = self.package.names | self.added.keys()
        numbers = (f"{folder}/{kind}{number}.xml" for number in range(1, len(taken) + 2))
        name = next(one for one in numbers if one not in taken)
        self.added[name] = root
        declare(self._tree(CONTENT_TYPES, TYPES), name, f"{_WORDPROCESSING}{kind}+xml")
        copied = self.package.part(links_of(like)) if like else None
        if copied is not None:
            self.added[links_of(name)] = copy.deepcopy(copied.element)
        links = self._tree(links_of(main), RELATIONSHIPS)
        source, target = self.package.main.element, posixpath.basename(name)
        return add_link(links, source, R.strip("{}"), kind, target)

    def _tree(self, name: str, tag: str) -> Any:
        part = self.package.part(name)
        if name not in self.added:
            self.added[name] = etree.Element(tag) if part is None else part.element
        return self.added[name]

    def _main_name(self) -> str:
        main = self.package.main.element
        return next(name for name, root in self.package.parsed().items() if root is main)
