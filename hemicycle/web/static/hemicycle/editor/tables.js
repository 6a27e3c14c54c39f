// What one does to a table, beyond the commands of the wheel: a total row, an alignment, a caption.
import { pm } from "../../django_prose_editor/editor.js";
import { ask } from "./dialogs.js";

export async function insertTable(editor) {
  const values = await ask({
    title: "Insérer un tableau",
    fields: [
      { name: "rows", label: "Lignes", type: "number", value: 3, required: true, attributes: { min: 1, max: 200 } },
      { name: "cols", label: "Colonnes", type: "number", value: 3, required: true, attributes: { min: 1, max: 30 } },
      { name: "head", label: "La première ligne porte les titres des colonnes", type: "checkbox", value: true },
      { name: "caption", label: "Légende (facultatif)", attributes: { maxlength: 500 } },
    ],
    submit: "Insérer",
  });
  if (!values) return editor.commands.focus();
  const table = { rows: Number(values.rows), cols: Number(values.cols), withHeaderRow: values.head };
  const made = editor.chain().focus().insertTable(table);
  return (values.caption ? made.updateAttributes("table", { caption: values.caption }) : made).run();
}

export async function nameTable(editor) {
  const { caption } = editor.getAttributes("table");
  const values = await ask({
    title: "Légende du tableau",
    fields: [{ name: "caption", label: "Légende", value: caption, attributes: { maxlength: 500 }, help: "Elle dit ce que le tableau montre ; elle est lue avant lui." }],
    submit: "Garder",
  });
  if (values) editor.chain().focus().updateAttributes("table", { caption: values.caption }).run();
  else editor.commands.focus();
}

/** The last row in bold, as totals are; again, and it is plain. */
export function totalRow(editor) {
  return editor.chain().focus().command(({ tr, state }) => {
    const table = tableAround(state.selection.$from);
    if (!table) return false;
    const row = table.node.lastChild;
    const from = table.pos + table.node.nodeSize - 1 - row.nodeSize;
    const bold = state.schema.marks.bold;
    if (state.doc.rangeHasMark(from, from + row.nodeSize, bold)) tr.removeMark(from, from + row.nodeSize, bold);
    else tr.addMark(from, from + row.nodeSize, bold.create());
    return tr.docChanged;
  }).run();
}

/** Align the cells chosen; with `column`, the cell alone aligns its whole column. */
export function align(editor, value) {
  return editor.chain().focus().command(({ tr, state }) => {
    const cells = cellsChosen(state);
    cells.forEach(([pos, node]) => tr.setNodeMarkup(pos, null, { ...node.attrs, align: value }));
    return cells.length > 0;
  }).run();
}

function cellsChosen({ selection, doc }) {
  const cells = [];
  if (selection instanceof pm.tables.CellSelection) {
    selection.forEachCell((node, pos) => cells.push([pos, node]));
    return cells;
  }
  const $cell = pm.tables.cellAround(selection.$from);
  return $cell ? [[$cell.pos, doc.nodeAt($cell.pos)]] : cells;
}

/** Choose the column where one is, header included. */
export function chooseColumn(editor) {
  const $cell = pm.tables.cellAround(editor.state.selection.$from);
  if (!$cell) return false;
  editor.view.dispatch(editor.state.tr.setSelection(pm.tables.CellSelection.colSelection($cell)));
  editor.view.focus();
  return true;
}

function tableAround($pos) {
  for (let depth = $pos.depth; depth > 0; depth -= 1) {
    if ($pos.node(depth).type.name === "table") return { node: $pos.node(depth), pos: $pos.before(depth) };
  }
  return null;
}
