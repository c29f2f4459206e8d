"""Addresses, mobile telephones and titled names do not get in as the name of a body or a post."""

import pytest

from loaders.formats import find_format
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Place, Service

FEED = Feed("given", "GM-exampleton", {"X": "GM-exampleton"})
CONTACTS = ("jo.example@exampleton.example", "07700 900123")


@pytest.mark.parametrize("contact", CONTACTS)
@pytest.mark.parametrize(
    ("name", "cells", "column"),
    [
        ("venues-csv", {"postcode": "M1 1AA"}, "name"),
        ("govuk-organisations-linkml", {"slug": "office-of-examples"}, "description"),
        ("directgov-council-contacts", {"SNAC Code": "00ZZ"}, "Name"),
        ("organisation-chart", {"OrganisationLabel": "X"}, "JobTitle"),
    ],
)
def test_a_name_with_a_contact_in_it_is_left_out_and_not_told(
    name: str, cells: dict[str, object], column: str, contact: str
) -> None:
    with pytest.raises(Fault) as caught:
        find_format(name).interpret(Row(1, {**cells, column: f"Office {contact}"}), FEED)
    assert (caught.value.rule, caught.value.field) == ("contact-of-a-person", column)
    assert contact not in caught.value.message


def test_somebody_addressed_with_a_title_is_no_post() -> None:
    row = Row(1, {"OrganisationLabel": "X", "JobTitle": "Mrs Jo Example"})
    with pytest.raises(Fault) as caught:
        find_format("organisation-chart").interpret(row, FEED)
    assert (caught.value.rule, caught.value.field) == ("contact-of-a-person", "JobTitle")


@pytest.mark.parametrize("column", ["Directorate", "Service"])
def test_somebody_addressed_with_a_title_is_no_unit(column: str) -> None:
    row = Row(1, {"OrganisationLabel": "X", "JobTitle": "Clerk", column: "Mrs Jo Example"})
    assert "Example" not in repr(find_format("organisation-chart").interpret(row, FEED))
    assert [(each.rule, each.field) for each in row.withheld] == [("contact-of-a-person", column)]


@pytest.mark.parametrize("contact", CONTACTS)
def test_a_contact_in_a_venue_s_address_or_provider_is_withheld(contact: str) -> None:
    cells = {"name": "Library", "postcode": "M1 1AA", "address": contact, "provider": contact}
    row = Row(1, dict(cells))
    service, place = find_format("venues-csv").interpret(row, FEED)
    assert isinstance(service, Service)
    assert isinstance(place, Place)
    assert (service.provider, place.address) == (None, ())
    assert sorted(str(each.field) for each in row.withheld) == ["address", "provider"]


def test_a_recipient_of_a_grant_with_a_contact_for_its_name_is_left_out() -> None:
    body = {"id": "GB-CHC-1010101", "name": f"Trust {CONTACTS[0]}"}
    row = Row(1, {"id": "1", "recipientOrganization": [body]})
    with pytest.raises(Fault, match="no organisation"):
        find_format("360giving-organisations").interpret(row, FEED)
