"""Static files: known beforehand, compressed once, immutable under their version."""

import gzip
import hashlib
import os

import plotly
import pytest

from app import files
from app.settings import PROJECT

STATIC = PROJECT / "static"
NAMES = sorted(files.known())
PLAIN = {"accept-encoding": "identity"}
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_served_as_it_is_with_its_type(client, name):
    answer = client.get(files.static(name), headers=PLAIN)
    assert answer.status_code == 200
    assert answer.content == (STATIC / name).read_bytes()
    assert answer.headers["content-type"].startswith(KINDS[os.path.splitext(name)[1]])
    assert "content-encoding" not in answer.headers


def test_a_file_is_immutable_under_its_version(client):
    kept = client.get(files.static("css/tokens.css")).headers["cache-control"]
    assert kept == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("version", ["0", "old", "%F0%9F%97%BB", "x" * 500])
def test_a_file_under_another_version_is_asked_for_again(client, version):
    answer = client.get(f"/static/{version}/css/tokens.css")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder in the place of static/; call `restart` after a change."""
    monkeypatch.setattr(files, "STATIC", tmp_path)
    restart()
    yield tmp_path
    monkeypatch.undo()
    restart()


def restart():
    """What is known of static/ is learnt once per process."""
    files.known.cache_clear()
    files.version.cache_clear()


def test_the_version_changes_with_any_file(folder):
    seen = []
    changes = [
        lambda: (folder / "a.css").write_text("a {}"),
        lambda: (folder / "b.css").write_text("b {}"),
        lambda: (folder / "a.css").write_text("a { margin: 0 }"),
        lambda: (folder / "b.css").rename(folder / "c.css"),
        (folder / "c.css").unlink,
    ]
    for change in changes:
        change()
        restart()
        seen.append(files.version())
    assert len(set(seen)) == len(changes)


def test_an_edited_file_is_compressed_anew(client, folder):
    for when, text in enumerate(("a {}" * 400, "b {}" * 400)):
        (folder / "a.css").write_text(text)
        os.utime(folder / "a.css", ns=(when, when))
        restart()
        assert client.get(files.static("a.css")).text == text


def test_a_tiny_file_is_not_compressed(client, folder):
    (folder / "a.css").write_text("a {}")
    restart()
    answer = client.get(files.static("a.css"), headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.text == "a {}"


@pytest.mark.parametrize("name", [name for name in NAMES if (STATIC / name).stat().st_size > 600])
def test_a_file_is_compressed_for_a_browser_that_takes_it(client, name):
    with client.stream("GET", files.static(name), headers={"accept-encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "accept-encoding"
    assert gzip.decompress(packed) == (STATIC / name).read_bytes()
    assert len(packed) == int(answer.headers["content-length"])


OUTSIDE = [
    "/static/x/../app/main.py",
    "/static/x/..%2f..%2fapp%2fmain.py",
    "/static/x/..%2F..%2F..%2F..%2F..%2Fetc%2Fpasswd",
    "/static/x/%2e%2e/%2e%2e/app/main.py",
    "/static/x/%2fetc%2fpasswd",
    "/static/x//etc/passwd",
    "/static/..%2f..%2fapp/main.py",
    "/static/x/css/..%2f..%2f..%2fapp%2fmain.py",
    "/static/x/css%5c..%5c..%5capp%5cmain.py",
    "/static/x/css/tokens.css%00",
    "/static/x/css",
    "/static/x/css/",
    "/static/x/",
    "/static/x",
    "/static/",
    "/static",
    "/static/x/CSS/tokens.css",
    "/static/x/./css/./tokens.css.",
]


@pytest.mark.parametrize("address", OUTSIDE)
def test_nothing_but_the_known_files_can_be_had(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.json()["detail"]
    assert "import" not in answer.text
    assert "root:" not in answer.text


PRIVATE = [".git/config", "app/main.py", "pyproject.toml", ".env", ".cache", "templates/base.html"]


@pytest.mark.parametrize("name", PRIVATE)
def test_the_project_s_own_files_cannot_be_had(client, name):
    for address in (f"/{name}", f"/static/{files.version()}/{name}"):
        assert client.get(address).status_code == 404


BUNDLE = (PROJECT / plotly.__path__[0] / "package_data" / "plotly.min.js").read_bytes()


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_plotly_is_the_one_inside_the_pinned_package(client, encoding):
    answer = client.get("/plotly.js", headers={"accept-encoding": encoding})
    assert answer.headers["content-type"].startswith("text/javascript")
    assert (answer.headers.get("content-encoding") == "gzip") == (encoding == "gzip")
    assert hashlib.sha256(answer.content).digest() == hashlib.sha256(BUNDLE).digest()


SCRIPTS = ["/plotly.js", "/tables.js", "/words/zh-TW.js"]


@pytest.mark.parametrize("path", SCRIPTS)
def test_a_script_is_not_sent_twice_to_the_same_browser(client, path):
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(path, headers={"if-none-match": known})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
    changed = client.get(path, headers={"if-none-match": '"other"'})
    assert changed.status_code == 200


@pytest.mark.parametrize("path", SCRIPTS)
def test_a_script_is_compressed_for_a_browser_that_takes_it(client, path):
    plain = client.get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["etag"] == plain.headers["etag"]
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 2


def test_plotly_is_served_even_where_nothing_can_be_kept(monkeypatch, tmp_path):
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("")
    monkeypatch.setattr(files, "cache_folder", lambda: blocked)
    assert gzip.decompress(files.packed_plotly.__wrapped__()) == BUNDLE


def test_a_kept_file_is_seen_whole_or_not_at_all(monkeypatch, tmp_path):
    written = []
    replace = type(tmp_path).replace

    def noting(part, path):
        written.append((part.read_bytes(), path.exists()))
        return replace(part, path)

    monkeypatch.setattr(type(tmp_path), "replace", noting)
    files.write_whole(tmp_path / "deep" / "a.gz", b"abc")
    assert written == [(b"abc", False)]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["a.gz"]


@pytest.mark.parametrize("path", ["/plotly.js", files.static("css/tokens.css")])
def test_a_head_request_tells_the_same_without_the_file(client, path):
    head, get = client.head(path), client.get(path)
    assert head.status_code == 200
    for name in ("content-type", "cache-control", "content-length", "content-encoding", "etag"):
        assert head.headers.get(name) == get.headers.get(name)
