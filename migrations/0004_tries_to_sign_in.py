from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("models", "0003_what_waits_for_a_manager")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SignInTry",
            fields=[
                ("key", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ("tokens", fields.FloatField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sign_in_tries",
                "app": "models",
                "pk_attr": "key",
                "table_description": "How many tries to sign in an account or an address has left, where several processes count together.",
            },
            bases=["Model"],
        ),
    ]
