"""The page of the documents, and their paragraph styles: one for each part of Decree 30.

Both have the profile's figures; a clerk finds the styles by their names in Word's list of styles.
"""

from __future__ import annotations

from cchc_office.decree30.figures import RULES, Part, Profile, part_size
from cchc_office.word.document_writer import HEADER_STYLE, PageSetup, ParagraphLook, ParagraphStyle

TABLE_TEXT = "Chữ trong bảng"
RULE = "Đường kẻ"

_EARLIER_NAMES = {
    Part.NUMBER: "Số, ký hiệu",
    Part.PLACE_DATE: "Địa danh, ngày tháng",
    Part.AUTHORITY: "Quyền hạn, chức vụ",
}
"""What templates of an earlier form call the styles of these parts."""


def page_of(profile: Profile, *, landscape: bool = False) -> PageSetup:
    """Return the profile's page, upright or landscape.

    A landscape page keeps its margins as they are read: the binding edge is at the left of both.
    """
    width, height = profile.page_width, profile.page_height
    return PageSetup(
        height if landscape else width,
        width if landscape else height,
        profile.margin_top,
        profile.margin_bottom,
        profile.margin_left,
        profile.margin_right,
    )


def document_styles(profile: Profile) -> tuple[ParagraphStyle, ...]:
    """Return the styles of all parts, with the sizes and distances of `profile`."""
    parts = tuple(ParagraphStyle(style_of(part), _look(part, profile)) for part in Part)
    table = ParagraphLook(
        profile.table_size, before=profile.cell_distance, after=profile.cell_distance
    )
    rule = ParagraphLook(profile.rule_size, align="center", underline=True)
    return (*parts, ParagraphStyle(TABLE_TEXT, table), ParagraphStyle(RULE, rule))


def style_of(part: Part) -> str:
    """Return the name of the style of a part; page numbers have Word's own."""
    return HEADER_STYLE if part is Part.PAGE_NUMBER else part.value


def names_of(style: ParagraphStyle) -> tuple[str, ...]:
    """Return the names that a template may have for the style, the one in use first."""
    earlier = tuple(old for part, old in _EARLIER_NAMES.items() if style_of(part) == style.name)
    return style.name, *earlier


def _look(part: Part, profile: Profile) -> ParagraphLook:
    rule = RULES[part]
    before = after = first_line = 0.0
    line = 1.0
    if part in {Part.BODY, Part.LEGAL_BASIS}:
        before, line = profile.paragraph_distance, profile.line_spacing
        first_line = profile.first_line_indent
    elif part in {Part.NUMBER, Part.PLACE_DATE}:
        before = profile.number_distance
    elif part is Part.DISPATCH_SUBJECT:
        before = profile.subject_distance
    elif part is Part.ADDRESSEE:
        before, after = profile.addressee_distance_before, profile.addressee_distance_after
    elif part is Part.APPENDIX_REFERENCE:
        after = profile.number_distance
    open_align = "both" if part is Part.LEGAL_BASIS else "center"
    return ParagraphLook(
        part_size(part, profile),
        bold=bool(rule.bold),
        italic=bool(rule.italic),
        align=rule.align or open_align,
        before=before,
        after=after,
        line=line,
        first_line=first_line,
        keep_next=part in {Part.AUTHORITY, Part.SIGNER},
    )
