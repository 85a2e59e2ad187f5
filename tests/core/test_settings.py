from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from policysite.base.problems import Code, PolicysiteError
from policysite.model.build_choices import status_date, wants_drafts
from policysite.model.settings import Contact, Settings
from policysite.model.settings_reader import settings_from, unknown_language

SEOUL = ZoneInfo("Asia/Seoul")
LANGUAGES = {"en": "English", "ko": "한국어"}
CONTACT = {
    "name": {"en": "Privacy Team", "ko": "개인정보 보호팀"},
    "phone": "02-123-4567",
    "email": "privacy@example.com",
}


def conf(**values: Any) -> dict[str, Any]:
    """Return the names of a ``conf.py`` that is valid except for *values*."""
    good: dict[str, Any] = {"languages": LANGUAGES, "policies": {"privacy": {}}}
    return {f"policysite_{name}": value for name, value in {**good, **values}.items()}


def problems(**values: Any) -> list[str]:
    with pytest.raises(PolicysiteError) as caught:
        settings_from(conf(**values))
    return [str(problem) for problem in caught.value.problems]


def test_settings() -> None:
    settings = settings_from(
        conf(
            time_zone="Asia/Seoul",
            base_url="https://example.com/policies",
            publisher="Hanbit Corp.",
            policies={"privacy": {"contact": CONTACT}, "terms": {}},
            unreviewed_translations=["ko"],
        )
    )
    assert settings.time_zone == SEOUL
    assert settings.base_url == "https://example.com/policies"
    assert settings.publisher == "Hanbit Corp."
    assert list(settings.policies) == ["privacy", "terms"]
    assert settings.unreviewed_translations == ("ko",)
    assert settings.policies["privacy"].notice_days == 0
    contact = settings.policies["privacy"].contact
    assert (contact.phone, contact.email) == ("02-123-4567", "privacy@example.com")
    assert settings.policies["terms"].contact == Contact()


def test_a_contact_is_named_in_the_language_of_the_reader() -> None:
    contact = Contact({"en": "Privacy Team", "ko": "개인정보 보호팀"})
    assert contact.name("ko") == "개인정보 보호팀"
    assert contact.name("ja") == "Privacy Team"
    assert Contact().name("ko") == ""


@pytest.mark.parametrize(
    ("source", "order"), [("en", ["en", "ko", "zh_TW"]), ("ko", ["ko", "en", "zh_TW"])]
)
def test_the_source_language_comes_first(source: str, order: list[str]) -> None:
    languages = {"en": "English", "ko": "한국어", "zh_TW": "繁體中文"}
    settings = settings_from(conf(source_language=source, languages=languages))
    assert list(settings.languages) == order


def test_a_missing_source_language() -> None:
    assert problems(languages={"ko": "한국어"}) == [
        "conf.py: [settings] policysite_languages does not list the source language 'en'. "
        "Add it with its own name, as in {'en': 'English', 'ko': '한국어'}."
    ]


