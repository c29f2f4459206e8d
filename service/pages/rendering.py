"""Web pages from view models: one template each, filled with `page` and nothing else to think of.

Rendering needs no request, since the page of a query's results is made when the query has
ended, on whatever thread that is.
"""

from collections.abc import Sequence
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from service.representations import Representation
from service.tokens import PUBLIC

FRAME = "macros/frame.html"
REMEMBERED = 300


class Alternate(NamedTuple):
    """The same content in another form, for `<link rel="alternate">` and the list of formats."""

    href: str
    media_type: str
    title: str


class Frame:
    """What stands above every page, made once for each audience and entry of the navigation.

    It takes longer to make than the rest of a page, and is the same on most of them.
    """

    def __init__(self, templates: Environment) -> None:
        self._templates = templates
        self._made: dict[tuple[str, str, str], Markup] = {}

    def __call__(self, part: str, audience: str, active: str) -> Markup:
        """One part, a macro of `macros/frame.html`."""
        key = part, audience, active
        made = self._made.get(key)
        if made is None:
            macro = getattr(self._templates.get_template(FRAME).module, part)
            made = Markup(macro(audience, active))
            if len(self._made) >= REMEMBERED:  # an entry comes out of a path
                self._made.clear()
            self._made[key] = made
        return made


def add_frame(templates: Environment) -> None:
    """Give the templates the frame, which the one of every page asks for."""
    templates.globals["frame"] = Frame(templates)


class Pages:
    """The pages of one response, for an audience that their frame names.

    They share its nonce (Content Security Policy Level 3 §2.3.1).
    """

    def __init__(
        self,
        templates: Environment,
        nonce: str,
        audience: str = PUBLIC,
        *,
        sign_in_has_ended: bool = False,
    ) -> None:
        self._templates = templates
        self._nonce = nonce
        self._audience = audience
        self._sign_in_has_ended = sign_in_has_ended

    def render(
        self,
        template: str,
        page: object,
        *,
        title: str,
        active: str = "",
        alternates: Sequence[Alternate] = (),
    ) -> bytes:
        """The page of a view model, as UTF-8."""
        text = self._templates.get_template(template).render(
            page=page,
            title=title,
            active=active,
            alternates=alternates,
            cspNonce=self._nonce,
            audience=self._audience,
            signInHasEnded=self._sign_in_has_ended,
        )
        return text.encode()


def alternates(hrefs: Sequence[tuple[Representation, str]]) -> tuple[Alternate, ...]:
    """The forms to offer on a page, from representations and where each is had."""
    return tuple(Alternate(href, each.media_type, each.title) for each, href in hrefs)
