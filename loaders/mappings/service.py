"""A service's quads, and those of its channels, costs, contacts and opening hours."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.area import map_area
from loaders.mappings.party import map_party
from loaders.mappings.typed import typed
from loaders.quads import Quad, clock, day, decimal, integer, plain, text, when
from loaders.records import Area, Channel, Contact, Cost, Hours, Service
from ontology.namespaces import concept
from ontology.vocab import ADMS, CV, DCT, FOAF, GM, SCHEMA

_CURRENCY = "http://publications.europa.eu/resource/authority/currency/"


def map_service(record: Service, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one service. Its parts are named by their place within it."""
    graph = mint.graph(source)
    subject = mint.thing("service", source, record.key)
    yield from typed(subject, GM.Service, graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    yield Quad(subject, DCT.title, text(record.name), graph)
    if record.description:
        yield Quad(subject, DCT.description, text(record.description), graph)
    terms = (
        (record.provider, GM.deliveredBy),
        (record.responsible, CV.hasCompetentAuthority),
    )
    for party, term in terms:
        yield from map_party(subject, term, GM.providerAsStated, party, mint, graph)
    for each in record.types:
        yield Quad(subject, GM.serviceType, each, graph)
    if record.status:
        yield Quad(subject, ADMS.status, concept("service-status", record.status), graph)
    for area in record.areas:
        yield Quad(subject, DCT.spatial, mint.area(area), graph)
        yield from map_area(Area(area), mint, graph)
    for key in record.locations:
        yield Quad(subject, GM.atLocation, mint.thing("place", source, key), graph)
    if record.minimum_age is not None:
        yield Quad(subject, GM.minimumAge, integer(record.minimum_age), graph)
    if record.maximum_age is not None:
        yield Quad(subject, GM.maximumAge, integer(record.maximum_age), graph)
    if record.modified:
        yield Quad(subject, DCT.modified, when(record.modified), graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
    for place, channel in enumerate(record.channels, 1):
        name = channel.interaction or channel.key or f"page-{place}"
        node = mint.part(source, "service", record.key, "channel", name)
        yield Quad(subject, CV.hasChannel, node, graph)
        yield from _map_channel(node, channel, graph)
    for place, cost in enumerate(record.costs, 1):
        node = mint.part(source, "service", record.key, "cost", str(place))
        yield Quad(subject, CV.hasCost, node, graph)
        yield from _map_cost(node, cost, graph)
    for place, contact in enumerate(record.contacts, 1):
        node = mint.part(source, "service", record.key, "contact", str(place))
        yield Quad(subject, CV.contactPoint, node, graph)
        yield from _map_contact(node, contact, graph)
    for place, hours in enumerate(record.hours, 1):
        node = mint.part(source, "service", record.key, "hours", str(place))
        yield Quad(subject, SCHEMA.openingHoursSpecification, node, graph)
        yield from _map_hours(node, hours, graph)


def _map_channel(node: str, channel: Channel, graph: str) -> Iterator[Quad]:
    yield from typed(node, CV.Channel, graph)
    yield Quad(node, FOAF.page, channel.page, graph)
    if channel.interaction:
        kind = concept("interaction-type", channel.interaction)
        yield Quad(node, GM.interactionType, kind, graph)


def _map_cost(node: str, cost: Cost, graph: str) -> Iterator[Quad]:
    yield from typed(node, CV.Cost, graph)
    if cost.description:
        yield Quad(node, DCT.description, text(cost.description), graph)
    if cost.amount is not None:
        yield Quad(node, CV.hasValue, decimal(cost.amount), graph)
    if cost.currency:
        yield Quad(node, CV.currency, _CURRENCY + cost.currency, graph)


def _map_contact(node: str, contact: Contact, graph: str) -> Iterator[Quad]:
    yield from typed(node, CV.ContactPoint, graph)
    if contact.title:
        yield Quad(node, DCT.title, text(contact.title), graph)
    if contact.telephone:
        yield Quad(node, CV.telephone, plain(contact.telephone), graph)
    if contact.email:
        yield Quad(node, CV.email, plain(contact.email), graph)
    if contact.page:
        yield Quad(node, CV.contactPage, contact.page, graph)


def _map_hours(node: str, hours: Hours, graph: str) -> Iterator[Quad]:
    yield from typed(node, SCHEMA.OpeningHoursSpecification, graph)
    for each in hours.days:
        yield Quad(node, SCHEMA.dayOfWeek, getattr(SCHEMA, each), graph)
    if hours.opens:
        yield Quad(node, SCHEMA.opens, clock(hours.opens), graph)
    if hours.closes:
        yield Quad(node, SCHEMA.closes, clock(hours.closes), graph)
    if hours.valid_from:
        yield Quad(node, SCHEMA.validFrom, day(hours.valid_from), graph)
    if hours.valid_to:
        yield Quad(node, SCHEMA.validThrough, day(hours.valid_to), graph)
    if hours.description:
        yield Quad(node, DCT.description, text(hours.description), graph)