def test_a_language_that_does_not_exist() -> None:
    assert problems(languages={"en": "English", "kr": "한국어"}) == [
        "conf.py: [unknown-language] Found language 'kr', which is not a language of the CLDR. "
        "Use a code like 'en', 'ko' or 'zh_TW'."
    ]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"languages": ["en"]}, "policysite_languages is a list; expected a dict."),
        ({"policies": ["privacy"]}, "policysite_policies is a list; expected a dict."),
        ({"publisher": None}, "policysite_publisher is a NoneType; expected a str."),
        (
            {"unreviewed_translations": "ko"},
            "policysite_unreviewed_translations is a str; expected a list.",
        ),
        ({"unreviewed_translations": ["kr"]}, "Found language 'kr'"),
        (
            {"publisher_names": {"ja": "株式会社"}},
            "Found language 'ja' in policysite_publisher_names",
        ),
        ({"publisher_names": {"en": "Acme"}}, "Found language 'en' in policysite_publisher_names"),
        ({"publisher_names": {"ko": " "}}, "policysite_publisher_names has ' ' for 'ko'"),
        (
            {"publisher_names": {"ko": "a\nb"}},
            "The name for 'ko' in policysite_publisher_names has a line break",
        ),
        ({"policies": {}}, "policysite_policies is empty."),
        ({"policies": {"Privacy": {}}}, "Found the policy name 'Privacy'"),
        ({"policies": {"privacy policy": {}}}, "Found the policy name 'privacy policy'"),
        ({"policies": {"../privacy": {}}}, "Found the policy name '../privacy'"),
        ({"policies": {"": {}}}, "Found the policy name ''"),
        ({"policies": {7: {}}}, "Found the policy name 7"),
        ({"policies": {"privacy": None}}, "The settings of policy 'privacy' are not a mapping."),
        (
            {"policies": {"privacy": {"contcat": CONTACT}}},
            "Policy 'privacy' has the unknown settings 'contcat'. "
            "Known are 'contact', 'link_references', 'notice_days', 'notice_periods', 'notice_sentences', and in contact 'email', 'name', 'phone'.",
        ),
        *(
            (
                {"policies": {"privacy": {"notice_days": days}}},
                f"The notice_days of policy 'privacy' are {days!r}; expected a number of days. "
                "Write it like 7, or leave it out if nothing is promised.",
            )
            for days in (-1, "7", True, 7.5, None)
        ),
        *(
            (
                {"policies": {"privacy": {"notice_periods": {"material": period}}}},
                f"The notice period of policy 'privacy' for 'material' is {period!r}; expected days, or months. "
                "Write it like {'material': 7, 'adverse': '1 month'}.",
            )
            for period in (-1, "7", True, 7.5, None, "1 week", "0 days", "1 month ", 10_000)
        ),
        (
            {"policies": {"privacy": {"notice_periods": {"big": 7}}}},
            "Found the kind of change 'big' in the notice_periods of policy 'privacy'; known are 'editorial', "
            "'material', 'adverse'. Correct its name.",
        ),
        *(
            (
                {"policies": {"privacy": {"notice_sentences": sentences}}},
                f"{found} Write them by language, as in {{'objection': {{'en': 'Write to us by …'}}}}.",
            )
            for sentences, found in (
                ([], "The notice_sentences of policy 'privacy' are not a mapping."),
                (
                    {"refusal": {}},
                    "Found 'refusal' in the notice_sentences of policy 'privacy'; known are 'objection', 'silence'.",
                ),
                (
                    {"silence": "yes"},
                    "The silence in the notice_sentences of policy 'privacy' is 'yes'.",
                ),
                (
                    {"silence": {"en": ""}},
                    "The silence in the notice_sentences of policy 'privacy' is {'en': ''}.",
                ),
            )
        ),
        (
            {"policies": {"privacy": {"notice_periods": 7}}},
            "The notice_periods of policy 'privacy' are not a mapping.",
        ),
        (
            {"policies": {"privacy": {"link_references": "yes"}}},
            "The link_references of policy 'privacy' are 'yes'; expected True or False.",
        ),
        (
            {"policies": {"privacy": {"contact": {"fax": "02-123-4568"}}}},
            "Policy 'privacy' has the unknown settings 'fax'.",
        ),
    ],
)
def test_a_setting_of_the_wrong_form(values: dict[str, Any], message: str) -> None:
    (found,) = problems(**values)
    assert message in found


@pytest.mark.parametrize(
    "values",
    [
        {"languages": {"en": "English", 7: "한국어"}},
        {"languages": {"en": 7}},
        {"languages": {"en": ""}},
        {"unreviewed_translations": [None]},
        {"policies": {"privacy": {"contact": None}}},
        {"policies": {"privacy": {"contact": "privacy@example.com"}}},
        {"policies": {"privacy": {"contact": {"name": "Privacy Team"}}}},
        {"policies": {"privacy": {"contact": {"phone": 16442243}}}},
        {"policies": {"privacy": {7: {}, "terms": {}}}},
    ],
)
def test_a_wrong_form_inside_a_setting_is_a_problem_too(values: dict[str, Any]) -> None:
    assert all(found.startswith("conf.py: [") for found in problems(**values))


def test_the_id_of_the_site() -> None:
    written = "0F8FAD5B-d9cb-469f-a165-70867728950e"
    assert str(settings_from(conf(site_id=written)).site_id) == written.lower()
    # Without one the name of the publisher is used; these are written down, as they must never change.
    named = settings_from(conf(publisher="Hanbit Corp.", base_url="https://example.com")).site_id
    assert str(named) == "86bd772b-c91a-500a-b8f3-c05f568edf9b"
    assert settings_from(conf(publisher="Hanbit")).site_id != named


@pytest.mark.parametrize(
    "site_id",
    [
        "1",
        "0f8fad5bd9cb469fa16570867728950e",
        "{0f8fad5b-d9cb-469f-a165-70867728950e}",
        "한빛",
        " ",
    ],
)
def test_an_id_of_the_site_that_is_no_uuid(site_id: str) -> None:
    assert problems(site_id=site_id) == [
        f"conf.py: [settings] policysite_site_id is {site_id!r}; expected a UUID like "
        "'0f8fad5b-d9cb-469f-a165-70867728950e'. Write one that you generate once, with "
        "python3 -c 'import uuid; print(uuid.uuid4())', and never change it."
    ]


def test_an_unreviewed_translation_that_the_site_does_not_have() -> None:
    (found,) = problems(unreviewed_translations=["ja"])
    assert "'ja'" in found


