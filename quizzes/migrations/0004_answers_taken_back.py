"""When a learner took the answer to an item of a review session back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0003_writing_and_review")]

    operations = [
        migrations.AddField(
            model_name="attemptitem",
            name="undone_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
