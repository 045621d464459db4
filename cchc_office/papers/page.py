"""The page that a document is drawn on: size, margins, and what is left for text."""

from __future__ import annotations

from dataclasses import dataclass

from cchc_office.decree30.figures import Profile
from cchc_office.text.widths import POINTS_PER_MM


@dataclass(frozen=True)
class Page:
    """A page as it is read, upright or landscape; all in millimetres.

    A landscape page keeps its margins as they are read: the binding edge is at the left of both.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def text_width(self) -> float:
        """The width between the side margins."""
        return self.width - self.left - self.right

    @property
    def text_points(self) -> float:
        """The height between top and bottom margin, in points."""
        return (self.height - self.top - self.bottom) * POINTS_PER_MM


def page_of(profile: Profile, *, landscape: bool = False) -> Page:
    """Return the page of the profile."""
    width, height = profile.page_width, profile.page_height
    if landscape:
        width, height = height, width
    return Page(
        width,
        height,
        profile.margin_left,
        profile.margin_right,
        profile.margin_top,
        profile.margin_bottom,
    )
