"""The ways the directory refuses a file. A refused file leaves nothing behind."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class FileRefused(Refusal):
    """The common ground of all refusals of files."""

    code = "file_refused"
    sentence = _("This file cannot be imported. Nothing was changed.")


class FileMissing(FileRefused):
    code = "file_missing"
    sentence = _("There is no readable file at %(path)s. Nothing was changed.")


class FileEmpty(FileRefused):
    code = "file_empty"
    sentence = _("The file is empty. Nothing was changed. Please download it again.")


class LayoutUnknown(FileRefused):
    code = "layout_unknown"
    sentence = _(
        "This is none of the files the directory knows (long-term care offices, disability and child service offices, "
        "holidays, municipalities, postal codes). Nothing was changed."
    )


class ColumnsMissing(FileRefused):
    code = "columns_missing"
    sentence = _(
        "The file looks like “%(layout)s”, but these columns are missing: %(columns)s. Nothing was changed. "
        "Please download the current edition from the publisher."
    )


class EncodingUnknown(FileRefused):
    code = "encoding_unknown"
    sentence = _(
        "Line %(line)s is written neither in UTF-8 nor in Shift_JIS (CP932). Nothing was changed. "
        "Please download the file again."
    )


class LineTooLong(FileRefused):
    code = "line_too_long"
    sentence = _("Line %(line)s does not end where a line of this file should. Nothing was changed.")


class RowsMissing(FileRefused):
    code = "rows_missing"
    sentence = _("The file holds a header but not a single row that can be read. Nothing was changed.")


class KindUnknown(FileRefused):
    code = "kind_unknown"
    sentence = _(
        "The kind of service “%(kind)s” is not known. Nothing was changed. "
        "Please name its code, for example 430 or 063, with --kind."
    )


class MunicipalitiesFirst(FileRefused):
    code = "municipalities_first"
    sentence = _("Import the municipalities first: without them no place can be recognised. Nothing was changed.")
