import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('learning', '0003_classes')]

    operations = [
        migrations.RenameField(model_name='evidence', old_name='knew', new_name='correct'),
        migrations.RenameField(model_name='evidence', old_name='source', new_name='subject'),
        migrations.AddField(model_name='evidence', name='act', field=models.CharField(default='', max_length=100), preserve_default=False),
        migrations.AddField(model_name='evidence', name='source', field=models.CharField(choices=[('exam', 'Exam'), ('practice', 'Practice'), ('check', 'Check'), ('review', 'Review'), ('level', 'Level'), ('builder', 'Builder')], default='practice', max_length=10), preserve_default=False),
        migrations.AddField(model_name='evidence', name='version', field=models.CharField(blank=True, max_length=100)),
        migrations.AddField(model_name='evidence', name='confidence', field=models.CharField(blank=True, max_length=10)),
        migrations.AddField(model_name='evidence', name='first', field=models.BooleanField(default=False)),
        migrations.AddField(model_name='evidence', name='course', field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.course')),
        migrations.AddField(model_name='evidence', name='topic', field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='learning.topic')),
        migrations.AddField(model_name='evidence', name='undoes', field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.evidence')),
    ]
