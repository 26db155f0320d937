"""Surveys, replies and templates stay inside their environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable

SURVEY, SECTION, QUESTION = "surveys_survey", "surveys_section", "surveys_question"
CHOICE, ROW, RECIPIENT = "surveys_choice", "surveys_row", "surveys_recipient"
REPLY, ANSWER, TEMPLATE = "surveys_reply", "surveys_answer", "surveys_surveytemplate"
MEMBER, ORGANIZATION = "environments_member", "environments_organization"


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0001_initial"),
        ("environments", "0006_suspension_walls"),
    ]
    operations = [
        TenantTable(SURVEY),
        SameEnvironment(SURVEY, "organization_id", ORGANIZATION),
        SameEnvironment(SURVEY, "created_by_id", MEMBER),
        SameEnvironment(SURVEY, "opened_by_id", MEMBER),
        SameEnvironment(SURVEY, "closed_by_id", MEMBER),
        TenantTable(SECTION),
        SameEnvironment(SECTION, "survey_id", SURVEY),
        TenantTable(QUESTION),
        SameEnvironment(QUESTION, "survey_id", SURVEY),
        SameEnvironment(QUESTION, "section_id", SECTION),
        SameEnvironment(QUESTION, "fixed_by_id", MEMBER),
        TenantTable(CHOICE),
        SameEnvironment(CHOICE, "question_id", QUESTION),
        SameEnvironment(QUESTION, "shown_if_id", CHOICE),
        SameEnvironment(QUESTION, "fixed_id", CHOICE),
        TenantTable(ROW),
        SameEnvironment(ROW, "question_id", QUESTION),
        TenantTable(RECIPIENT),
        SameEnvironment(RECIPIENT, "survey_id", SURVEY),
        SameEnvironment(RECIPIENT, "organization_id", ORGANIZATION),
        TenantTable(REPLY),
        SameEnvironment(REPLY, "recipient_id", RECIPIENT),
        SameEnvironment(REPLY, "answered_by_id", MEMBER),
        TenantTable(ANSWER),
        SameEnvironment(ANSWER, "reply_id", REPLY),
        SameEnvironment(ANSWER, "question_id", QUESTION),
        TenantTable(TEMPLATE),
        SameEnvironment(TEMPLATE, "organization_id", ORGANIZATION),
        SameEnvironment(TEMPLATE, "created_by_id", MEMBER),
    ]
