"""What the bank lists questions by, and the fields beside a draft."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0004_answers_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="errors",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="question",
            name="titles",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="question",
            name="warnings",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="question",
            name="words",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="questiondraft",
            name="difficulty",
            field=models.PositiveSmallIntegerField(default=3),
        ),
        migrations.AddField(
            model_name="questiondraft",
            name="topic",
            field=models.CharField(default="", max_length=80),
        ),
    ]
