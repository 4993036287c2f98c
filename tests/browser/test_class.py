"""The page for the hall: the address in large letters, and the same as a QR code."""

import urllib.request

import segno
from playwright.sync_api import expect

from tests.browser.lab import Lab


def test_the_class_page_shows_the_address_and_its_code(lab: Lab) -> None:
    lab.page.goto(f"{lab.server.url}/class")
    link = lab.at(".class-address a")
    address = link.inner_text()
    assert address.startswith("http://")
    assert f":{lab.server.port}/" in address
    expect(link).to_have_attribute("href", address)
    size = float(link.evaluate("link => parseFloat(getComputedStyle(link).fontSize)"))
    assert size >= 28
    code = lab.page.get_by_role("img", name="QR code")
    assert code.evaluate("image => image.complete && image.naturalWidth > 0")
    with urllib.request.urlopen(f"{lab.server.url}/class.svg") as answer:
        drawn = answer.read().decode()
    own = segno.make_qr(address).svg_inline(
        scale=8, border=4, dark="#000", light="#fff", omitsize=True
    )
    assert own.split(" d=")[-1] == drawn.split(" d=")[-1]
    box = code.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 300
    lab.page.get_by_role("link", name="To the lab", exact=True).click()
    lab.until("witness.ready")


def test_the_share_dialog_leads_to_the_class_page(lab: Lab) -> None:
    lab.open()
    lab.button("Share").click()
    lab.page.get_by_role("link", name="Address and QR code for a class").click()
    expect(lab.at(".class-code")).to_be_visible()
