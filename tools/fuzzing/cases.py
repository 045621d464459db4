"""Cases: each a damaged workbook that follows from the seed of the run and its number alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from random import Random

from fuzzing.byte_mutations import mutate_bytes
from fuzzing.message_mutations import mutate_message
from fuzzing.record_mutations import mutate_compound_file, mutate_xls_records, mutate_xlsb_part
from fuzzing.seeds import Format, Seed, Seeds, archive, message
from fuzzing.xml_mutations import mutate_xml
from fuzzing.zip_mutations import (
    Package,
    Part,
    mutate_figures,
    mutate_package,
    open_package,
)


class Mutation(Enum):
    """What is changed; the value stands in tables."""

    BYTES = "byte"
    XML = "XML"
    PARTS = "thành phần"
    FIGURES = "số liệu zip"
    RECORDS = "bản ghi"
    COMPOUND = "OLE"
    MESSAGE = "thư"
    WRAPPED = "tệp bên trong"


@dataclass(frozen=True)
class Case:
    """A damaged file; `name` is what the unit calls it."""

    number: int
    format: Format
    mutation: Mutation
    name: str
    content: bytes


_FORMATS = {
    Format.XLSX: 34,
    Format.XLSM: 5,
    Format.ODS: 20,
    Format.XLSB: 13,
    Format.XLS: 14,
    Format.LOCKED: 1,
    Format.ZIP: 6,
    Format.EML: 7,
}
_MUTATIONS = {
    Format.XLSX: {Mutation.BYTES: 20, Mutation.XML: 50, Mutation.PARTS: 18, Mutation.FIGURES: 12},
    Format.XLSM: {Mutation.BYTES: 25, Mutation.XML: 40, Mutation.PARTS: 20, Mutation.FIGURES: 15},
    Format.ODS: {Mutation.BYTES: 20, Mutation.XML: 55, Mutation.PARTS: 15, Mutation.FIGURES: 10},
    Format.XLSB: {Mutation.BYTES: 15, Mutation.RECORDS: 55, Mutation.XML: 10,
                  Mutation.PARTS: 12, Mutation.FIGURES: 8},
    Format.XLS: {Mutation.BYTES: 25, Mutation.RECORDS: 50, Mutation.COMPOUND: 25},
    Format.LOCKED: {Mutation.BYTES: 50, Mutation.COMPOUND: 50},
    Format.ZIP: {Mutation.BYTES: 20, Mutation.PARTS: 25, Mutation.FIGURES: 25,
                 Mutation.WRAPPED: 30},
    Format.EML: {Mutation.BYTES: 20, Mutation.MESSAGE: 60, Mutation.WRAPPED: 20},
}  # fmt: skip
_WRAPPED = (Format.XLSX, Format.ODS, Format.XLSB, Format.XLS, Format.ZIP, Format.EML)
_XML_ENDINGS = (".xml", ".rels", ".vml")


def make_case(number: int, seed: int, seeds: Seeds) -> Case:
    """Return the case with this number."""
    random = Random(f"{seed}/{number}")
    format_ = random.choices(list(_FORMATS), list(_FORMATS.values()))[0]
    return _Maker(seeds, random).case(number, format_)


class _Maker:
    def __init__(self, seeds: Seeds, random: Random) -> None:
        self._seeds = seeds
        self._random = random

    def case(self, number: int, format_: Format) -> Case:
        weights = _MUTATIONS[format_]
        mutation = self._random.choices(list(weights), list(weights.values()))[0]
        whole = self._any(format_)
        return Case(number, format_, mutation, whole.name, self._mutated(whole, mutation))

    def _any(self, format_: Format) -> Seed:
        return self._random.choice(self._seeds.by_format[format_])

    def _other(self) -> Seed:
        return self._any(self._random.choice(list(Format)))

    def _mutated(self, whole: Seed, mutation: Mutation) -> bytes:
        content, random = whole.content, self._random
        if mutation is Mutation.BYTES:
            return mutate_bytes(content, self._other().content, random)
        if mutation is Mutation.COMPOUND:
            return mutate_compound_file(content, random)
        if mutation is Mutation.MESSAGE:
            return mutate_message(content, random)
        if mutation is Mutation.WRAPPED:
            return self._wrapped(whole)
        if mutation is Mutation.RECORDS and whole.format is Format.XLS:
            return mutate_xls_records(content, random)
        package = open_package(content)
        self._mutate_package(package, mutation)
        return package.content()

    def _mutate_package(self, package: Package, mutation: Mutation) -> None:
        random = self._random
        if mutation is Mutation.XML:
            for part in self._chosen(package, _XML_ENDINGS):
                part.content = mutate_xml(part.content, random)
        elif mutation is Mutation.RECORDS:
            for part in self._chosen(package, (".bin",)):
                part.content = mutate_xlsb_part(part.content, random)
        elif mutation is Mutation.PARTS:
            for _ in range(random.choice((1, 1, 2, 3))):
                other = next(s for s in iter(self._other, None) if s.format.is_package)
                mutate_package(package, open_package(other.content), random)
        else:
            mutate_figures(package, random)

    def _chosen(self, package: Package, endings: tuple[str, ...]) -> list[Part]:
        """Return parts to change; the large ones, which hold the answers, come more often."""
        found = [part for part in package.parts if part.name.endswith(endings)]
        weights = [4 if "heet" in p.name or "tring" in p.name or p.name == "content.xml" else 1
                   for p in found]  # fmt: skip
        return self._random.choices(found, weights, k=self._random.choice((1, 1, 1, 2)))

    def _wrapped(self, whole: Seed) -> bytes:
        """Put damaged files into a sound container."""
        inside = [self.case(0, self._random.choice(_WRAPPED)) for _ in range(2)]
        files = {f"{n} {case.name}": case.content for n, case in enumerate(inside)}
        if whole.format is Format.ZIP:
            return archive(files)
        return message(files)
