"""Filling DOCX templates: strict about names, safe with what comes from outside.

Values are escaped, a name that does not exist stops instead of printing nothing, and templates run
in Jinja's sandbox.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from cchc_office.documents.decree30 import DEFAULT_PROFILE, Profile
from cchc_office.documents.template_figures import with_figures
from cchc_office.findings import Code, Finding
from cchc_office.office.archive import repack


def find_template(name: str, own_folder: Path | None, project_folder: Path) -> Path:
    """Return the template `name`: the office's own version, else the project's."""
    if own_folder is not None and (own_folder / name).is_file():
        return own_folder / name
    return project_folder / name


class TemplateProblemError(Exception):
    """A template cannot be used as it stands; `finding` says what is wrong with it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.sentence)
        self.finding = finding


class DocumentTemplate:
    """A template ready to be filled any number of times."""

    def __init__(self, path: Path, profile: Profile = DEFAULT_PROFILE) -> None:
        """Read the template at `path`, with the figures that an office chose.

        Raises TemplateProblemError where that fails.
        """
        self._name = path.name
        try:
            self._content = with_figures(path.read_bytes(), profile)
        except OSError as error:
            raise self._error(error.strerror or str(error)) from error
        except (zipfile.BadZipFile, KeyError, ValueError) as error:
            raise self._error("đây không phải là văn bản Word nguyên vẹn") from error

    def fill(self, values: dict[str, Any]) -> bytes:
        """Return the document with `values` filled in.

        Raises TemplateProblemError where the template is damaged, has a mistake, or names what is
        not among `values`.
        """
        import docx.opc.exceptions  # slow to load, and few commands need it
        import docxtpl
        import jinja2
        from jinja2.exceptions import SecurityError
        from jinja2.sandbox import SandboxedEnvironment

        environment = SandboxedEnvironment(
            undefined=jinja2.StrictUndefined, autoescape=True, finalize=_refuse_none
        )
        try:
            template = docxtpl.DocxTemplate(io.BytesIO(self._content))
            template.render(values, environment, autoescape=True)
            buffer = io.BytesIO()
            template.save(buffer)
        except jinja2.UndefinedError as error:
            raise self._error(f"mẫu dùng một tên không có ({error.message})") from error
        except SecurityError as error:
            raise self._error("mẫu dùng lệnh không được phép") from error
        except (jinja2.TemplateError, _NoneValueError) as error:
            raise self._error(str(error)) from error
        except (zipfile.BadZipFile, KeyError, docx.opc.exceptions.OpcError, ValueError) as error:
            raise self._error("đây không phải là văn bản Word nguyên vẹn") from error
        except (ArithmeticError, TypeError, AttributeError, RecursionError) as error:
            raise self._error(f"một phép tính trong mẫu không làm được ({error})") from error
        return repack(buffer.getvalue())

    def _error(self, reason: str) -> TemplateProblemError:
        return TemplateProblemError(Finding(Code.TEMPLATE_UNREADABLE, self._name, found=reason))


class _NoneValueError(Exception):
    pass


def _refuse_none(value: Any) -> Any:
    if value is None:
        raise _NoneValueError("một giá trị trong mẫu không có nội dung")
    return value
