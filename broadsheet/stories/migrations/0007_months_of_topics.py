from django.db import migrations, models


class Migration(migrations.Migration):
    """The month in which a story stands in its topics."""

    dependencies = [
        ("stories", "0006_words_of_photos"),
    ]

    operations = [
        migrations.AddField(
            model_name="storytopic",
            name="month",
            field=models.DateField(editable=False, null=True),
        ),
    ]
