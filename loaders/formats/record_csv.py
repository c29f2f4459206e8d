"""Our own CSV formats, one for each class of record; `docs/record-csv.md` describes them.

Lists within a cell are divided by semicolons. Dates are written YYYY-MM-DD. A `source` cell holds
the web address of the document that the row's facts were taken from.
"""

from loaders.codes import code_in
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format, Interpretation
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.numbers import latitude, longitude, whole_number
from loaders.records import (
    Area,
    ChangeEvent,
    Channel,
    Concept,
    ConceptScheme,
    Dataset,
    Distribution,
    Identifier,
    Kind,
    Link,
    Membership,
    Organisation,
    Party,
    Place,
    Record,
    Service,
    Text,
)
from loaders.times import moment_or_day
from loaders.values import (
    Reader,
    calendar_date,
    code,
    date_in_force,
    file_type,
    gss,
    iri,
    notation,
    organisation_key,
    postcode,
    service_type,
    slug,
    team_name,
    theme,
    web_address,
    words,
)

_KINDS: dict[str, tuple[Kind, Reader[str]]] = {
    "organisation": ("organisation", organisation_key),
    "area": ("area", gss),
    "service": ("service", slug),
    "place": ("place", slug),
    "dataset": ("dataset", slug),
}


def _organisation(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Organisation(
            key=row.required("key", organisation_key),
            name=row.required("name", words),
            organisation_type=row.required("type", notation("organisation-type")),
            other_names=row.several("other-names", words),
            homepage=row.optional("homepage", web_address),
            founded=row.optional("founded", date_in_force),
            dissolved=row.optional("dissolved", date_in_force),
            administers=row.several("administers", gss),
            replaced_by=row.several("replaced-by", organisation_key),
            source=row.optional("source", web_address),
            description=row.optional("description", words),
        ),
    )


def _area(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Area(
            code=row.required("code", gss),
            name=row.required("name", words),
            area_type=row.required("type", notation("area-type")),
            within=row.optional("within", gss),
            source=row.optional("source", web_address),
        ),
    )


def _kind(cell: str) -> tuple[Kind, Reader[str]]:
    try:
        return _KINDS[cell]
    except KeyError:
        raise Fault(
            "unknown-category", f"“{cell}” is no kind of thing: say one of {', '.join(_KINDS)}."
        ) from None


def _identifier(row: Row, _: Feed) -> tuple[Record, ...]:
    kind, read = row.required("kind", _kind)
    key = row.required("key", read)
    scheme = row.required("scheme", notation("identifier-scheme"))
    return (Identifier(kind, key, scheme, row.required("code", code_in(scheme))),)


def _link(row: Row, _: Feed) -> tuple[Record, ...]:
    kind, read = row.required("kind", _kind)
    key = row.required("key", read)
    return (Link(kind, key, row.required("same-as", web_address)),)


def _membership(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Membership(
            member=row.required("member", organisation_key),
            organisation=row.required("organisation", organisation_key),
            role=row.required("role", notation("membership-role")),
            began=row.optional("began", date_in_force),
            ended=row.optional("ended", date_in_force),
            source=row.optional("source", web_address),
        ),
    )


def _change_event(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        ChangeEvent(
            key=row.required("key", slug),
            title=row.required("title", words),
            on=row.optional("date", calendar_date),
            before=row.several("before", organisation_key),
            after=row.several("after", organisation_key),
            source=row.optional("source", web_address),
        ),
    )


def _party(row: Row, column: str) -> Party | None:
    key = row.optional(column, organisation_key)
    stated = row.optional(f"{column}-as-stated", words)
    return Party(key, stated) if key or stated else None


def _service(row: Row, _: Feed) -> tuple[Record, ...]:
    page = row.optional("page", web_address)
    interaction = row.optional("interaction", notation("interaction-type"))
    return (
        Service(
            key=row.required("key", slug),
            name=row.required("name", words),
            description=row.optional("description", words),
            provider=_party(row, "provider"),
            responsible=_party(row, "responsible"),
            types=row.several("types", service_type),
            status=row.optional("status", notation("service-status")),
            areas=row.several("areas", gss),
            channels=(Channel(page, interaction),) if page else (),
            locations=row.several("locations", slug),
            modified=row.optional("modified", moment_or_day),
            source=row.optional("source", web_address),
        ),
    )


