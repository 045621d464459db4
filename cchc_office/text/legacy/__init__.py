"""Text typed in the fonts from before Unicode: recognised by its spelling, and converted.

Fonts such as .VnTime (TCVN3, also called ABC) and VNI-Times show Vietnamese letters at the
places of Western ones. An office file keeps the places, so that a reader gets "V¨n phßng Së"
or "Vaên phoøng Sôû" for "Văn phòng Sở".
"""

from cchc_office.text.legacy.fonts import *
from cchc_office.text.legacy.recognition import *
