"""Text typed in the fonts from before Unicode: recognised by its spelling, and converted.

Fonts such as .VnTime (TCVN3, also called ABC) and VNI-Times show Vietnamese letters at the
places of Western ones. An office file keeps the places, so that a reader gets "V¨n phßng Së"
or "Vaên phoøng Sôû" for "Văn phòng Sở".
"""

from cchc_office.text.legacy.fonts import LegacyFont
from cchc_office.text.legacy.recognition import (
    LegacyText,
    is_spelled,
    is_unicode,
    read_as,
    read_legacy,
    read_mixed,
)

__all__ = [
    "LegacyFont",
    "LegacyText",
    "is_spelled",
    "is_unicode",
    "read_as",
    "read_legacy",
    "read_mixed",
]
