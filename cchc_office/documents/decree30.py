"""Decree 30/2020/NĐ-CP, Appendix I: the figures that every document is built with.

One place for all sizes, margins and distances, each with the clause that it comes from. Sizes and
distances in points, page measures in millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """The figures in use; the defaults lie within the decree's ranges.

    Renderers take them when they draw; the DOCX templates were first made with the defaults, and
    are the office's own from then on.
    """

    font: str = "Times New Roman"
    """I.4: Times New Roman, Unicode, black."""

    page_width: float = 210
    page_height: float = 297
    """I.1: A4."""

    margin_top: float = 20
    margin_bottom: float = 20
    margin_left: float = 30
    margin_right: float = 15
    """I.3: top and bottom 20–25, left 30–35, right 15–20 mm."""

    page_number_size: float = 13
    """I.7: 13–14, upright, centred in the top margin, hidden on page 1."""

    national_name_size: float = 12
    """II.1.a: capitals, 12–13, bold."""

    motto_size: float = 13
    """II.1.b: 13–14, bold, a rule as long as the text beneath."""

    parent_agency_size: float = 12
    agency_size: float = 12
    """II.2.b: 12–13 capitals; the issuing agency bold, with a rule of 1/3–1/2 beneath."""

    number_size: float = 13
    """II.3.c: 13, upright."""

    place_date_size: float = 13
    """II.4.c: 13–14, italic."""

    subject_size: float = 12
    """II.5.b: the V/v line of a dispatch, 12–13, 6 pt under the number."""

    subject_distance: float = 6

    body_size: float = 13
    """II.6.e: 13–14, justified."""

    first_line_indent: float = 12.7
    """II.6.e: 1 or 1,27 cm."""

    paragraph_distance: float = 6
    """II.6.e: at least 6 pt between paragraphs."""

    line_spacing: float = 1.15
    """II.6.e: single to 1,5 lines."""

    signature_size: float = 13
    """II.7.đ: authority, title and name 13–14, bold."""

    recipients_label_size: float = 12
    recipients_size: float = 11
    """II.9.d: "Nơi nhận" 12 bold italic, the list 11."""

    appendix_label_size: float = 14
    """III.1.b: "Phụ lục" and its number, 14, bold."""

    appendix_title_size: float = 13
    appendix_reference_size: float = 13
    """III.1.b, c: the title 13–14 bold capitals, "(Kèm theo …)" 13–14 italic."""

    table_size: float = 13

    @property
    def text_width(self) -> float:
        """The width between the side margins of a portrait page, in mm."""
        return self.page_width - self.margin_left - self.margin_right


DEFAULT_PROFILE = Profile()

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
