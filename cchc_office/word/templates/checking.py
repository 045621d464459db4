"""Checking a template before anything is made from it, in every branch, taken or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jinja2

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.word.templates.environment import TemplateEnvironment
from cchc_office.word.templates.jinja_findings import refusals, syntax_problem
from cchc_office.word.templates.kinds import Names
from cchc_office.word.templates.leftovers import foreign_brackets, leftovers
from cchc_office.word.templates.name_check import unknown_names
from cchc_office.word.templates.package import (
    TEXT_ENDING,
    DamagedPackageError,
    TemplatePart,
    open_package,
    read_template,
    text_source,
)
from cchc_office.word.templates.problems import TemplateProblemError, at_tag, damaged, too_deep
from cchc_office.word.templates.tags import map_tags
from cchc_office.word.templates.word_habits import habit_findings


def findings_of(path: Path, names: Names) -> list[Finding]:
    """Return all that is wrong with the template at `path`, which is offered `names`."""
    if path.suffix == TEXT_ENDING:
        try:
            source = text_source(path)
            found = foreign_brackets(path.name, source.text, names)
            return list(dict.fromkeys([*found, *_check_part(path.name, source, names)]))
        except TemplateProblemError as problem:
            return list(problem.findings)
    try:
        content = read_template(path)
        found = leftovers(path.name, content, names)
        package = open_package(content)
    except TemplateProblemError as problem:
        return list(problem.findings)
    except DamagedPackageError:
        return [damaged(path.name)]
    found += [f for source in package.sources for f in _check_part(path.name, source, names)]
    found += [
        at_tag(Code.TEMPLATE_TAG_NOT_FILLED, path.name, tag, found=place)
        for place, tag in package.unfilled
    ]
    return list(dict.fromkeys(found))


def _check_part(file: str, source: TemplatePart, names: Names) -> Iterator[Finding]:
    tags = map_tags(source.text, source.tags)
    habits = habit_findings(file, source, tags)
    yield from habits
    environment = TemplateEnvironment()
    try:
        tree = environment.parse(tags.source)
    except RecursionError:
        yield too_deep(file)
        return
    except jinja2.TemplateSyntaxError as error:
        if not any(finding.is_error for finding in habits):
            yield syntax_problem(error, file, tags.at(error.lineno))
        return
    refused = list(refusals(tree, environment, file, tags))
    yield from refused
    if any(finding.code is Code.TEMPLATE_FORBIDDEN for finding in refused):
        return
    try:
        yield from unknown_names(tree, names, file, tags)
        if not refused:
            environment.compile(tree)
    except (SyntaxError, RecursionError):
        yield too_deep(file)
