"""How forms are written as HTML: every form of the house looks and speaks alike."""

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Writes `{{ form }}` and its fields with the house's own templates."""

    form_template_name = "kernel/form.html"
    field_template_name = "kernel/_field.html"
    formset_template_name = "kernel/formset.html"
