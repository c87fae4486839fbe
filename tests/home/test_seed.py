import pytest

from pug_portal.core.models import User
from pug_portal.home import demo


def _somebody(**facts):
    return User.objects.create_user(
        "orang", "orang@contoh.test", "rahasia-panjang-sekali", name="Orang", **facts
    )


def test_real_people_keep_the_demonstration_out(db):
    _somebody(is_demo=False)
    with pytest.raises(demo.RealDataFound):
        demo.load(accounts=None)


def test_a_demonstration_on_which_somebody_was_invited_starts_again(db):
    User.objects.create_user("peraga", "peraga@contoh.test", "rahasia-panjang", name="Peraga", is_demo=True)
    _somebody(is_demo=False)
    assert demo.load(accounts=None) == {}
