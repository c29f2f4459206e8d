"""Services, and the places where they are to be had."""

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.record_csv.cells import party
from loaders.formats.record_csv.own_format import own_format
from loaders.numbers import latitude, longitude
from loaders.records import Channel, Place, Record, Service
from loaders.times import moment_or_day
from loaders.values import gss, notation, postcode, service_type, slug, web_address, words


def _service(row: Row, _: Feed) -> tuple[Record, ...]:
    page = row.optional("page", web_address)
    interaction = row.optional("interaction", notation("interaction-type"))
    return (
        Service(
            key=row.required("key", slug),
            name=row.required("name", words),
            description=row.optional("description", words),
            provider=party(row, "provider"),
            responsible=party(row, "responsible"),
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


SERVICES = (
    own_format(
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
    own_format(
        "place",
        "Places where services are to be had",
        ("key", "name"),
        ("description", "address", "postcode", "latitude", "longitude", "within", "source"),
        _place,
    ),
)
