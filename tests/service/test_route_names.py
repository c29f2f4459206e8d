"""The names of routes: few, and none of what is asked for."""

import pytest
from flask import Flask

from service.route_names import NO_ROUTE, RouteNames, template_of


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "/"),
        ("/sparql", "/sparql"),
        ("/doc/organisation/x", "/doc/{path}"),
        ("/doc/", "/doc/{path}"),
        ("/static/dist/site.css", "/static/dist/{name}"),
        ("/.well-known/genid/a/b", "/.well-known/genid/{path}"),
        ("/.well-known/void", "/.well-known/void"),
        ("/.well-known/else", NO_ROUTE),
        ("/doc", NO_ROUTE),
        ("/sparql/", NO_ROUTE),
        ("/nothing/of/it", NO_ROUTE),
        ("", NO_ROUTE),
        ("*", NO_ROUTE),
    ],
)
def test_a_path_has_the_name_of_its_route(app: Flask, path: str, name: str) -> None:
    assert RouteNames(app.url_map.iter_rules()).of(path) == name


def test_every_route_names_itself(app: Flask) -> None:
    names = RouteNames(app.url_map.iter_rules())
    for rule in app.url_map.iter_rules():
        path = rule.rule.partition("<")[0] + ("x" if rule.arguments else "")
        assert names.of(path) == template_of(rule.rule)
