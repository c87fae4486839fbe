import pytest
from django.db import connection

from tests.core import folders


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of every test, with the tables of the confidential test models."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in folders.TABLES:
            editor.create_model(model)
