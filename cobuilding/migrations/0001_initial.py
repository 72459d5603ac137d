import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('tag', models.CharField(choices=[('deliberation', 'Deliberating together'), ('resources', 'Sharing resources'), ('problems', 'Solving problems together'), ('civility', 'Fostering civility together'), ('activities', 'Holding activities together')], max_length=20, verbose_name='way of co-building')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until (exclusive)')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='organizations.organization', verbose_name='community')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='organizations.unit', verbose_name='together with the unit')),
            ],
            options={
                'verbose_name': 'co-building project',
                'verbose_name_plural': 'co-building projects',
                'ordering': ['-starts_on', 'name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('organization', 'name', 'starts_on'), name='project_name_once_per_start', violation_error_message='The community already has a project of this name that begins on this day. Choose another name, or use the recorded one.'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='project_ends_after_start', violation_error_message='A project ends after the day it begins.')],
            },
        ),
    ]
