"""How a form is written: what a screen reader hears is wired to what is seen."""

import re

import pytest
from django import forms
from django.template import engines
from django.utils import translation


class Visit(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the card.")
    role = forms.ChoiceField(label="Role", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")
    remark = forms.CharField(label="Remark", required=False)
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        raise forms.ValidationError("The office is closed on that day.")


@pytest.fixture
def html() -> str:
    """The form as it comes back when nothing was filled in."""
    with translation.override("en"):
        return str(Visit({}))


def element(html: str, tag: str, name: str) -> str:
    [found] = re.findall(rf'<{tag}[^>]*name="{name}"[^>]*>', html)
    return found


def test_a_label_belongs_to_its_control(html):
    assert 'for="id_name"' in html
    assert 'id="id_name"' in element(html, "input", "name")


def test_help_and_error_are_read_with_the_control(html):
    named = re.search(r'aria-describedby="([^"]+)"', element(html, "input", "name"))

    assert named is not None
    assert named[1].split() == ["id_name_helptext", "id_name_error"]
    for described in named[1].split():
        assert f'id="{described}"' in html


def test_a_control_that_failed_says_so(html):
    assert 'aria-invalid="true"' in element(html, "input", "name")
    assert "aria-invalid" not in element(html, "input", "remark")


def test_choices_stand_in_a_group_with_their_question(html):
    group = re.search(r"<fieldset.*?</fieldset>", html, re.DOTALL)

    assert group is not None
    assert "<legend" in group[0]
    assert 'aria-describedby="id_role_error"' in group[0]
    assert group[0].count('type="radio"') == 2


def test_required_is_a_word_and_not_a_star(html):
    labels = re.findall(r"<label[^>]*>.*?</label>", html, re.DOTALL)
    [name] = [label for label in labels if "Name" in label]
    [remark] = [label for label in labels if "Remark" in label]

    assert "Required" in name
    assert "Required" not in remark


def test_what_needs_attention_stands_first_and_takes_the_focus(html):
    summary = re.search(r'<div class="trouble"[^>]*>', html)

    assert summary is not None
    assert "autofocus" in summary[0]
    assert summary.start() < html.index("<label")


def test_the_summary_leads_to_every_control_that_failed(html):
    summary = html[: html.index("</div>")]
    led_to = re.findall(r'href="#([^"]+)"', summary)

    assert led_to == ["id_name", "id_role_0", "id_agreed"]
    for target in led_to:
        assert f'id="{target}"' in html


def test_the_summary_also_says_what_belongs_to_no_field(html):
    summary = html[: html.index("</div>")]

    assert "The office is closed on that day." in summary


def test_a_form_that_was_not_sent_says_nothing_of_trouble():
    assert 'class="trouble"' not in str(Visit())


def test_a_field_written_alone_is_the_same():
    template = engines["django"].from_string('{% include "kernel/_field.html" with field=form.name only %}')
    form = Visit({})
    with translation.override("en"):
        alone, in_form = template.render({"form": form}), str(form)

    assert element(alone, "input", "name") == element(in_form, "input", "name")


def test_an_entry_comes_back_as_text():
    assert "<script>" not in str(Visit({"name": "<script>"}))
