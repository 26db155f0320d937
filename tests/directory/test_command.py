"""The command: says what it did, refuses with a sentence and a status that is not zero."""

import io

from django.core.management import CommandError, call_command

from apps.directory.models import Holiday, ImportRun, Municipality, Office
from apps.directory.progress import Bar
from apps.directory.shipped import shipped_files
from tests.directory import files


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_directory", *map(str, arguments), stdout=out, stderr=err, **options)
    except CommandError as refused:
        return out.getvalue(), err.getvalue(), str(refused)
    return out.getvalue(), err.getvalue(), None


def test_the_report_counts_rows_and_names_warnings_with_their_lines(towns, tmp_path):
    said, _trouble, refused = run(files.kaigo(tmp_path, {"定員": "若干名"}))

    assert refused is None
    assert "1 rows as kaigo (utf-8-sig)" in said
    assert "1 new, 0 changed, 0 unchanged, 0 reopened, 0 closed" in said
    assert "line 2: capacity 定員 '若干名'" in said


def test_several_files_are_imported_one_after_the_other(db, tmp_path):
    said, _trouble, refused = run(
        files.municipalities(tmp_path, {"pref": "岩手県", "city": "北上市", "lgcode": "032069"}),
        files.kaigo(tmp_path, {}),
    )

    assert refused is None
    assert said.count("1 new") == 2


def test_a_refused_file_says_why_fails_the_command_and_spares_the_others(towns, tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")

    _said, trouble, refused = run(wrong, files.kaigo(tmp_path, {}))

    assert trouble.startswith("wrong.csv: ")
    assert len(trouble) > 40
    assert refused == "1 file(s) refused."
    assert Office.objects.count() == 1


def test_without_a_file_the_command_asks_for_one(db):
    assert run()[2] == "Name at least one file, or use --shipped."


def test_the_kind_can_be_named(towns, tmp_path):
    assert "1 new" in run(files.kaigo(tmp_path, {"サービスの種類": ""}, name="x.csv"), "--kind", "430")[0]


def test_the_shipped_files_are_imported_once(db):
    out = io.StringIO()
    call_command("seed_directory", stdout=out)
    runs = ImportRun.objects.count()
    call_command("seed_directory", stdout=out)

    assert runs == ImportRun.objects.count() == len(shipped_files())
    assert out.getvalue().count("already imported") == runs
    assert Municipality.objects.count() == 1_916
    assert Holiday.objects.count() == 1_067


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_a_bar_that_moves(db):
    terminal = Terminal()
    bar = Bar(label="x.csv", size=200, stream=terminal)
    bar.show(100)
    bar.show(200)
    bar.end()

    assert terminal.getvalue().startswith("\rx.csv  [###############...............]  50 %")
    assert terminal.getvalue().endswith("100 %, writing …\n")


def test_a_pipe_sees_no_bar():
    pipe = io.StringIO()
    bar = Bar(label="x.csv", size=200, stream=pipe)
    bar.show(100)
    bar.end()

    assert pipe.getvalue() == ""
