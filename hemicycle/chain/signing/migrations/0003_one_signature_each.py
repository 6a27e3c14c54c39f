from django.db import migrations


def one_signature_each(apps, schema_editor):
    """Until now the president alone signed: each act has that one signature, as far as it went."""
    Act = apps.get_model("signing", "Act")
    ExpectedSignature = apps.get_model("signing", "ExpectedSignature")
    for act in Act.objects.exclude(state="refused").select_related("signatory").order_by("id").iterator():
        ExpectedSignature.objects.create(
            act=act,
            rank=1,
            who="president",
            capacity=act.signatory.capacity,
            signatory=act.signatory,
            state=act.state,
            ordered_by_id=act.ordered_by_id,
            ordered_at=act.ordered_at,
            signed_id=act.signed_id,
            signed_at=act.signed_at,
            verification=act.verification,
        )


class Migration(migrations.Migration):

    dependencies = [("signing", "0002_signature_book")]

    operations = [migrations.RunPython(one_signature_each, migrations.RunPython.noop)]