@pytest.mark.parametrize(
    "time_zone", ["", "Seoul", "asia/seoul", "Asia", "../../etc/passwd", "/etc"]
)
def test_a_time_zone_that_does_not_exist(time_zone: str) -> None:
    assert problems(time_zone=time_zone) == [
        f"conf.py: [settings] policysite_time_zone is {time_zone!r}, which is not a known time zone. "
        "Use a name like 'Asia/Seoul'."
    ]


@pytest.mark.parametrize(
    "base_url",
    ["", "https://example.com", "http://localhost:8000/a/", "https://example.com/a%20b/~c"],
)
def test_an_address_of_the_site(base_url: str) -> None:
    assert settings_from(conf(base_url=base_url)).base_url == base_url


@pytest.mark.parametrize(
    "base_url",
    [
        "example.com",
        "//example.com",
        "ftp://example.com",
        "https://",
        "https:///policies",
        "https://example.com/our policies",
        "https://example.com\n",
        "https://example.com/x?y=1",
        "https://example.com/x#y",
        'https://example.com/x"><b>',
        "https://user:word@example.com/x",
        "https://example.com/정책",
        "https://example.com/100%",
    ],
)
def test_what_is_no_address_of_a_site(base_url: str) -> None:
    (found,) = problems(base_url=base_url)
    assert f"policysite_base_url is {base_url!r}; expected an address like" in found


def test_all_settings_are_reported_at_once() -> None:
    found = problems(
        languages={"kr": "한국어"},
        time_zone="Seoul",
        base_url="example.com",
        policies={"Privacy": {"contact": {"fax": ""}}},
    )
    for part in ("source language 'en'", "'kr'", "'Seoul'", "'example.com'", "'Privacy';", "'fax'"):
        assert any(part in problem for problem in found), part


def test_a_build_for_a_language_that_the_site_does_not_list() -> None:
    settings: Settings = settings_from(conf())
    problem = unknown_language("ja", settings)
    assert problem.code is Code.UNKNOWN_LANGUAGE
    assert problem.message == "Found language 'ja'; this site has 'en', 'ko'."


@pytest.mark.parametrize(
    ("environ", "day"),
    [
        ({"POLICYSITE_DATE": "2024-12-27"}, dt.date(2024, 12, 27)),
        ({"POLICYSITE_DATE": "2024-02-29"}, dt.date(2024, 2, 29)),
        # It wins over the epoch.
        (
            {"POLICYSITE_DATE": "2024-12-27", "SOURCE_DATE_EPOCH": "0"},
            dt.date(2024, 12, 27),
        ),
        ({"POLICYSITE_DATE": "", "SOURCE_DATE_EPOCH": "0"}, dt.date(1970, 1, 1)),
        # Midnight in Seoul: 2024-12-26 15:00 in UTC.
        ({"SOURCE_DATE_EPOCH": "1735225199"}, dt.date(2024, 12, 26)),
        ({"SOURCE_DATE_EPOCH": "1735225200"}, dt.date(2024, 12, 27)),
    ],
)
def test_status_date(environ: dict[str, str], day: dt.date) -> None:
    assert status_date(environ, SEOUL) == day


def test_without_an_input_the_status_date_is_today_where_the_policy_applies() -> None:
    # Kiritimati and Pago Pago never have the same date.
    ahead, behind = ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")
    before = dt.datetime.now(ahead).date()
    found = status_date({}, ahead)
    assert before <= found <= dt.datetime.now(ahead).date()
    assert status_date({}, behind) < status_date({}, ahead)


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        (
            {"POLICYSITE_DATE": "27.12.2024"},
            "POLICYSITE_DATE: [date-input] Found '27.12.2024'; expected a day like 2024-12-27. "
            "Correct the environment variable, or unset it to use today.",
        ),
        (
            {"POLICYSITE_DATE": "2024-02-30"},
            "POLICYSITE_DATE: [date-input] Found '2024-02-30'; expected a day like 2024-12-27. "
            "Correct the environment variable, or unset it to use today.",
        ),
        (
            {"SOURCE_DATE_EPOCH": "yesterday"},
            "SOURCE_DATE_EPOCH: [date-input] Found 'yesterday'; expected seconds since 1970. "
            "Correct the environment variable, or unset it to use today.",
        ),
        (
            {"SOURCE_DATE_EPOCH": "9" * 30},
            f"SOURCE_DATE_EPOCH: [date-input] Found '{'9' * 30}'; expected seconds since 1970. "
            "Correct the environment variable, or unset it to use today.",
        ),
    ],
)
def test_a_status_date_that_is_no_date(environ: dict[str, str], message: str) -> None:
    with pytest.raises(PolicysiteError) as caught:
        status_date(environ, SEOUL)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("value", "wanted"), [(None, False), ("", False), ("0", False), ("1", True), ("yes", True)]
)
def test_drafts_are_built_only_when_asked_for(*, value: str | None, wanted: bool) -> None:
    environ = {} if value is None else {"POLICYSITE_DRAFTS": value}
    assert wants_drafts(environ) is wanted
