// Small windows that ask for something: a form in a <dialog>, whose answer is a promise.

let last = 0;

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element && typeof value !== "string") element[name] = value;
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function control(field, id) {
  const common = { id, name: field.name, required: Boolean(field.required) };
  if (field.help) common["aria-describedby"] = `${id}-aide`;
  if (field.options) {
    const options = field.options.map(([value, label]) => make("option", { value, selected: value === String(field.value) }, label));
    return make("select", common, ...options);
  }
  if (field.type === "textarea") return make("textarea", { ...common, rows: 3 }, field.value ?? "");
  const input = make("input", { ...common, type: field.type ?? "text", ...field.attributes });
  if (field.type === "checkbox") input.checked = Boolean(field.value);
  else if (field.type !== "file") input.value = field.value ?? "";
  return input;
}

function laid(field) {
  last += 1;
  const id = `question-${last}`;
  if (field.element) return make("div", { class: "field" }, make("span", { class: "field-label", id: field.labelledby }, field.label), field.element);
  const label = make("label", { for: id }, field.label);
  const help = field.help ? make("div", { class: "help", id: `${id}-aide` }, field.help) : null;
  if (field.type === "checkbox") return make("div", { class: "field check" }, control(field, id), label, help);
  return make("div", { class: "field" }, label, help, control(field, id));
}

/**
 * Ask; the values by name, or null when the question is closed. `check(values)` may answer a sentence: the window
 * then stays open and says it. `other` is a second answer, such as « Supprimer la note ».
 */
export function ask({ title, text = "", fields = [], submit, check = null, other = null, grave = false }) {
  return new Promise((resolve) => {
    last += 1;
    const refusal = make("p", { class: "editor-refusal is-late", role: "alert" });
    const heading = make("h2", { id: `fenetre-${last}` }, title);
    const form = make(
      "form", { method: "dialog", class: "form" },
      heading,
      text ? make("p", { class: "consequence" }, text) : null,
      ...fields.map(laid),
      refusal,
      make(
        "div", { class: "actions" },
        make("button", { class: grave ? "btn grave" : "btn", type: "submit" }, submit),
        other ? make("button", { class: "btn quiet grave", type: "button", "data-other": "" }, other) : null,
        make("button", { class: "btn quiet", type: "button", "data-close": "" }, "Annuler"),
      ),
    );
    const dialog = make("dialog", { class: "editor-dialog", "aria-labelledby": `fenetre-${last}` }, form);
    let answer = null;
    form.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    form.querySelector("[data-other]")?.addEventListener("click", () => { answer = { other: true }; dialog.close(); });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const values = Object.fromEntries(fields.filter((f) => f.name).map(({ name, type }) => {
        const input = form.elements[name];
        return [name, type === "checkbox" ? input.checked : type === "file" ? input.files[0] ?? null : input.value.trim()];
      }));
      const sentence = check ? await check(values) : "";
      if (sentence) refusal.textContent = sentence;
      else { answer = values; dialog.close(); }
    });
    dialog.addEventListener("close", () => { dialog.remove(); resolve(answer); });
    document.body.append(dialog);
    dialog.showModal();
  });
}
