"""IRIs and the URLs where this host serves them. Pure: no Flask, no store.

The data's IRIs stand under a base that never changes; the host by which the service is
reached may be another. So an IRI under the base, or one of the ontology's, maps to a path on
whatever host this is, and links in pages are path-absolute.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit

from ontology.namespaces import DEF

SERVED = ("id/", "doc/", "graph/", ".well-known/genid/")

# RFC 3987 §3.1: what an IRI may hold and a URI may not is percent-encoded; what is encoded
# already stays as it is, for the two spellings are two identifiers (§5.1).
URI_CHARACTERS = "%/:@!$&'()*+,;=~?#[]-._"
PLAIN = re.compile(r"[A-Za-z0-9/:._~-]*")  # spelled alike in every way of writing
PATH_CHARACTERS = URI_CHARACTERS.translate({ord(character): None for character in "?#[]%"})


def uri_of(iri: str) -> str:
    """The URI for an IRI (RFC 3987 §3.1), fit for a header field or an attribute."""
    return quote(iri, safe=URI_CHARACTERS)


def spellings(path: str) -> Iterator[str]:
    """The IRI spellings that a request for this percent-encoded path may mean, nearest first.

    A client writes a URI, the store holds an IRI: `caf%C3%A9` may ask for `café`, which the
    client had to encode (RFC 3987 §3.2), or for a stored `caf%C3%A9`.
    """
    if PLAIN.fullmatch(path):
        yield path
        return
    octets = unquote_to_bytes(path)
    seen = set()
    for spelling in (path, _decoded_beyond_ascii(path), octets.decode("utf-8", "replace")):
        if spelling not in seen and "\ufffd" not in spelling:
            seen.add(spelling)
            yield spelling
    encoded = quote(octets, safe=PATH_CHARACTERS)
    if encoded not in seen:
        yield encoded


def _decoded_beyond_ascii(path: str) -> str:
    """The path with encoded letters beyond ASCII decoded, and every other encoding kept."""
    octets = b"".join(
        bytes([byte]) if byte >= 0x80 else quote(bytes([byte]), safe=PATH_CHARACTERS).encode()
        for byte in unquote_to_bytes(path)
    )
    return octets.decode("utf-8", "replace")


def requested_path(path_info: str, request_uri: str | None) -> str:
    """The path of a request, percent-encoded as the client sent it where the server tells.

    WSGI's PATH_INFO is decoded already, so that `%2F` and `/` look the same in it (PEP 3333);
    `request_uri` is what most servers give beside it, and is taken only where both agree.
    """
    octets = path_info.encode("latin-1")
    if request_uri:
        sent = urlsplit(request_uri).path if "://" in request_uri else request_uri.split("?", 1)[0]
        if unquote_to_bytes(sent) == octets and sent.isascii():
            return sent
    return quote(octets, safe=PATH_CHARACTERS)


@dataclass(frozen=True, slots=True)
class Locations:
    """Where the resources of one release are served; the base is the release's own."""

    base: str

    def path_of(self, iri: str) -> str | None:
        """The path-absolute URL that serves this IRI here, or None where no path does.

        An IRI with a query has none: its `?` would start the query of the request.
        """
        if iri.startswith(DEF):
            tail = "def/" + iri.removeprefix(DEF)
        elif iri.startswith(self.base) and iri.removeprefix(self.base).startswith(SERVED):
            tail = iri.removeprefix(self.base)
        else:
            return None
        return None if "?" in tail else "/" + uri_of(tail)

    def document_path(self, iri: str) -> str:
        """The path of the document about an IRI: `/doc/…` for `/id/…`, else the IRI's own."""
        path = self.path_of(iri)
        if path is None:
            return self.resource_path(iri)
        return "/doc/" + path.removeprefix("/id/") if path.startswith("/id/") else path

    def document_iri(self, iri: str) -> str:
        """The IRI of the document about an IRI; a definition's document is the definition's own."""
        identified = self.base + "id/"
        if iri.startswith(identified):
            return self.base + "doc/" + iri.removeprefix(identified)
        if self.path_of(iri) is not None:
            return iri
        return self.base + self.resource_path(iri).removeprefix("/")

    @staticmethod
    def resource_path(iri: str) -> str:
        """The path of the page that describes any IRI, ours or not."""
        return "/resource?iri=" + quote(iri, safe="/:@!$'()*,;~?-._")

    def href(self, iri: str) -> str:
        """What a page links an IRI to: its path here when it is ours, itself when the web has it.

        Anything else, such as a `urn:`, leads to what this service knows of it.
        """
        path = self.path_of(iri)
        if path is not None:
            return path
        return uri_of(iri) if iri.startswith(("http://", "https://")) else self.resource_path(iri)
