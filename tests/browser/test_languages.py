"""Every language: chosen on the page, kept in the address, and with room for its words."""

import re

import pytest
from playwright.sync_api import expect

from app import words
from tests.browser.lab import Lab

CHINESE = [locale for locale in words.LOCALES if locale != "en"]
SCENE = "surface=himmelblau&eta=0.004&run=momentum"


def test_a_language_is_picked_and_the_scene_stays(lab: Lab) -> None:
    lab.open(SCENE)
    expect(lab.at("html")).to_have_attribute("lang", "en")
    lab.at("#pick-lang").select_option("zh-TW")
    lab.page.wait_for_url("**/?*lang=zh-TW*")
    expect(lab.at("html")).to_have_attribute("lang", "zh-TW")  # the page is read anew
    lab.until("witness.ready")
    lab.until_address({"surface": "himmelblau", "eta": 0.004, "lang": "zh-TW"})
    expect(lab.at("html")).to_have_attribute("lang", "zh-TW")
    expect(lab.at(".places a").first).to_have_text(words.messages("zh-TW")["Lab"])
    lab.again()
    expect(lab.at("#pick-lang")).to_have_value("zh-TW")
    lab.at(".places a").last.click()
    lab.page.wait_for_url("**/experiments?*lang=zh-TW*")
    expect(lab.at("html")).to_have_attribute("lang", "zh-TW")
    lab.until("witness.ready")
    lab.at("#pick-lang").select_option("en")
    expect(lab.at("html")).to_have_attribute("lang", "en")
    assert "lang=en" in lab.page.url


@pytest.mark.parametrize("locale", CHINESE)
def test_chinese_has_room_on_a_phone(phone: Lab, locale: str) -> None:
    for width in (390, 320):
        phone.page.set_viewport_size({"width": width, "height": 844})
        phone.open(f"surface=two-valleys&eta=NaN&run=gd&run=adam&inspect=0&lang={locale}")
        phone.open_details()
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= width
        assert phone.probe("outside") == []
        assert phone.probe("cut") == []
        assert phone.probe("small", 43.9) == []


@pytest.mark.parametrize("locale", CHINESE)
def test_chinese_has_room_at_every_width(lab: Lab, locale: str) -> None:
    lab.open(
        f"surface=long-valley&run=gd&run=momentum&map=eta:0.001..1,lambda:0..0.99&lang={locale}"
    )
    lab.open_details()
    for width in (600, 1024, 1280, 1440):
        lab.page.set_viewport_size({"width": width, "height": 800})
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= width
        assert lab.probe("outside") == []
        assert lab.probe("cut") == []


@pytest.mark.parametrize("locale", CHINESE)
def test_no_english_sentence_is_left_in_chinese(lab: Lab, locale: str) -> None:
    """Beside Chinese there may be names: of papers, of functions."""
    lab.open(f"{SCENE}&run=gd,batch:1&spread=0.2&inspect=0&lang={locale}")
    lab.open_details()
    texts = lab.probe("texts")
    english = {text for text in texts if re.search("[a-z]{2,} [a-z]{2,}", text)}
    assert {text for text in english if not re.search("[一-鿿]", text)} == set()
    assert sum(bool(re.search("[一-鿿]", text)) for text in texts) > 150