def _place(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Place(
            key=row.required("key", slug),
            name=row.required("name", words),
            description=row.optional("description", words),
            address=row.several("address", words),
            postcode=row.optional("postcode", postcode),
            latitude=row.optional("latitude", latitude),
            longitude=row.optional("longitude", longitude),
            within=row.optional("within", gss),
            source=row.optional("source", web_address),
        ),
    )


def _dataset(row: Row, _: Feed) -> tuple[Record, ...]:
    described = row.optional("description", words)
    return (
        Dataset(
            key=row.required("key", slug),
            titles=(Text(row.required("title", words)),),
            descriptions=(Text(described),) if described else (),
            publisher=_party(row, "publisher"),
            licence=row.optional("licence", web_address),
            landing_page=row.optional("landing-page", web_address),
            keywords=row.several("keywords", _text),
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


def _text(cell: str) -> Text:
    return Text(words(cell))


def _distribution(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Distribution(
            key=row.required("key", slug),
            dataset=row.required("dataset", slug),
            title=row.optional("title", _text),
            description=row.optional("description", _text),
            access_url=row.optional("access-url", web_address),
            download_url=row.optional("download-url", web_address),
            file_type=row.optional("format", file_type),
            byte_size=row.optional("byte-size", whole_number),
            licence=row.optional("licence", web_address),
            issued=row.optional("issued", moment_or_day),
            modified=row.optional("modified", moment_or_day),
        ),
    )


def _concept(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Concept(
            iri=row.required("iri", iri),
            scheme=row.required("scheme", iri),
            notation=row.required("notation", code),
            label=row.required("label", words),
            definition=row.optional("definition", words),
            broader=row.several("broader", iri),
            source=row.optional("source", web_address),
        ),
    )


def _concept_scheme(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        ConceptScheme(
            iri=row.required("iri", iri),
            title=row.required("title", words),
            description=row.optional("description", words),
            source=row.optional("source", web_address),
        ),
    )


def _format(
    name: str,
    summary: str,
    required: tuple[str, ...],
    optional: tuple[str, ...],
    interpret: Interpretation,
) -> Format:
    return Format(
        f"{name}-csv",
        f"{summary}, in our own CSV",
        Delimited(Columns(required, optional)),
        interpret,
    )


RECORD_CSV = (
    _format(
        "organisation",
        "Organisations",
        ("key", "name", "type"),
        (
            "other-names",
            "homepage",
            "founded",
            "dissolved",
            "administers",
            "replaced-by",
            "source",
            "description",
        ),
        _organisation,
    ),
    _format("area", "Areas", ("code", "name", "type"), ("within", "source"), _area),
    _format(
        "identifier", "Identifiers of things", ("kind", "key", "scheme", "code"), (), _identifier
    ),
    _format(
        "link", "Other people's IRIs for things of ours", ("kind", "key", "same-as"), (), _link
    ),
    _format(
        "membership",
        "Memberships of organisations in organisations",
        ("member", "organisation", "role"),
        ("began", "ended", "source"),
        _membership,
    ),
    _format(
        "change-event",
        "What happened to organisations",
        ("key", "title"),
        ("date", "before", "after", "source"),
        _change_event,
    ),
    _format(
        "service",
        "Services",
        ("key", "name"),
        (
            "description",
            "provider",
            "provider-as-stated",
            "responsible",
            "responsible-as-stated",
            "types",
            "status",
            "areas",
            "page",
            "interaction",
            "locations",
            "modified",
            "source",
        ),
        _service,
    ),
    _format(
        "place",
        "Places where services are to be had",
        ("key", "name"),
        ("description", "address", "postcode", "latitude", "longitude", "within", "source"),
        _place,
    ),
    _format(
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
    _format(
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
    _format(
        "concept",
        "Concepts of other people's lists",
        ("iri", "scheme", "notation", "label"),
        ("definition", "broader", "source"),
        _concept,
    ),
    _format(
        "concept-scheme",
        "Other people's lists of concepts",
        ("iri", "title"),
        ("description", "source"),
        _concept_scheme,
    ),
)
