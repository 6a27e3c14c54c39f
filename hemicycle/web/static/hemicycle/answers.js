// What the server refuses is an answer, not a failure: 409 and 422 are swapped in (htmx-config, base.html).
// Here, only what a person needs to be told or shown after a swap.

document.addEventListener("htmx:afterSwap", (event) => {
  const wrong = event.detail.target.querySelector("[role=alert], [aria-invalid=true]");
  if (!wrong) return;
  if (wrong.matches("[role=alert]")) wrong.setAttribute("tabindex", "-1");
  wrong.focus();
});

function tell(sentence) {
  const place = document.getElementById("messages");
  if (!place) return;
  const message = document.createElement("div");
  message.className = "message error";
  message.setAttribute("role", "alert");
  const word = document.createElement("strong");
  word.textContent = "Sans réponse. ";
  const text = document.createElement("div");
  text.append(word, sentence);
  message.append(document.createElement("span"), text);
  place.replaceChildren(message);
  message.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", () =>
  tell("Le serveur ne répond pas ; nous ne savons pas si l’action est enregistrée. Rechargez la page avant de recommencer."),
);
document.addEventListener("htmx:responseError", () =>
  tell("Le serveur a rencontré une panne ; rechargez la page pour voir ce qui est enregistré."),
);
