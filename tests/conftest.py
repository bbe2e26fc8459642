"""What every test may ask for. Fixtures are small and say who is asking; data is made where it is tested.

`client` is a stranger; the others have signed in.
"""

from __future__ import annotations

import pytest
from django.test import Client

from tests import people


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def operator_client(db):
    return signed_in(people.operator())


@pytest.fixture
def administrator_client(db):
    return signed_in(people.administrator())


@pytest.fixture
def citizen_client(db):
    return signed_in(people.citizen())
