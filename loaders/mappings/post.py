"""A post's quads, as its own record or another one's mention of it has them."""

from collections.abc import Iterator

from loaders.identity import Minter, name_slug
from loaders.mappings.about import About, is_for_everybody
from loaders.mappings.typed import typed
from loaders.mappings.unit import mention_unit, unit_iri
from loaders.quads import Quad, plain, text
from loaders.records import Post
from ontology.vocab import CV, GM, ORG, SKOS


def map_post(record: Post, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one post. It is in its organisation, and in its unit beside."""
    graph = mint.graph(source)
    post = post_iri(record.organisation, record.title, mint)
    about = About(post, graph, mint)
    yield from mention_post(record.organisation, record.title, mint, graph)
    if record.unit:
        yield from about.iris(ORG.postIn, unit_iri(record.organisation, record.unit, mint))
        if is_for_everybody(record.remarks.visible_to):
            yield from mention_unit(record.organisation, record.unit, mint, graph)
    yield from about.concepts(GM.governanceRole, "governance-role", *record.roles)
    yield from about.flag(GM.isFilled, record.is_filled)
    yield from about.days(GM.vacantSince, record.vacant_since)
    yield from about.days(GM.trainingCompleted, record.training_completed)
    yield from about.remarks(record.remarks)
    if record.mailbox:
        slug = name_slug(record.title)
        node = mint.part(source, "post", record.organisation, slug, "contact")
        yield Quad(post, CV.contactPoint, node, graph)
        yield from typed(node, CV.ContactPoint, graph)
        yield Quad(node, CV.email, plain(record.mailbox), graph)


def post_iri(organisation: str, title: str, mint: Minter) -> str:
    """The IRI of a post, by its organisation's key and its title."""
    return mint.thing("post", organisation, name_slug(title))


def mention_post(organisation: str, title: str, mint: Minter, graph: str) -> Iterator[Quad]:
    """What is said of a post by whatever names it."""
    post = post_iri(organisation, title, mint)
    yield from typed(post, ORG.Post, graph)
    yield Quad(post, SKOS.prefLabel, text(title), graph)
    yield Quad(post, ORG.postIn, mint.organisation(organisation), graph)
