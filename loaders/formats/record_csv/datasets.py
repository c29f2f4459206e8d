"""Datasets, and the files in which they are to be had."""

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.record_csv.cells import party, text_of
from loaders.formats.record_csv.own_format import own_format
from loaders.numbers import whole_number
from loaders.records import Dataset, Distribution, Record, Text
from loaders.times import moment_or_day
from loaders.values import (
    file_type,
    gss,
    iri,
    notation,
    slug,
    team_name,
    theme,
    web_address,
    words,
)


def _dataset(row: Row, _: Feed) -> tuple[Record, ...]:
    described = row.optional("description", words)
    return (
        Dataset(
            key=row.required("key", slug),
            titles=(Text(row.required("title", words)),),
            descriptions=(Text(described),) if described else (),
            publisher=party(row, "publisher"),
            licence=row.optional("licence", web_address),
            landing_page=row.optional("landing-page", web_address),
            keywords=row.several("keywords", text_of),
            themes=row.several("themes", theme),
            subjects=row.several("subjects", iri),
            issued=row.optional("issued", moment_or_day),
            modified=row.optional("modified", moment_or_day),
            frequency=row.optional("frequency", notation("frequency")),
            areas=row.several("areas", gss),
            access=row.optional("access", notation("access-right")),
            contact=row.optional("contact", team_name),
            identifiers=row.several("identifier", words),
            conforms_to=row.several("conforms-to", iri),
            source=row.optional("source", web_address),
        ),
    )


def _distribution(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Distribution(
            key=row.required("key", slug),
            dataset=row.required("dataset", slug),
            title=row.optional("title", text_of),
            description=row.optional("description", text_of),
            access_url=row.optional("access-url", web_address),
            download_url=row.optional("download-url", web_address),
            file_type=row.optional("format", file_type),
            byte_size=row.optional("byte-size", whole_number),
            licence=row.optional("licence", web_address),
            issued=row.optional("issued", moment_or_day),
            modified=row.optional("modified", moment_or_day),
        ),
    )


DATASETS = (
    own_format(
        "dataset",
        "Datasets",
        ("key", "title"),
        (
            "description",
            "publisher",
            "publisher-as-stated",
            "licence",
            "landing-page",
            "keywords",
            "themes",
            "subjects",
            "issued",
            "modified",
            "frequency",
            "areas",
            "access",
            "contact",
            "identifier",
            "conforms-to",
            "source",
        ),
        _dataset,
    ),
    own_format(
        "distribution",
        "Distributions of datasets",
        ("key", "dataset"),
        (
            "title",
            "description",
            "access-url",
            "download-url",
            "format",
            "byte-size",
            "licence",
            "issued",
            "modified",
        ),
        _distribution,
    ),
)
