"""Evidence written before it named its response: what can be told of it is filled in."""

from django.db import migrations


def fill(apps, schema_editor):
    Evidence = apps.get_model("learning", "Evidence")
    met = set()
    rows = Evidence.objects.using(schema_editor.connection.alias).select_related("statement__lesson").order_by("learner", "seen_at", "pk")
    known = {}  # rows of one subject at one moment were one response
    for row in rows.iterator():
        act = (row.learner_id, row.subject, row.seen_at)
        if act not in known:
            known[act] = (f"before/{row.pk}", (row.learner_id, row.subject) not in met)
        met.add((row.learner_id, row.subject))
        row.act, row.first = known[act]
        row.source = "builder" if row.subject.startswith("scenario:") else "practice"
        row.course_id, row.topic_id = row.statement.course_id, row.statement.lesson.topic_id
        row.save()


class Migration(migrations.Migration):
    dependencies = [("learning", "0004_evidence_of_responses")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
