"""Adding parts to a Word document's package: headers and footers, and copies of them."""

from __future__ import annotations

import copy
import posixpath
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cchc_office.word.reading import WordPackage
from cchc_office.word.reading.measures import R

_TYPES = "[Content_Types].xml"
_TYPES_NAMESPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_LINKS_NAMESPACE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
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
        types = self._tree(_TYPES, f"{_TYPES_NAMESPACE}Types")
        override = etree.SubElement(types, f"{_TYPES_NAMESPACE}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", f"{_WORDPROCESSING}{kind}+xml")
        links = self.package.part(_links_of(like)) if like else None
        if links is not None:
            self.added[_links_of(name)] = copy.deepcopy(links.element)
        return self._link(main, kind, posixpath.basename(name))

    def _link(self, main: str, kind: str, target: str) -> str:
        links = self._tree(_links_of(main), f"{_LINKS_NAMESPACE}Relationships")
        ids = {link.get("Id") for link in links} | self._named()
        free = next(f"rId{n}" for n in range(1, len(ids) + 2) if f"rId{n}" not in ids)
        link = etree.SubElement(links, f"{_LINKS_NAMESPACE}Relationship")
        link.set("Id", free)
        link.set("Type", f"{_OFFICE}{kind}")
        link.set("Target", target)
        return free

    def _named(self) -> set[str]:
        """Return the ids that the document names: some may lead nowhere, and must not to this."""
        return {
            str(value)
            for element in self.package.main.element.iter()
            for name, value in element.attrib.items()
            if name.startswith(R)
        }

    def _tree(self, name: str, tag: str) -> Any:
        part = self.package.part(name)
        if name not in self.added:
            self.added[name] = etree.Element(tag) if part is None else part.element
        return self.added[name]

    def _main_name(self) -> str:
        main = self.package.main.element
        return next(name for name, root in self.package.parsed().items() if root is main)


def _links_of(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")
