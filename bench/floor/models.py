from django.db import models


class Row(models.Model):
    """The barest thing a form can leave behind."""

    number = models.PositiveIntegerField(unique=True)
    words = models.CharField(max_length=200)

    def __str__(self):
        return self.words


class Entry(models.Model):
    """One row per POST: what an insert costs without anything that makes it trustworthy."""

    words = models.CharField(max_length=200)

    def __str__(self):
        return self.words
