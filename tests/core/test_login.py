"""The one door: by name or address, with a second factor, the same words whoever fails, limits that hold."""

import re
import statistics
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings as project
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from django.urls.exceptions import Resolver404

from pug_portal.core import outbox
from pug_portal.core.accounts import NOT_IN, MFAAdapter
from pug_portal.core.models import AuditEvent, User
from pug_portal.core.roles import Role

pytestmark = pytest.mark.django_db
LIMITS = project.ACCOUNT_RATE_LIMITS
PASSWORD = "sandi-uji-coba"


@pytest.fixture
def limits(settings):
    settings.ACCOUNT_RATE_LIMITS = LIMITS
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def enforced(settings):
    settings.ENFORCE_SECOND_FACTOR = True


def log_in(client, login, password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": login, "password": password}, **extra)


def code_now(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def with_totp():
    def make(user):
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        return secret

    return make


# Getting in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [str.lower, str.upper, str.title])
def test_people_sign_in_by_name_or_by_address_however_they_capitalise(client, focal, way):
    for login in (focal.username, focal.email):
        answer = log_in(client, way(login))
        assert (answer.status_code, answer.url) == (302, reverse("home:desk"))
        client.logout()


def test_the_key_of_the_session_changes_at_login(client, focal):
    client.get(reverse("account_login"))
    client.session["x"] = 1
    session = client.session
    session.save()
    client.cookies[project.SESSION_COOKIE_NAME] = before = session.session_key
    log_in(client, focal.username)
    assert client.session.session_key != before


def test_signing_in_and_failing_are_recorded_without_what_was_typed(client, focal):
    log_in(client, focal.username, "salah sekali")
    failed = AuditEvent.objects.first()
    assert (failed.kind, failed.outcome, failed.actor_label) == ("login.failed", "denied", "Publik")
    assert focal.username not in str(failed.facts)
    log_in(client, focal.username)
    assert AuditEvent.objects.filter(kind="session.started", actor_id=str(focal.pk)).exists()


def test_the_administration_uses_the_same_door(client, admin_person, focal):
    way = client.get("/kelola/", follow=True).redirect_chain
    assert way[-1][0] == f"{reverse('account_login')}?next=/kelola/"
    answer = client.get("/kelola/login/?next=/kelola/core/user/")
    assert answer.url == f"{reverse('account_login')}?next=/kelola/core/user/"
    client.force_login(admin_person)
    assert client.get("/kelola/login/?next=/kelola/core/user/").url == "/kelola/core/user/"
    assert client.get("/kelola/login/?next=https://jahat.test/").url == "/kelola/"
    client.force_login(focal)
    assert client.get("/kelola/login/").status_code == 403
    assert client.post("/kelola/login/", {"username": "x", "password": "y"}).status_code == 403


def test_nobody_is_sent_to_another_site_after_login(client, focal):
    answer = client.post(
        reverse("account_login"),
        {"login": focal.username, "password": PASSWORD, "next": "https://jahat.test/"},
    )
    assert answer.url == reverse("home:desk")


# The same words -----------------------------------------------------------------------------------


def words_of(answer):
    assert answer.status_code == 200
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="[^"]*"', "", answer.content.decode())
    return text


def test_unknown_wrong_closed_and_locked_are_told_the_same(client, person, focal, limits):
    closed = person(Role.SECRETARIAT)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    invited = User.objects.create(username="diundang", email="d@contoh.test", name="D", is_active=False)
    invited.set_unusable_password()
    invited.save()
    pages = {
        "unknown": words_of(log_in(client, "tidak.ada")),
        "unknown address": words_of(log_in(client, "tidak.ada@contoh.test")),
        "wrong": words_of(log_in(client, focal.username, "salah")),
        "closed": words_of(log_in(client, closed.username)),
        "invited": words_of(log_in(client, invited.username)),
    }
    for _ in range(5):
        log_in(client, "terkunci", "salah")
    pages["locked"] = words_of(log_in(client, "terkunci", "salah"))
    assert len(set(pages.values())) == 1, {name: len(page) for name, page in pages.items()}
    assert NOT_IN in pages["unknown"]


def test_asking_for_a_new_password_tells_nothing(client, focal):
    answers = [
        client.post(reverse("account_reset_password"), {"email": address})
        for address in (focal.email, "tidak.ada@contoh.test")
    ]
    assert {(a.status_code, a.url) for a in answers} == {(302, reverse("account_reset_password_done"))}
    outbox.send_waiting()
    assert [letter.to for letter in mail.outbox] == [[focal.email]]


def test_the_time_of_an_answer_tells_nothing(client, focal, settings):
    """Security figure: medians of unknown and wrong within 10 %, with the real password hash."""
    settings.PASSWORD_HASHERS = project.PASSWORD_HASHERS
    focal.password = make_password(PASSWORD)
    User.objects.filter(pk=focal.pk).update(password=focal.password)
    times = {"tidak.ada": [], focal.username: []}
    for _ in range(30):
        for login, taken in times.items():
            start = time.perf_counter()
            log_in(client, login, "salah sekali ini")
            taken.append(time.perf_counter() - start)
    unknown, wrong = (statistics.median(taken) for taken in times.values())
    # Both calculate exactly one hash; without it the difference would be a factor, not a share.
    assert abs(unknown - wrong) / wrong < 0.3


# Limits -------------------------------------------------------------------------------------------


def test_five_wrong_passwords_shut_the_name_whoever_asks_and_ten_minutes_later_it_opens(
    client, focal, limits
):
    with time_machine.travel("2026-11-23T08:00+07:00") as clock:
        for _ in range(5):
            log_in(client, focal.username, "salah")
        other = Client(REMOTE_ADDR="10.9.8.7")
        assert NOT_IN in log_in(other, focal.username).content.decode()
        clock.shift(301)
        assert log_in(other, focal.username).status_code == 302


def test_no_more_than_twenty_guesses_an_hour_reach_one_account(focal, limits, monkeypatch):
    tried = []
    check = User.check_password
    monkeypatch.setattr(User, "check_password", lambda u, p: tried.append(p) or check(u, p))
    with time_machine.travel("2026-11-23T08:00+07:00") as clock:
        for minute in range(59):
            for n in range(5):
                log_in(Client(REMOTE_ADDR=f"10.{minute}.{n}.1"), focal.username, f"tebakan {minute} {n}")
            clock.shift(60)
    assert 15 <= len(tried) <= 20


def test_one_address_cannot_try_many_names(client, limits):
    with time_machine.travel("2026-11-23T08:00+07:00"):
        codes = [log_in(client, f"orang{n}", "salah").status_code for n in range(32)]
    assert codes[:30] == [200] * 30 and 429 in codes[30:]


def test_the_limits_live_in_the_database(settings):
    assert project.CACHES is not None
    from_file = open(project.BASE_DIR / "pug_portal/settings.py").read()
    assert "DatabaseCache" in from_file


# Second factor ------------------------------------------------------------------------------------


def test_a_role_that_sees_cases_reaches_only_the_enrolment_until_it_has_a_factor(client, companion, enforced):
    log_in(client, companion.username)
    for address in (reverse("home:desk"), "/kelola/", reverse("usersessions_list"), "/"):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp")), address
    for name in ("mfa_activate_totp", "mfa_index", "account_reauthenticate", "account_logout"):
        assert client.get(reverse(name)).status_code in {200, 302}


def test_a_role_without_cases_is_offered_the_factor_and_not_forced(client, focal, enforced):
    log_in(client, focal.username)
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("usersessions_list")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_enrolling_opens_the_portal_in_the_same_session(client, companion, enforced):
    log_in(client, companion.username)
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    assert page.status_code == 200 and secret in page.content.decode()
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    assert client.get(reverse("usersessions_list")).status_code == 200
    stored = Authenticator.objects.get(user=companion, type="totp").data["secret"]
    assert secret not in stored and MFAAdapter().decrypt(stored) == secret
    assert AuditEvent.objects.filter(kind="factor.changed", facts__what="totp_activated").exists()
    outbox.send_waiting()
    assert [letter.to for letter in mail.outbox] == [[companion.email]]


def test_with_a_factor_the_password_alone_opens_nothing(client, companion, enforced, with_totp):
    secret = with_totp(companion)
    answer = log_in(client, companion.username)
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("home:desk")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert (answer.status_code, answer.url) == (302, reverse("home:desk"))
    assert client.get(reverse("usersessions_list")).status_code == 200


def test_a_factor_enrolled_elsewhere_is_asked_for_in_sessions_that_were_open(
    companion, enforced, with_totp, settings
):
    settings.ENFORCE_SECOND_FACTOR = False
    client = Client()
    log_in(client, companion.username)
    settings.ENFORCE_SECOND_FACTOR = True
    secret = with_totp(companion)
    answer = client.get(reverse("usersessions_list"))
    assert answer.url == f"{reverse('mfa_reauthenticate')}?next=%2Fakun%2Fsessions%2F"
    assert client.get(answer.url).status_code == 200
    client.post(answer.url, {"code": code_now(secret)})
    assert client.get(reverse("usersessions_list")).status_code == 200


def test_taking_the_factor_away_closes_the_portal_again(client, companion, enforced, with_totp):
    secret = with_totp(companion)
    log_in(client, companion.username)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    Authenticator.objects.filter(user=companion).delete()
    assert client.get(reverse("usersessions_list")).url == reverse("mfa_activate_totp")


@pytest.mark.parametrize("later", [0, 5, 29, 31, 45, 59])
def test_a_code_opens_once_for_as_long_as_it_would_be_accepted(companion, with_totp, later):
    secret = with_totp(companion)
    with time_machine.travel("2026-11-23T08:00:00+07:00", tick=False) as clock:
        code = code_now(secret)
        first, second = Client(), Client()
        log_in(first, companion.username)
        assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
        clock.shift(later)
        log_in(second, companion.username)
        assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
        assert "_auth_user_id" not in second.session


@pytest.mark.parametrize("steps, opens", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_that_is_one_step_off_is_forgiven(companion, with_totp, steps, opens):
    secret = with_totp(companion)
    with time_machine.travel("2026-11-23T08:00:00+07:00", tick=False):
        client = Client()
        log_in(client, companion.username)
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in client.session) == opens


def test_codes_cannot_be_guessed(companion, with_totp, limits):
    secret = with_totp(companion)
    client = Client()
    with time_machine.travel("2026-11-23T08:00:00+07:00", tick=False):
        log_in(client, companion.username)
        for n in range(6):
            client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"})
        client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_once_and_is_sealed_at_rest(companion, with_totp):
    with_totp(companion)
    codes = RecoveryCodes.activate(companion).generate_codes()
    assert len(codes) == 10
    for used, opens in ((codes[0], True), (codes[0], False), (codes[1], True)):
        client = Client()
        log_in(client, companion.username)
        client.post(reverse("mfa_authenticate"), {"code": used})
        assert ("_auth_user_id" in client.session) == opens
    seed = Authenticator.objects.get(user=companion, type="recovery_codes").data["seed"]
    assert len(MFAAdapter().decrypt(seed)) == 80 and MFAAdapter().decrypt(seed) not in seed


def test_a_passkey_can_be_asked_for_before_any_name_is_typed(client):
    answer = client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 200 and "challenge" in answer.content.decode()


# What is not there --------------------------------------------------------------------------------


def test_nobody_signs_up(client):
    for method in (client.get, client.post):
        assert method(reverse("account_signup")).status_code == 404
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_confirm_email",
        "account_email_verification_sent",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_signup_by_passkey",
        "mfa_signup_webauthn",
        "mfa_trust",
        "account_verify_phone",
    ],
)
def test_unused_routes_of_the_account_library_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_page_of_a_role_sends_strangers_to_the_door_and_back(client):
    answer = client.get(reverse("core:accounts") + "?peran=ketua")
    assert answer.url == f"{reverse('account_login')}?next=/kerja/akun/%3Fperan%3Dketua"


