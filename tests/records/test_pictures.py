"""Drawings and mark images stay with their documents: inside an archive, or beside them in a folder."""

import zipfile

import pytest
from django.urls import reverse

from patmark.errors import BadInput, NotFound
from tests.records.documents import GIF, PNG, TIFF, publication, write_xml
from tests.records.tables import imported, key
from tests.shared_data import shared
from zhiquan.common.action import CONSOLE
from zhiquan.records import importing, pictures, queries
from zhiquan.records.models import BatchFile, Companion, Record, Subject

pytestmark = pytest.mark.django_db


def folder_with(tmp_path, name="图1.png", content=PNG, drawing=None):
    folder = tmp_path / "文献"
    write_xml(folder / "内" / "a.xml", publication(1, drawing=drawing or name))
    (folder / "内" / name).write_bytes(content)
    return folder


def whole():
    return queries.whole(queries.record_of(key(1)))


def test_a_drawing_inside_an_archive_is_kept_with_it(tmp_path):
    path = write_xml(tmp_path / "a.xml", publication(1, drawing="图1.png"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(path, "内/a.xml")
        archive.writestr("内/图1.png", PNG)
    imported(tmp_path / "a.zip")
    assert pictures.image(whole(), 1) == pictures.Image("image/png", PNG)


def test_a_drawing_beside_its_document_in_a_folder_is_kept_and_refuses_nothing(tmp_path):
    batch = imported(folder_with(tmp_path))
    assert [one.name for one in batch.files.all()] == ["文献/内/a.xml"]
    assert batch.files.get().state == BatchFile.State.DONE
    companion = batch.companions.get()
    assert (companion.name, companion.media_type, companion.size) == ("文献/内/图1.png", "image/png", len(PNG))
    assert pictures.image(whole(), 1).content == PNG


def test_what_kind_of_picture_it_is_its_bytes_say(tmp_path):
    imported(folder_with(tmp_path, "a.TIF", GIF, drawing="a.tif"))
    assert pictures.image(whole(), 1).media_type == "image/gif"


@pytest.mark.parametrize("content", [b"<svg xmlns='x'><script>1</script></svg>", b"%PDF-1.4", b"<html></html>"])
def test_what_is_no_picture_is_not_handed_out(tmp_path, content):
    imported(folder_with(tmp_path, "a.png", content))
    with pytest.raises(NotFound, match="没有随数据导入"):
        pictures.image(whole(), 1)


@pytest.mark.parametrize("name", ["../../../../../../etc/passwd", "/etc/passwd", "..\\..\\secret.png"])
def test_a_name_that_climbs_finds_nothing(tmp_path, name):
    imported(folder_with(tmp_path, "a.png", PNG, drawing=name))
    assert pictures.hung(whole()) == []
    with pytest.raises(NotFound):
        pictures.image(whole(), 1)


def test_a_picture_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST", 10)
    imported(folder_with(tmp_path))
    with pytest.raises(NotFound):
        pictures.image(whole(), 1)


def test_a_drawing_of_an_undone_batch_is_gone_with_it(tmp_path):
    folder = folder_with(tmp_path)
    imported(folder / "内" / "a.xml")
    assert pictures.hung(whole()) == []
    batch = imported(folder)
    assert [one.file for one in pictures.hung(whole())] == ["图1.png"]
    importing.undo(CONSOLE, batch)
    assert pictures.hung(whole()) == []


def test_a_folder_of_nothing_but_pictures_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "a.png").write_bytes(PNG)
    with pytest.raises(BadInput, match="只有图片"):
        imported(tmp_path)
    assert not Companion.objects.exists()


def test_a_picture_named_by_itself_is_no_companion(tmp_path):
    (tmp_path / "a.png").write_bytes(PNG)
    file = imported(tmp_path / "a.png").files.get()
    assert file.state == BatchFile.State.REFUSED and "图片" in file.refusal


def test_a_schema_and_a_document_in_a_folder_are_kept_unread(tmp_path):
    folder = folder_with(tmp_path)
    (folder / "说明.pdf").write_bytes(b"%PDF-1.4\n")
    (folder / "a.xsd").write_text('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', encoding="utf-8")
    batch = imported(folder)
    assert batch.companions.count() == 3
    assert {file.state for file in batch.files.all()} == {BatchFile.State.DONE}


def test_anyone_sees_the_drawings_on_the_page_of_the_record(tmp_path, client):
    imported(folder_with(tmp_path))
    address = reverse("patent.picture", args=[key(1), 1])
    page = client.get(reverse("patent", args=[key(1)]))
    assert 'src="pictures/1/"' in page.content.decode()
    answer = client.get(address)
    assert (answer["Content-Type"], answer.content) == ("image/png", PNG)
    assert answer["X-Content-Type-Options"] == "nosniff" and "Content-Disposition" not in answer
    assert client.get(reverse("patent.picture", args=[key(1), 2])).status_code == 404
    assert client.get(reverse("trademark.picture", args=[key(1), 1])).status_code == 404


def test_a_scan_no_browser_shows_is_handed_out_as_a_file(tmp_path, client):
    imported(folder_with(tmp_path, "a.tif", TIFF))
    assert "download" in client.get(reverse("patent", args=[key(1)])).content.decode()
    answer = client.get(reverse("patent.picture", args=[key(1), 1]))
    assert answer["Content-Type"] == "image/tiff" and answer["Content-Disposition"].startswith("attachment")


def test_the_image_of_a_real_mark_is_shown_from_its_archive(client):
    imported(shared("data/trademark_xml/sn76044902.zip"))
    record = Record.objects.get(subject=Subject.TRADEMARK)
    answer = client.get(reverse("trademark.picture", args=[record.key, 1]))
    assert answer.status_code == 200 and answer["Content-Type"] in pictures.SHOWN
