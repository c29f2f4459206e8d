"""Forms of data as catalogues name them: codes of the European file type list and media types."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.values import words


class FileFormat(NamedTuple):
    """A form of data: a code of the European file type list, and a media type of IANA's.

    `is_file` tells a file that one can download from a page or a service.
    """

    file_type: str | None
    media_type: str | None
    is_file: bool


# By code: the media type, where the form has one, and what else publishers write for the form.
_FORMATS: Mapping[str, tuple[str | None, tuple[str, ...]]] = MappingProxyType(
    {
        "CSV": (
            "text/csv",
            ("comma separated values", "application/csv", "text/comma-separated-values"),
        ),
        "TSV": ("text/tab-separated-values", ("tab separated values",)),
        "XLS": ("application/vnd.ms-excel", ("excel (xls)", "excel (.xls)")),
        "XLSX": (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ("excel (xlsx)", "excel (.xlsx)"),
        ),
        "ODS": ("application/vnd.oasis.opendocument.spreadsheet", ()),
        "DOC": ("application/msword", ()),
        "DOCX": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ()),
        "ODT": ("application/vnd.oasis.opendocument.text", ()),
        "PPT": ("application/vnd.ms-powerpoint", ()),
        "PPTX": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ()),
        "RTF": ("application/rtf", ("text/rtf",)),
        "PDF": ("application/pdf", ()),
        "TXT": ("text/plain", ("text", "plain text")),
        "HTML": ("text/html", ("htm", "web page", "webpage", "website")),
        "JSON": ("application/json", ("text/json",)),
        "JSON_LD": ("application/ld+json", ("json-ld", "jsonld")),
        "GEOJSON": ("application/geo+json", ("geo json", "application/vnd.geo+json")),
        "XML": ("application/xml", ("text/xml",)),
        "RDF": (None, ()),
        "RDF_XML": ("application/rdf+xml", ("rdf/xml", "rdfxml")),
        "RDF_TURTLE": ("text/turtle", ("ttl", "turtle", "application/x-turtle")),
        "RDF_N_TRIPLES": ("application/n-triples", ("nt", "n-triples", "ntriples")),
        "RDF_N_QUADS": ("application/n-quads", ("nq", "n-quads", "nquads")),
        "RDF_TRIG": ("application/trig", ("trig",)),
        "KML": ("application/vnd.google-earth.kml+xml", ()),
        "KMZ": ("application/vnd.google-earth.kmz", ()),
        "GML": ("application/gml+xml", ()),
        "GPKG": ("application/geopackage+sqlite3", ("geopackage",)),
        "SHP": (None, ("shapefile", "esri shapefile", "shape", "application/x-shapefile")),
        "GDB": (None, ("file geodatabase", "esri file geodatabase", "fgdb")),
        "MDB": (None, ("application/x-msaccess",)),
        "DBF": (None, ()),
        "ZIP": ("application/zip", ("application/x-zip-compressed", "application/x-zip")),
        "GZIP": ("application/gzip", ("gz", "application/x-gzip")),
        "JPEG": ("image/jpeg", ("jpg",)),
        "PNG": ("image/png", ()),
        "GIF": ("image/gif", ()),
        "TIFF": ("image/tiff", ("tif",)),
        "NETCDF": (None, ("nc", "application/x-netcdf")),
        "LAS": (None, ()),
        "LAZ": (None, ()),
        "SQL": (None, ()),
        "ATOM": ("application/atom+xml", ()),
        "RSS": (None, ("application/rss+xml",)),
        "SPARQLQ": (None, ("sparql",)),
        "REST": (None, ("esri rest", "arcgis rest", "arcgis geoservice", "arcgis geoservices")),
        "WMS_SRVC": (None, ("wms", "ogc wms", "ogc:wms")),
        "WMTS_SRVC": (None, ("wmts", "ogc wmts", "ogc:wmts")),
        "WFS_SRVC": (None, ("wfs", "ogc wfs", "ogc:wfs")),
        "WCS_SRVC": (None, ("wcs", "ogc wcs", "ogc:wcs")),
    }
)
CODES = frozenset(_FORMATS)
"""The codes that words are read as; a code that is given as an IRI may be another one."""

_NO_FILES = frozenset(
    {
        *("ATOM", "HTML", "MAP_PRVW", "MAP_SRVC", "REST", "RSS", "SPARQLQ", "XHTML"),
        *("WCS_SRVC", "WFS_SRVC", "WMS_SRVC", "WMTS_SRVC"),
    }
)
_WORDS = {
    each.casefold(): code
    for code, (media, others) in _FORMATS.items()
    for each in (code, *others, *((media,) if media else ()))
}
_FILE_TYPE = re.compile(
    r"(?:https?://publications\.europa\.eu/resource/authority/file-type/|ftype:)"
    r"([A-Z0-9]+(?:_[A-Z0-9]+)*)"
)
_MEDIA_TYPES = re.compile(r"https?://(?:www\.)?iana\.org/assignments/media-types/")
_NAME = r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}"  # RFC 6838, section 4.2
_MEDIA_TYPE = re.compile(rf"(?:application|audio|font|image|model|multipart|text|video)/{_NAME}")
# Characters of a media type's name that cannot stand in an IRI.
_NO_IRI = re.compile(r"[#^]")


def media_type(cell: str) -> str:
    """A media type such as `text/csv`, given as such or by its IRI; parameters are left away."""
    found = _MEDIA_TYPES.sub("", cell, count=1).partition(";")[0].strip().casefold()
    if not _MEDIA_TYPE.fullmatch(found) or _NO_IRI.search(found):
        raise Fault("unknown-format", f"“{cell[:200]}” is no media type, such as text/csv.")
    return found


def file_format(cell: str) -> FileFormat:
    """The format that words, an extension, a media type or an IRI of either list mean.

    Raises:
        Fault: none that we know.
    """
    if found := _FILE_TYPE.fullmatch(cell):
        code = found[1]
    else:
        said = words(_MEDIA_TYPES.sub("", cell, count=1).partition(";")[0]).casefold()
        code = _WORDS.get(said.removeprefix(".").removesuffix(" file").removesuffix(" files"), "")
    if not code:
        raise Fault("unknown-format", f"“{cell[:200]}” is no file type that we know.")
    media = _FORMATS[code][0] if code in _FORMATS else None
    return FileFormat(code, media, code not in _NO_FILES)


class Form(NamedTuple):
    """In what form a distribution is: what is known of it, and the words where it is not known."""

    file_type: str | None = None
    media_type: str | None = None
    stated: str | None = None
    is_file: bool = False


def form_of(row: Row, column: str, media_column: str) -> Form:
    """The form that a column for the format states, and one for the media type.

    Words that mean no format that we know are kept, and noted. A media type that is stated goes
    before the one that a format usually has, and tells the format where no words do.
    """
    stated: str | None = None
    known: FileFormat | None = None
    media = row.optional(media_column, media_type)
    if said := row.optional(column, words):
        try:
            known = file_format(said)
        except Fault as fault:
            stated = said
            row.note(fault.rule, "The words mean no file type that we know.", column, said[:200])
    if known is None and media:
        try:
            known = file_format(media)
        except Fault:
            return Form(None, media, stated)
    if known is None:
        return Form(stated=stated)
    return Form(known.file_type, media or known.media_type, stated, known.is_file)
