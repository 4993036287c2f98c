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
from app.experiments import address
from app.experiments.pool import Pool
from app.settings import PROJECT
from app.tables import tables

router = APIRouter(include_in_schema=False)


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
    """The language the address asks for, or else the browser."""
    accepted = request.headers.get("accept-language", "")
    return words.spoken(request.query_params.get("lang", ""), accepted)


def page(
    request: Request, template: str, entry: str = "", status: int = 200, **values: Any
) -> HTMLResponse:
    """A page; `entry` is the module it runs, which is loaded at once with all it imports."""
    locale = language(request)
    text = (
        environment(locale)
        .get_template(template)
        .render(
            tables=tables(),
            locale=locale,
            query=request.url.query,
            version=files.version(),
            entry=entry,
            modules=files.imported(entry) if entry else (),
            **values,
        )
    )
    headers = {"cache-control": "no-cache", "vary": "accept-language"}
    return HTMLResponse(text, status, headers=headers)


@router.api_route("/", methods=files.READ)
def lab(request: Request) -> HTMLResponse:
    """Any address gives the lab; bad values are named by the page."""
    return page(request, "lab.html", "js/page.js", place="lab", changes=True)


@router.api_route("/experiments", methods=files.READ)
async def experiments(request: Request) -> HTMLResponse:
    """All experiments, and which of them this machine has done at their defaults."""
    pool: Pool = request.app.state.pool
    names = [row["name"] for row in tables()["experiments"]]
    known = {name: pool.known(address.read(name, "")) for name in names}
    states = {name: job.state if job else "" for name, job in known.items()}
    return page(request, "experiments.html", "js/plainpage.js", place="experiments", states=states)


@router.api_route("/experiments/table", methods=files.READ)
def evidence(request: Request) -> HTMLResponse:
    """The lecture's table; its figures come from the API, and asking for them begins nothing."""
    return page(request, "evidence.html", "js/evidencepage.js", place="experiment")


@router.api_route("/experiments/{name}", methods=files.READ)
def experiment(request: Request, name: str) -> HTMLResponse:
    """One experiment; bad knobs are named by the page. Another name gives a page that says so."""
    rows = {row["name"]: row for row in tables()["experiments"]}
    if name not in rows:
        return page(
            request, "missing.html", "js/plainpage.js", 404, place="experiment", name=name[:80]
        )
    row = rows[name]
    return page(
        request, "experiment.html", "js/experimentpage.js",
        place="experiment", changes=True, experiment=row,
    )  # fmt: skip


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
def tables_module(request: Request) -> Response:
    lines = (f"export const {name} = {json.dumps(rows)};\n" for name, rows in tables().items())
    return files.made_script(request, "".join(lines))


@router.api_route("/words/{locale}.js", methods=files.READ)
def words_module(request: Request, locale: str) -> Response:
    if locale not in words.LOCALES:
        raise HTTPException(404, f"languages: {', '.join(words.LOCALES)}")
    return files.made_script(request, words.module(locale))