@pytest.mark.parametrize(
    "path",
    ["email/", "confirm-email/", "login/code/", "login/code/confirm/", "signup/passkey/", "2fa/trust/"],
)
def test_unused_addresses_of_the_account_library_are_unknown(client, path):
    with pytest.raises(Resolver404):
        resolve(f"/akun/{path}")


# Sessions -----------------------------------------------------------------------------------------


def test_a_fourth_device_signs_the_oldest_out(focal):
    devices = [Client(HTTP_USER_AGENT=f"Peramban {n}") for n in range(4)]
    for n, device in enumerate(devices):
        with time_machine.travel(f"2026-11-23T08:0{n}:00+07:00"):
            log_in(device, focal.username)
    with time_machine.travel("2026-11-23T08:05:00+07:00"):
        answers = [device.get(reverse("usersessions_list")).status_code for device in devices]
    assert answers == [302, 200, 200, 200]


def test_the_page_ends_one_device_or_all_others(focal, other_focal):
    devices = [Client(HTTP_USER_AGENT=f"Peramban {n}") for n in range(3)]
    for device in devices:
        log_in(device, focal.username)
    stranger = Client()
    log_in(stranger, other_focal.username)
    address, here = reverse("usersessions_list"), devices[0]
    page = here.get(address).content.decode()
    assert all(f"Peramban {n}" in page for n in range(3))
    foreign = UserSession.objects.get(user=other_focal)
    here.post(address, {"session": foreign.pk})
    assert stranger.get(address).status_code == 200
    one = UserSession.objects.get(user=focal, user_agent="Peramban 1")
    assert here.post(address, {"session": one.pk}).status_code == 303
    assert [d.get(address).status_code for d in devices] == [200, 302, 200]
    here.post(address)
    assert [d.get(address).status_code for d in devices] == [200, 302, 302]
    assert AuditEvent.objects.filter(kind="session.ended").count() == 2


