"""The table of settings: from the environment, with the command line before it."""

import pytest

from app import settings
from app.__main__ import arguments
from app.settings import SETTINGS, setting


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for row in SETTINGS:
        monkeypatch.delenv(f"DOWNHILL_{row.name.upper()}", raising=False)


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.name)
def test_a_setting_is_its_default_when_nothing_is_said(row):
    assert setting(row.name) == row.default
    assert type(setting(row.name)) is type(row.default)
    assert row.help


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.name)
def test_a_setting_is_read_from_the_environment_with_its_type(row, monkeypatch):
    monkeypatch.setenv(f"DOWNHILL_{row.name.upper()}", "7")
    assert setting(row.name) == type(row.default)("7")
    assert type(setting(row.name)) is type(row.default)


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.name)
def test_an_empty_setting_is_not_set(row, monkeypatch):
    monkeypatch.setenv(f"DOWNHILL_{row.name.upper()}", "")
    assert setting(row.name) == row.default
    assert type(setting(row.name)) is type(row.default)


def test_an_unknown_setting_is_no_setting():
    with pytest.raises(KeyError):
        setting("colour")


def test_names_are_told_once():
    assert len({row.name for row in SETTINGS}) == len(SETTINGS)


def test_the_command_line_comes_before_the_environment(monkeypatch):
    monkeypatch.setenv("DOWNHILL_PORT", "9000")
    assert arguments([]).port == 9000
    assert arguments(["--port", "9001"]).port == 9001
    assert arguments(["--host", "::1", "--workers", "3"]).host == "::1"


def test_only_a_class_lets_the_whole_network_in():
    assert arguments([]).host == "127.0.0.1"
    assert not arguments([]).for_class
    assert arguments(["--class"]).for_class


def test_the_cache_is_a_folder_of_the_project_unless_an_absolute_one_is_named(
    monkeypatch, tmp_path
):
    assert settings.cache_folder() == settings.PROJECT / ".cache"
    monkeypatch.setenv("DOWNHILL_CACHE", str(tmp_path))
    assert settings.cache_folder() == tmp_path
    monkeypatch.setenv("DOWNHILL_CACHE", "")
    assert settings.cache_folder() == settings.PROJECT / ".cache"
