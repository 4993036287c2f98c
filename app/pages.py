"""HTML pages, and the two modules of data they import.

The lab is rendered from the tables; what it shows comes by the socket. No inline script or
style anywhere (security.py says why).
"""

import json
from functools import lru_cache
from typing import Any

import segno
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

from app import files, reach, words
from app.settings import PROJECT
from app.tables import tables

router = APIRouter(include_in_schema=False)
JAVASCRIPT = "text/javascript"


@lru_cache(maxsize=8)
def environment(locale: str) -> Environment:
    loader = FileSystemLoader(PROJECT / "templates")
    made = Environment(
        loader=loader, autoescape=select_autoescape(), extensions=["jinja2.ext.i18n"]
    )
    made.install_gettext_translations(words.translations(locale), newstyle=True)  # type: ignore[attr-defined]
    made.globals["static"] = files.static
    return made


def language(request: Request) -> str:
    """The language the address asks for, if we speak it."""
    asked = request.query_params.get("lang", "")
    return asked if asked in words.LOCALES else words.LOCALES[0]


def page(request: Request, template: str, **values: Any) -> HTMLResponse:
    locale = language(request)
    text = (
        environment(locale)
        .get_template(template)
        .render(
            tables=tables(),
            locale=locale,
            query=request.url.query,
            version=files.version(),
            **values,
        )
    )
    return HTMLResponse(text, headers={"cache-control": "no-cache"})


@router.api_route("/", methods=files.READ)
def lab(request: Request) -> HTMLResponse:
    """Any address gives the lab; bad values are named by the page."""
    modules = sorted(name for name in files.known() if name.startswith("js/"))
    return page(request, "lab.html", modules=modules)


@router.api_route("/class", methods=files.READ)
def class_page(request: Request) -> HTMLResponse:
    """The address of this lab for everyone in the hall, large and as a QR code."""
    address = reach.address_for(str(request.base_url))
    return page(request, "class.html", address=address)


@router.api_route("/class.svg", methods=files.READ)
def class_code(request: Request) -> Response:
    try:
        code = segno.make_qr(reach.address_for(str(request.base_url)))
    except segno.DataOverflowError:
        raise HTTPException(400, "this address is too long for a QR code") from None
    text = code.svg_inline(scale=8, border=4, dark="#000", light="#fff", omitsize=True)
    text = text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return Response(text, media_type="image/svg+xml")


@router.api_route("/tables.js", methods=files.READ)
def tables_module() -> Response:
    lines = (f"export const {name} = {json.dumps(rows)};\n" for name, rows in tables().items())
    return Response("".join(lines), media_type=JAVASCRIPT, headers={"cache-control": "no-cache"})


@router.api_route("/words/{locale}.js", methods=files.READ)
def words_module(locale: str) -> Response:
    if locale not in words.LOCALES:
        raise HTTPException(404, f"languages: {', '.join(words.LOCALES)}")
    kept = {"cache-control": "no-cache"}
    return Response(words.module(locale), media_type=JAVASCRIPT, headers=kept)
