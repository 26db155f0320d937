"""Programs send files too: by the same protocol with a device's token, or at once."""

from django.core.files.uploadedfile import SimpleUploadedFile

from apps.files import actions
from apps.files.models import StoredFile
from tests.files.sending import begin, send_piece

API = "/api/v1/e/sakuragawa-care"


def test_a_program_sends_in_pieces_and_asks_until_it_is_ready(cast, browser_of):
    browser = browser_of(cast.sato)
    where = begin(browser, 8, "a.txt", at=f"{API}/uploads/")["Location"]
    assert where.startswith(f"{API}/uploads/")

    send_piece(browser, where, 0, b"1234")
    assert browser.head(where, headers={"Tus-Resumable": "1.0.0"})["Upload-Offset"] == "4"
    send_piece(browser, where, 4, b"5678")
    file = StoredFile.objects.get()
    asked = f"{API}/files/{file.pk}/"

    assert browser.get(asked).json()["state"] == "checking"
    actions.look_at(file_id=file.pk)
    assert browser.get(asked).json()["state"] == "ready"
    assert [one["id"] for one in browser.get(f"{API}/files/").json()] == [str(file.pk)]
    assert browser.delete(asked).status_code == 204
    assert not StoredFile.objects.exists()


def test_a_small_file_comes_at_once(cast, browser_of):
    sent = {"file": SimpleUploadedFile("報告.txt", b"memo")}

    answer = browser_of(cast.sato).post(f"{API}/files/", sent)

    assert (answer.status_code, answer.json()["name"], answer.json()["state"]) == (201, "報告.txt", "checking")


def test_a_wrong_offset_is_told_in_the_apis_words(cast, browser_of):
    browser = browser_of(cast.sato)
    where = begin(browser, 8, "a.txt", at=f"{API}/uploads/")["Location"]

    answer = send_piece(browser, where, 3, b"1234")

    assert (answer.status_code, answer.json()["code"]) == (409, "piece_out_of_place")
