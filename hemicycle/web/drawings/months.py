"""How many each month: pairs of columns, then the same facts in a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, ABOVE, BELOW = 960, 180, 16, 20


@dataclass(frozen=True, kw_only=True)
class Volume:
    #: Any day of the month.
    on: dt.date
    opened: int
    adopted: int


def months_html(volumes: Sequence[Volume]) -> SafeString:
    """Columns of what was opened and adopted each month."""
    if not volumes:
        return SafeString("")
    most = max([1, *(v.opened for v in volumes), *(v.adopted for v in volumes)])
    step = WIDTH / len(volumes)
    columns = format_html_join("", "{}", ((_month(n, volume, most, step),) for n, volume in enumerate(volumes)))
    words = f"{sum(v.opened for v in volumes)} dossiers ouverts, {sum(v.adopted for v in volumes)} adoptés"
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>',
        ((formats.date_format(v.on, "F Y"), v.opened, v.adopted) for v in volumes),
    )
    return format_html(
        '<div class="drawing"><svg class="picture months" viewBox="0 0 {} {}" role="img"><title>Par mois : {}</title>'
        '<line class="axis" x1="0" x2="{}" y1="{}" y2="{}"/>{}</svg><ul class="legend">'
        '<li><span class="swatch swatch--opened"></span>ouverts</li>'
        '<li><span class="swatch swatch--load"></span>adoptés en séance</li></ul>'
        '<details><summary>En chiffres</summary><table><thead><tr><th scope="col">Mois</th><th scope="col">Ouverts</th>'
        '<th scope="col">Adoptés</th></tr></thead><tbody>{}</tbody></table></details></div>',
        *(WIDTH, HEIGHT, words, WIDTH, HEIGHT - BELOW, HEIGHT - BELOW, columns, rows),
    )


def _month(rank: int, volume: Volume, most: int, step: float) -> SafeString:
    room, floor = HEIGHT - ABOVE - BELOW, HEIGHT - BELOW
    width = min(26.0, step * 0.32)
    middle = step * (rank + 0.5)
    label = formats.date_format(volume.on, "M y" if volume.on.month == 1 or rank == 0 else "M").lower()
    drawn = []
    for css, count, left in (("opened", volume.opened, middle - width - 1), ("load", volume.adopted, middle + 1)):
        height = room * count / most
        drawn.append(
            format_html(
                '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
                *(css, f"{left:.1f}", f"{floor - height:.1f}", f"{width:.1f}", f"{height:.1f}"),
            )
        )
        if count:
            place = (f"{left + width / 2:.1f}", f"{floor - height - 3:.1f}")
            drawn.append(format_html('<text class="figure" x="{}" y="{}">{}</text>', *place, count))
    drawn.append(format_html('<text class="tick" x="{}" y="{}">{}</text>', f"{middle:.1f}", HEIGHT - 5, label))
    return format_html_join("", "{}", ((piece,) for piece in drawn))
