import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('learning', '0005_evidence_filled')]

    operations = [
        migrations.AlterField(model_name='evidence', name='course', field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.course')),
        migrations.AlterField(model_name='evidence', name='topic', field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='learning.topic')),
        migrations.AddIndex(model_name='evidence', index=models.Index(fields=['learner', 'course', 'seen_at'], name='evidence_in_course')),
    ]
