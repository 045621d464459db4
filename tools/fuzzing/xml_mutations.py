"""Mutations of an XML part: its elements, attributes, texts, encoding and what stands before."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from xml.sax.saxutils import escape, quoteattr

_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_NAME = re.compile(r"[^\s/>]+")
_ATTRIBUTE = re.compile(r"""([^\s=<>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_MANY = (2, 10, 300, 10_000)
_MOST_REPEATED = 4 * 1024 * 1024

HOSTILE = (
    "-1", "0", "1", "2", "200", "255", "5000", "5001", "65535", "65536", "1048575", "1048576",
    "1048577", "16384", "2147483647", "2147483648", "4294967295", "4294967296",
    "18446744073709551615", "18446744073709551616", "9" * 400, "0" * 300 + "1", "1e999", "-1e999",
    "1e308", "-1e-320", "NaN", "nan", "INF", "-0", "+1", "0x10", "1_000", "１２", "٣", "1,5", "½",
    " 1 ", "", " ", "\t\n", "A0", "A1", "a1", "$A$1", "A1:XFD1048576", "XFD1048576", "XFE1048577",
    "AAAAAAA1", "ZZZ9999999", "A1048577", "R1C1", "A-1", "1A", "A١", "É1", "#REF!", "s", "str",
    "b", "e", "d", "n", "inlineStr", "boolean", "percentage", "currency", "date", "time", "float",
    "string", "void", "true", "false", "2024-02-30", "2024-11-20T25:61:61", "0000-00-00",
    "-9999-01-01", "99999-12-31", "PT99999999999999H", "PT1H", "PT", "-PT0.000001S", "1899-12-30",
    "2958466", "60", "-693594", "1e15", "rId1", "rId999", "../../../x", "/etc/passwd",
    "file:///etc/passwd", "http://127.0.0.1:9/x", "\\\\a.example\\x", "worksheets/sheet1.xml",
    "workbook.xml", "sharedStrings.xml", ".", "..", "/", "%00", "hidden", "veryHidden",
    "\U0001f4a3",
    "Phiếu chấm", "Phie\u0302\u0301u", "\u202e\u200b\ufeff", "_xD800_", "_x0000_", "=1+1",
    "=cmd|' /C calc'!A0", "{0}", "{about.__class__}", "%s%n", "[$-F800]", "0%;" * 50, '"', "[",
    "\\", "General", "@", "yyyy" * 100, "VP", "P1", "TC-1.1.1", "x" * 300, "x" * 33_000,
)  # fmt: skip
_TEXTS = (
    *HOSTILE, "x" * 1_000_000, "\x01\x02\x1f", "\x00", "&#0;", "&#xD800;", "&#x110000;", "&x;",
    "_xD800__xDC00_", "_xDC00_", "_x0041_" * 1000, "a\r\nb", "<![CDATA[x]]>", "]]>", "1.1.1", "0,5",
    "1/2", "50%", "1.250", "1,5/2", "\ud83d", "e\u0301" * 2000, "\u0301" * 5000, "Không áp dụng",
)  # fmt: skip
_ENCODINGS = (
    "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252", "windows-1258", "iso-8859-1",
    "us-ascii", "utf-7", "UTF-8-SIG", "idna", "punycode", "rot13", "hex", "zlib", "bz2", "base64",
    "uu", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "cp65001", "shift_jis",
    "hz", "iso-2022-kr", "cp037", "x-unknown", "charmap", "utf_8", "\u00fc", "",
)  # fmt: skip
_BEFORE = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    "<!DOCTYPE a [" + '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>",
    "<!DOCTYPE a [<!ENTITY q '" + "x" * 50_000 + "'>]>",
    "<!doctype a>", "<!-- <a> --><!DOCTYPE a>", "<?a <b?><!DOCTYPE a []>",
    "<?xml-stylesheet href='file:///etc/passwd'?>", "<?x " + "y" * 10_000 + "?>", "<!---->",
    "<!-- -- -->", "\ufeff", " \n", "text", "<?xml version='1.1'?>", "\x00",
)  # fmt: skip
_INSIDE = ("<?x y?>", "<!-- x -->", "<![CDATA[", "<![CDATA[1]]>", "]]>", "&a9;", "&lt;", "<", ">",
           "<a/>", "</a>", "\x00", "\x0b", "\ufffe", "<x:y/>", "<!ELEMENT a>",
           "<v>1</v>")  # fmt: skip

Tokens = list[str]


def mutate_xml(part: bytes, random: Random) -> bytes:
    """Return `part` with up to three things changed; well formed or not, as it comes."""
    tokens: Tokens = _TOKEN.findall(part.decode("utf-8", "replace"))
    if not tokens:
        return part
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        random.choice(_ON_TOKENS)(tokens, random)
        tokens = [token for token in tokens if token]
        if not tokens:
            return b""
    text = "".join(tokens)
    if random.random() < 0.25:
        return random.choice(_ON_WHOLE)(text, random)
    return text.encode("utf-8", "surrogatepass")


# --- attributes ---


def _tags(tokens: Tokens, *, with_attributes: bool = False) -> list[int]:
    found = [n for n, t in enumerate(tokens) if t[0] == "<" and t[1:2] not in ("/", "?", "!", "")]
    if with_attributes:
        found = [n for n in found if "=" in tokens[n]]
    return found


def _change_attributes(
    tokens: Tokens, random: Random, change: Callable[[re.Match[str]], str]
) -> None:
    places = _tags(tokens, with_attributes=True)
    if not places:
        return
    place = random.choice(places)
    matches = list(_ATTRIBUTE.finditer(tokens[place]))
    if not matches:
        return
    chosen = random.choice(matches)
    if random.random() < 0.15:
        # The same everywhere: every address gone, every type another one.
        name = chosen[1]
        for n in places:
            tokens[n] = _ATTRIBUTE.sub(lambda m: change(m) if m[1] == name else m[0], tokens[n])
        return
    tag = tokens[place]
    tokens[place] = tag[: chosen.start()] + change(chosen) + tag[chosen.end() :]


def _hostile_value(tokens: Tokens, random: Random) -> None:
    value = quoteattr(random.choice(HOSTILE))
    _change_attributes(tokens, random, lambda m: f"{m[1]}={value}")


def _other_number(tokens: Tokens, random: Random) -> None:
    """Change the digits of values only, so that an address stays one."""
    number = random.choice(HOSTILE[:26])
    _change_attributes(tokens, random, lambda m: re.sub(r"\d+", number, m[0], count=1))


def _remove_attribute(tokens: Tokens, random: Random) -> None:
    _change_attributes(tokens, random, lambda _: "")


def _double_attribute(tokens: Tokens, random: Random) -> None:
    _change_attributes(tokens, random, lambda m: f"{m[0]} {m[0]}")


def _rename_attribute(tokens: Tokens, random: Random) -> None:
    name = random.choice(("r", "s", "t", "x:r", "xmlns", "xml:space", "R", "Id", "é"))
    _change_attributes(tokens, random, lambda m: f"{name}={m[2]}")


def _write_oddly(tokens: Tokens, random: Random) -> None:
    form = random.choice(("{0}='{1}'", '{0} = "{1}"', '\n{0}\t=\n"{1}"', "{0}={1}", '{0}="{1}'))
    _change_attributes(tokens, random, lambda m: form.format(m[1], m[2][1:-1]))


def _swap_values(tokens: Tokens, random: Random) -> None:
    """Give a tag the attributes of another one of its name."""
    places = _tags(tokens, with_attributes=True)
    if places:
        place = random.choice(places)
        name = _name(tokens[place])
        other = random.choice([n for n in places if _name(tokens[n]) == name])
        tokens[place], tokens[other] = tokens[other], tokens[place]


# --- elements ---


def _name(tag: str) -> str:
    match = _NAME.match(tag, 1)
    return match.group() if match else ""


def _element(tokens: Tokens, random: Random) -> tuple[int, int]:
    """Return where an element starts and ends; an empty range where there is none."""
    places = _tags(tokens)
    if not places:
        return 0, 0
    start = random.choice(places)
    if tokens[start].endswith("/>"):
        return start, start + 1
    depth = 0
    for n in range(start, len(tokens)):
        token = tokens[n]
        if token.startswith("</"):
            depth -= 1
        elif n == start or (token[0] == "<" and token[1:2] not in ("?", "!")):
            depth += not token.endswith("/>")
        if depth <= 0:
            return start, n + 1
    return start, len(tokens)


def _remove_element(tokens: Tokens, random: Random) -> None:
    start, end = _element(tokens, random)
    del tokens[start:end]


def _repeat_element(tokens: Tokens, random: Random) -> None:
    start, end = _element(tokens, random)
    element = "".join(tokens[start:end])
    count = min(random.choice(_MANY), _MOST_REPEATED // max(1, len(element)))
    tokens[start:start] = [element * count]


def _nest_element(tokens: Tokens, random: Random) -> None:
    start, end = _element(tokens, random)
    if start == end or tokens[start].endswith("/>"):
        return
    opened, closed = tokens[start], f"</{_name(tokens[start])}>"
    depth = min(random.choice(_MANY), max(1, _MOST_REPEATED // len(opened)))
    tokens[start:end] = [opened * depth, *tokens[start + 1 : end - 1], closed * depth]


def _move_element(tokens: Tokens, random: Random) -> None:
    start, end = _element(tokens, random)
    element = tokens[start:end]
    del tokens[start:end]
    at = random.randint(0, len(tokens))
    tokens[at:at] = element


def _rename_element(tokens: Tokens, random: Random) -> None:
    places = _tags(tokens)
    if not places:
        return
    old = _name(tokens[random.choice(places)])
    new = random.choice(("c", "row", "v", "is", "t", "x", "a:b:c", "É", old.upper(), f"z:{old}"))
    pattern = re.compile(rf"^(</?){re.escape(old)}(?=[\s/>])")
    for n, token in enumerate(tokens):
        tokens[n] = pattern.sub(lambda m: m[1] + new, token)


def _empty_element(tokens: Tokens, random: Random) -> None:
    start, end = _element(tokens, random)
    if end - start > 1:
        tokens[start:end] = [tokens[start][:-1] + "/>"]


def _break_tag(tokens: Tokens, random: Random) -> None:
    place = random.randrange(len(tokens))
    token = tokens[place]
    tokens[place] = token[: random.randint(0, len(token))]


def _insert_something(tokens: Tokens, random: Random) -> None:
    tokens.insert(random.randint(0, len(tokens)), random.choice(_INSIDE))


def _replace_text(tokens: Tokens, random: Random) -> None:
    places = [n for n, token in enumerate(tokens) if token[0] != "<"]
    if not places:
        return
    text = random.choice(_TEXTS)
    for n in places if random.random() < 0.05 and len(text) < 100 else [random.choice(places)]:
        tokens[n] = text if random.random() < 0.3 else escape(text)


def _change_prefix(tokens: Tokens, random: Random) -> None:
    """Write every name with a prefix, as some programs do, or with another one."""
    prefix = random.choice(("x:", "", "ns0:", "é:"))
    old = re.compile(r"^(</?)(?:[^\s/>:?!]+:)?(?=[^\s/>?!])")
    for n, token in enumerate(tokens):
        if token[0] == "<" and token[1:2] not in ("?", "!"):
            tokens[n] = old.sub(lambda m: m[1] + prefix, token)
    if prefix:
        name = f"xmlns:{prefix[:-1]}"
        for n in _tags(tokens)[:1]:
            tokens[n] = tokens[n].replace("xmlns=", f"{name}=", 1)


def _truncate(tokens: Tokens, random: Random) -> None:
    del tokens[random.randint(0, len(tokens)) :]


# --- the part as a whole ---


def _encode(text: str, random: Random) -> bytes:
    """Write the part in another encoding, declared or not, truly or not."""
    declared, true = random.choice(_ENCODINGS), random.choice((*_ENCODINGS[:8], "utf-8"))
    if random.random() < 0.5:
        true = declared
    if random.random() < 0.7:
        body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
        text = f'<?xml version="1.0" encoding="{declared}"?>{body}'
    if random.random() < 0.1:
        text = text.replace("-", "") + "-" + "a" * 1_000_000  # slow to decode for some
    try:
        return text.encode(true, "replace")
    except (LookupError, UnicodeError):
        return text.encode("utf-8", "replace")


def _put_before(text: str, random: Random) -> bytes:
    before = random.choice(_BEFORE)
    match = re.match(r"\s*<\?xml[^>]*\?>", text)
    at = match.end() if match and random.random() < 0.7 else 0
    text = text[:at] + before + text[at:]
    if "ENTITY" in before:
        text = re.sub(r">[^<]+<", random.choice((">&a9;<", ">&x;<", ">&q;<")), text)
    return text.encode("utf-8", "surrogatepass")


def _add_after(text: str, random: Random) -> bytes:
    after = random.choice(
        (text, " ", "\x00", "<a/>", "<!-- -->", "x", "<" * 100_000, "</a>" * 9999)
    )
    return (text + after).encode("utf-8", "surrogatepass")


def _lines_to_spaces(text: str, _random: Random) -> bytes:
    return text.replace("><", ">\r\n\t<").encode("utf-8", "surrogatepass")


_ON_TOKENS: tuple[Callable[[Tokens, Random], None], ...] = (
    _hostile_value, _hostile_value, _hostile_value, _hostile_value, _other_number, _other_number,
    _remove_attribute, _double_attribute, _rename_attribute, _write_oddly, _swap_values,
    _remove_element, _repeat_element, _nest_element, _move_element, _rename_element,
    _empty_element, _break_tag, _insert_something, _replace_text, _replace_text, _replace_text,
    _change_prefix, _truncate,
)  # fmt: skip
_ON_WHOLE: tuple[Callable[[str, Random], bytes], ...] = (
    _encode,
    _encode,
    _put_before,
    _add_after,
    _lines_to_spaces,
)
