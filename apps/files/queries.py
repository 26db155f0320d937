"""How much there may be, and the bytes of what is kept."""

from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import storages
from django.db.models import Sum

from apps.environments.models import Member
from apps.files import refusals
from apps.files.models import FileLimits, FilePicture, FileState, PictureRole, StoredFile
from apps.files.refusals import FileLost, FileRefused
from apps.kernel.refusals import NotHere

SENTENCES = {one.code: one for one in vars(refusals).values() if isinstance(one, type) and issubclass(one, FileRefused)}


def limits_of(environment_id: UUID) -> FileLimits:
    """What the admin has said, or the usual limits."""
    found: FileLimits | None = FileLimits.objects.filter(environment=environment_id).first()
    return found or FileLimits(environment_id=environment_id)


def bytes_kept(member: Member) -> int:
    """How much of its room the member's environment has taken."""
    files = StoredFile.objects.filter(environment=member.environment_id).exclude(state=FileState.REFUSED)
    return int(files.aggregate(sum=Sum("size"))["sum"] or 0)


def why_refused(file: StoredFile) -> str:
    """The sentence for a file that was not kept. What filled it is not kept with the file."""
    refusal = SENTENCES.get(file.reason, FileRefused)
    said = str(refusal.sentence)
    return str(FileRefused.sentence) if "%(" in said else said


def opened(file: StoredFile) -> File:
    """The bytes that are kept, to be read in parts and closed."""
    return in_store(file.stored_as, file)


def picture_of(file: StoredFile, role: str, number: int = 0) -> FilePicture:
    """A picture of the file; NotHere where it has none such."""
    found: FilePicture | None = FilePicture.objects.filter(file=file, role=role, number=number).first()
    if found is None:
        raise NotHere(subject=file)
    return found


def drawn(picture: FilePicture) -> bytes:
    """The JPEG of a picture."""
    with in_store(picture.stored_as, picture.file) as opened_picture:
        content: bytes = opened_picture.read()
        return content


def in_store(name: str, file: StoredFile) -> File:
    try:
        return storages["files"].open(name)
    except (OSError, ValueError) as error:
        raise FileLost(subject=file) from error


def shown_pages(file: StoredFile) -> list[int]:
    """The numbers of the pages that can be looked at on a screen."""
    pages = FilePicture.objects.filter(file=file, role=PictureRole.PAGE)
    return list(pages.order_by("number").values_list("number", flat=True))
