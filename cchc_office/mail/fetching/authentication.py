"""What the server that took a message in found out about its sender (RFC 8601)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

_COMMENT = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_PARTING = str.maketrans(dict.fromkeys(";=()", "_"))
_RESULT = re.compile(r"\s*(dmarc|dkim|spf)(?:/\d+)?\s*=\s*(\w+)(.*)", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"([a-z]+\.[a-z-]+)\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)
_SUBJECTS = {
    "dmarc": ("header.from",),
    "dkim": ("header.d", "header.i"),
    "spf": ("smtp.mailfrom", "smtp.helo"),
}
"""Which properties of a result name the domain that was looked at."""

_FAILS = frozenset(("fail", "hardfail"))
_MOST_COMMENTS_DEEP = 5


@dataclass(frozen=True, slots=True)
class _Result:
    method: str
    result: str

    def __str__(self) -> str:
        return f"{self.method}={self.result}"


def failed_checks(message: Message, sender: str) -> str:
    """Return which checks say that the domain of `sender` did not send it: "spf=fail"; "" if none.

    Only the topmost header counts: the receiving server wrote it, others may be the sender's own.
    Where DMARC was checked it decides, and it is checked once: a pass beside a fail was written
    into the header by the sender. Else one check that passes for the domain is enough.
    """
    domain = sender.rpartition("@")[2].casefold()
    written = message.get_all("authentication-results", [])
    if not domain or not written:
        return ""
    results = list(_results(str(written[0]), domain))
    decisive = [r for r in results if r.method == "dmarc"] or results
    failed = [r for r in decisive if r.result in _FAILS]
    is_passed = any(r.result == "pass" for r in decisive)
    if is_passed and not (failed and decisive[0].method == "dmarc"):
        return ""
    return ", ".join(dict.fromkeys(str(r) for r in failed))


def _results(header: str, domain: str) -> Iterator[_Result]:
    """Yield the results that are about `domain`."""
    # What stands in quotes is one value, though it may look like results: senders choose some.
    header = _QUOTED.sub(lambda quoted: quoted[1].translate(_PARTING), header)
    for _ in range(_MOST_COMMENTS_DEEP):
        header = _COMMENT.sub(" ", header)
    for part in header.split(";")[1:]:
        found = _RESULT.match(part)
        if found is None:
            continue
        method, result = found[1].lower(), found[2].lower()
        told = {name.lower(): value for name, value in _PROPERTY.findall(found[3])}
        named = next((told[name] for name in _SUBJECTS[method] if name in told), domain)
        if _is_of(named.rpartition("@")[2].casefold(), domain):
            yield _Result(method, result)


def _is_of(one: str, other: str) -> bool:
    """Tell whether two domains are one, or one lies in the other."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