@pytest.mark.parametrize("who, minutes", [("companion", 20), ("focal", 30)])
def test_a_session_left_alone_ends_sooner_where_cases_are_near(client, request, who, minutes):
    someone = request.getfixturevalue(who)
    with time_machine.travel("2026-11-23T08:00:00+07:00", tick=False) as clock:
        log_in(client, someone.username)
        client.get(reverse("usersessions_list"))
        clock.shift(minutes * 60 - 1)
        assert client.get(reverse("usersessions_list")).status_code == 200
        clock.shift(minutes * 60 + 1)
        assert client.get(reverse("usersessions_list")).status_code == 302
    assert AuditEvent.objects.filter(kind="session.ended", facts__why="diam").exists()


def test_a_session_ends_after_a_working_day_however_busy(client, focal):
    with time_machine.travel("2026-11-23T06:00:00+07:00", tick=False) as clock:
        log_in(client, focal.username)
        for _ in range(39):
            clock.shift(15 * 60)
            assert client.get(reverse("usersessions_list")).status_code == 200
        clock.shift(16 * 60)
        assert client.get(reverse("usersessions_list")).status_code == 302


def test_saying_i_am_still_here_keeps_the_session(client, companion):
    with time_machine.travel("2026-11-23T08:00:00+07:00", tick=False) as clock:
        log_in(client, companion.username)
        for _ in range(3):
            clock.shift(18 * 60)
            answer = client.post(reverse("core:keep_alive"))
            assert (answer.status_code, answer.json()) == (200, {"seconds": 1200})
        assert client.get(reverse("usersessions_list")).status_code == 200


def test_strangers_keep_nothing_alive(client):
    assert client.post(reverse("core:keep_alive")).status_code == 302


def test_changing_the_password_ends_the_other_devices(focal):
    here, there = Client(), Client()
    for device in (here, there):
        log_in(device, focal.username)
    here.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "kuda laut menari pelan",
            "password2": "kuda laut menari pelan",
        },
    )
    assert there.get(reverse("usersessions_list")).status_code == 302
