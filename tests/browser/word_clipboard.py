"""What Word leaves on the clipboard, really copied there: the paste that follows is the browser's own."""

from __future__ import annotations

from playwright.sync_api import Browser

#: Abridged from a table of Word 365: its styles, its merged title row, its right-aligned amounts, its <o:p>.
TABLE = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40"><head><meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif} table.MsoTableGrid {border:solid} --></style>
</head><body lang=FR style='tab-interval:35.4pt'><!--StartFragment-->
<p class=MsoNormal>Les aides sont <b>r&eacute;parties</b> ainsi&nbsp;:<o:p></o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
<tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'><td width=302 style='background:#D9E2F3'>
<p class=MsoNormal><b>Association<o:p></o:p></b></p></td><td width=151 style='background:#D9E2F3'>
<p class=MsoNormal align=right style='text-align:right'><b>Montant<o:p></o:p></b></p></td></tr>
<tr style='mso-yfti-irow:1'><td width=302><p class=MsoNormal>Ormelle Handibasket<o:p></o:p></p></td>
<td width=151><p class=MsoNormal align=right style='text-align:right'>20&nbsp;000&nbsp;&euro;<o:p></o:p></p></td></tr>
<tr style='mso-yfti-irow:2;mso-yfti-lastrow:yes'><td width=302><p class=MsoNormal>Comit&eacute; de sport
adapt&eacute;<o:p></o:p></p></td><td width=151>
<p class=MsoNormal align=right style='text-align:right'>25&nbsp;000&nbsp;&euro;<o:p></o:p></p></td></tr>
</table><!--EndFragment--></body></html>"""
PLAIN = "Association\tMontant\nOrmelle Handibasket\t20 000 €\nComité de sport adapté\t25 000 €"
COPYING = """([html, plain]) => addEventListener("copy", (event) => {
  event.clipboardData.setData("text/html", html);
  event.clipboardData.setData("text/plain", plain);
  event.preventDefault();
}, { once: true })"""


def copy_a_table(browser: Browser) -> None:
    """In another window, as Word would: Ctrl+C."""
    word = browser.new_page()
    word.set_content("<p>Word</p>")
    word.evaluate(COPYING, [TABLE, PLAIN])
    word.keyboard.press("Control+c")
    word.close()
