"""Files that an office has given as its answer."""

from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from apps.environments.models import Environment
from apps.files.models import StoredFile
from apps.surveys.models.replies import Recipient
from apps.surveys.models.surveys import Question


class AnswerFile(models.Model):
    """A file that stands in the answer to a question, under a number that addresses use. Whoever asked may open it, and
    the office that gave it; nobody else, whoever is shown the results. The same file may be given again next time."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="files")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["recipient", "number"]
        constraints = [
            models.UniqueConstraint(name="files_are_numbered_within_their_reply", fields=["recipient", "number"]),
            models.UniqueConstraint(name="a_file_answers_a_question_once", fields=["recipient", "question", "file"]),
            models.CheckConstraint(name="files_of_a_reply_begin_at_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.pk)
