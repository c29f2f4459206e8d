"""The forms of data that catalogues name are told apart, and files from pages and services."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.formats.catalogues.file_formats import (
    CODES,
    FileFormat,
    Form,
    file_format,
    form_of,
    media_type,
)
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from tests.loaders.catalogues import DATA, rule_broken

CSV = FileFormat("CSV", "text/csv", True)
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
LIST = DATA.parent / "vocabularies/eu-authority/filetypes-skos-ap-act.rdf"


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        ("CSV", CSV),
        ("csv", CSV),
        (".csv", CSV),
        ("CSV file", CSV),
        ("text/csv", CSV),
        ("text/csv; charset=utf-8", CSV),
        (f"{FILE_TYPE}CSV", CSV),
        ("https://publications.europa.eu/resource/authority/file-type/CSV", CSV),
        ("ftype:CSV", CSV),
        (f"{MEDIA_TYPE}text/csv", CSV),
        ("http://www.iana.org/assignments/media-types/text/csv", CSV),
        ("XLS", FileFormat("XLS", "application/vnd.ms-excel", True)),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileFormat(
                "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", True
            ),
        ),
        ("GeoJSON", FileFormat("GEOJSON", "application/geo+json", True)),
        ("application/vnd.geo+json", FileFormat("GEOJSON", "application/geo+json", True)),
        ("ESRI Shapefile", FileFormat("SHP", None, True)),
        ("ZIP", FileFormat("ZIP", "application/zip", True)),
        (
            "application/geopackage+sqlite3",
            FileFormat("GPKG", "application/geopackage+sqlite3", True),
        ),
        ("HTML", FileFormat("HTML", "text/html", False)),
        ("WMS", FileFormat("WMS_SRVC", None, False)),
        ("OGC:WFS", FileFormat("WFS_SRVC", None, False)),
        ("Esri REST", FileFormat("REST", None, False)),
        ("SPARQL", FileFormat("SPARQLQ", None, False)),
        ("ttl", FileFormat("RDF_TURTLE", "text/turtle", True)),
        (f"{FILE_TYPE}TAR_XZ", FileFormat("TAR_XZ", None, True)),
    ],
)
def test_a_format_is_known_by_words_codes_and_addresses(cell: str, known: FileFormat) -> None:
    assert file_format(cell) == known


@pytest.mark.parametrize(
    "cell",
    ["", "other", "Excel", "Spreadsheet (csv)", "csv zip", "image/unheard-of", "ftype:", "7z"],
)
def test_what_is_no_format_that_we_know_is_refused(cell: str) -> None:
    with pytest.raises(Fault) as caught:
        file_format(cell)
    assert caught.value.rule == "unknown-format"


@pytest.mark.parametrize(
    ("cell", "media"),
    [
        ("text/csv", "text/csv"),
        ("Text/CSV; header=present", "text/csv"),
        (f"{MEDIA_TYPE}application/ld+json", "application/ld+json"),
        ("application/vnd.ms-excel", "application/vnd.ms-excel"),
    ],
)
def test_a_media_type_is_read_with_or_without_its_address(cell: str, media: str) -> None:
    assert media_type(cell) == media


@pytest.mark.parametrize(
    "cell",
    ["csv", "text/", "/csv", "text/csv/more", "img/jpeg", "text/c sv", "text/c#sv", "text/é"],
)
def test_what_is_no_media_type_is_refused(cell: str) -> None:
    with pytest.raises(Fault) as caught:
        media_type(cell)
    assert caught.value.rule == "unknown-format"


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        ({}, Form()),
        ({"format": "", "mimetype": None}, Form()),
        ({"format": "CSV"}, Form("CSV", "text/csv", None, True)),
        ({"mimetype": "text/csv"}, Form("CSV", "text/csv", None, True)),
        ({"format": "XML", "mimetype": "text/xml"}, Form("XML", "text/xml", None, True)),
        ({"mimetype": "image/unheard-of"}, Form(None, "image/unheard-of")),
    ],
)
def test_the_form_is_what_format_and_media_type_say(
    cells: Mapping[str, object], form: Form
) -> None:
    row = Row(1, cells)
    assert form_of(row, "format", "mimetype") == form
    assert (row.noted, row.withheld) == ([], [])


def test_words_for_a_format_that_is_not_known_are_kept_and_noted() -> None:
    row = Row(1, {"format": "Paper  tape"})
    assert form_of(row, "format", "mimetype") == Form(stated="Paper tape")
    [note] = row.noted
    assert (note.rule, note.field, note.value) == ("unknown-format", "format", "Paper tape")


def test_words_for_a_format_that_is_not_known_do_not_hide_the_media_type() -> None:
    row = Row(1, {"format": "Spreadsheet", "mimetype": "text/csv"})
    assert form_of(row, "format", "mimetype") == Form("CSV", "text/csv", "Spreadsheet", True)


def test_a_faulty_media_type_is_withheld() -> None:
    row = Row(1, {"format": "CSV", "mimetype": "csv"})
    assert form_of(row, "format", "mimetype") == Form("CSV", "text/csv", None, True)
    [fault] = row.withheld
    assert (fault.rule, fault.field, fault.value) == ("unknown-format", "mimetype", "csv")


@pytest.mark.real_data
@pytest.mark.skipif(not LIST.exists(), reason="the European list is not here")
def test_the_codes_are_those_of_the_european_list() -> None:
    codes = set(re.findall(r'rdf:about="[^"]*/file-type/([A-Z0-9_]+)"', LIST.read_text("utf-8")))
    # The list that is here is of 2017; these have been added to it since.
    since = {"GEOJSON", "GPKG", "WCS_SRVC", "WFS_SRVC", "WMS_SRVC", "WMTS_SRVC"}
    assert codes
    assert codes >= CODES - since


@given(st.text(max_size=60))
def test_any_text_is_a_format_or_a_fault(cell: str) -> None:
    assert rule_broken(file_format, cell) in (None, "unknown-format")
