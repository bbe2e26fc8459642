import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="时间")),
                ("action", models.CharField(db_index=True, max_length=64, verbose_name="操作")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "已完成"), ("refused", "已拒绝")], max_length=8, verbose_name="结果"
                    ),
                ),
                ("actor", models.CharField(db_index=True, max_length=64, verbose_name="操作者")),
                ("via", models.CharField(max_length=8, verbose_name="途径")),
                ("target", models.CharField(blank=True, db_index=True, max_length=200, verbose_name="对象")),
                ("count", models.PositiveIntegerField(null=True, verbose_name="件数")),
                ("content", models.CharField(blank=True, max_length=128, verbose_name="内容摘要")),
                ("payload", models.JSONField(null=True, verbose_name="内容")),
                ("salt", models.BinaryField(null=True, verbose_name="盐")),
                ("digest", models.BinaryField(verbose_name="校验值")),
            ],
            options={
                "verbose_name": "操作记录",
                "verbose_name_plural": "操作记录",
                "ordering": ["-id"],
            },
        ),
    ]
