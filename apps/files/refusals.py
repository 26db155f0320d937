"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class FileRefused(Refusal):
    """A file that is not kept, for what it is. Its code stands beside the file; the sentence is said with it."""

    code = "file_not_kept"
    sentence = _("This file cannot be kept. Please send a picture, a PDF, a Word, Excel or PowerPoint file, or a text.")


class FileUnknown(FileRefused):
    code = "file_unknown"
    sentence = _(
        "Files of this kind are not accepted. Please send a picture, PDF, Word, Excel, PowerPoint, text, CSV, ZIP, sound or film."
    )


class FileIsSomethingElse(FileRefused):
    code = "file_is_something_else"
    sentence = _(
        "This file is not what its name says: it holds %(found)s. Please make sure that it is the right one, and save it anew."
    )


class FileEmpty(FileRefused):
    code = "nothing_in_file"
    sentence = _("There is nothing in this file. Please choose another one.")


class FileTooFine(FileRefused):
    code = "file_too_fine"
    sentence = _("This picture has more than %(limit)s million pixels. Please make it smaller and send it again.")


class FileTooLong(FileRefused):
    code = "file_too_long"
    sentence = _("This PDF is too long or too intricate: %(limit)s pages can be kept at once. Please split it.")


class FileLocked(FileRefused):
    code = "file_locked"
    sentence = _(
        "This file is protected with a password or encrypted, so it cannot be looked at. Please save it without protection and send it again."
    )


class FileActs(FileRefused):
    code = "file_acts"
    sentence = _(
        "This file holds macros, programs, forms that send data, or hidden files. Please save it without them, or as a PDF anew."
    )


class FileUnreadable(FileRefused):
    code = "file_unreadable"
    sentence = _("This file is damaged and cannot be read. Please make it anew and send it again.")


class FileUnpacksTooFar(FileRefused):
    code = "file_unpacks_too_far"
    sentence = _("This file unpacks to far more than it shows. Please send what is inside by itself.")


class FileHoldsArchive(FileRefused):
    code = "file_holds_archive"
    sentence = _(
        "There is another archive inside this one, which is not looked into. Please send its files by themselves."
    )


class FileIsOld(FileRefused):
    code = "file_is_old"
    sentence = _(
        "This is a file of an old Word, Excel or PowerPoint, which may hide macros. Please save it in today's format (docx, xlsx, pptx) or as a PDF."
    )


class FileInfected(FileRefused):
    code = "file_infected"
    sentence = _(
        "The virus scanner has found something in this file, so it was thrown away. Please tell whoever looks after your computer."
    )


class FileHoldsNumber(FileRefused):
    code = "file_holds_number"
    sentence = _(
        "There is what looks like an individual number (My Number) in this file. It must not be kept here. Please remove it and send the file again."
    )


class TooHeavyToSend(Refusal):
    code = "too_heavy_to_send"
    sentence = _(
        "At once %(limit)s MB can be sent here, and this is more, so nothing of it was saved. Please send it in several parts, or make it smaller."
    )


class TooManyAtOnce(Refusal):
    code = "too_many_at_once"
    sentence = _(
        "%(limit)s files can be sent at once here, and these are more. Nothing was saved. Please send them in turns."
    )


class StoreFull(Refusal):
    code = "store_full"
    sentence = _(
        "There is no room for this file: this environment keeps %(limit)s GB at most. Nothing was saved. Please ask your administrator."
    )


class UploadOver(Refusal):
    code = "upload_over"
    status = 410
    sentence = _("This upload was given up, or waited for too long. Please choose the file again.")


class PieceOutOfPlace(Refusal):
    code = "piece_out_of_place"
    status = 409
    sentence = _("This piece does not continue what has arrived so far. Ask how far it is, and go on from there.")


class PieceSpoilt(Refusal):
    code = "piece_spoilt"
    # As the protocol's checksum extension numbers it.
    status = 460
    sentence = _("This piece has changed on its way, so it was not kept. Please send it again.")


class ProtocolUnknown(Refusal):
    code = "protocol_unknown"
    status = 412
    sentence = _("Uploads speak version 1.0.0 of the tus protocol here. Please send the header Tus-Resumable: 1.0.0.")


class UploadNotSaid(Refusal):
    code = "upload_not_said"
    status = 400
    sentence = _(
        "An upload begins with its length and the name of the file. Please send Upload-Length and Upload-Metadata."
    )


class PieceOfAnotherType(Refusal):
    code = "piece_of_another_type"
    status = 415
    sentence = _("A piece of an upload is sent as application/offset+octet-stream. Please send it so.")


class NotYetReady(Refusal):
    code = "not_yet_ready"
    status = 409
    sentence = _("This file is still being looked at. Please wait a moment and open it again.")


class TooHeavyToMark(Refusal):
    code = "too_heavy_to_mark"
    sentence = _(
        "What is taken out here carries a mark, and this file is larger than the %(limit)s MB that can be marked. Please look at it on the screen."
    )


class FileNotSent(Refusal):
    code = "file_not_sent"
    sentence = _("One of the files has not arrived as a whole, or was thrown away. Please choose it again.")


class FileLost(FileRefused):
    code = "file_lost"
    sentence = _(
        "This file cannot be read, or is not the one that was kept. Please tell whoever runs the installation."
    )
