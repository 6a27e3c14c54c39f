// One file sent up in parts: what has come already is skipped, a broken connection is waited for.

const LONGEST_WAIT = 15000;

export class Refused extends Error {}

const pause = (wait) =>
  new Promise((resolve) => {
    setTimeout(resolve, wait);
    addEventListener("online", resolve, { once: true });
  });

// The answer of the server, however long the connection is broken. `told` says what one waits for.
async function ask(url, body, told) {
  for (let wait = 1000; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      const answer = await fetch(url, { method: "POST", body: body() });
      if (answer.status === 409) throw new Refused((await answer.json()).sentence);
      if (answer.ok && !answer.redirected) return await answer.json();
      if (answer.status < 500) throw new Refused("Cet envoi n’est plus possible ; rechargez la page.");
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
    told("Connexion interrompue ; l’envoi reprendra où il s’est arrêté.");
    await pause(wait);
  }
}

function fields(token, more = {}) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token);
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  return data;
}

// Sends the file and joins it. `flags` are the fields of the form; `progress` is told the bytes that have come.
export async function send(file, { url, token, flags, progress, told }) {
  const opening = { name: file.name, size: file.size, ...(flags.to_control ? { to_control: "on" } : {}) };
  const begun = await ask(url, () => fields(token, opening), told);
  const have = new Set(begun.received);
  const count = Math.ceil(file.size / begun.part);
  for (let n = 0; n < count; n += 1) {
    const piece = file.slice(n * begun.part, (n + 1) * begun.part);
    if (!have.has(n)) await ask(`${url}/${begun.id}/parties/${n}`, () => fields(token, { part: piece }), told);
    progress(Math.min((n + 1) * begun.part, file.size));
    told(have.size ? "Reprise de l’envoi…" : "Envoi…");
  }
  told("Vérification…");
  return ask(`${url}/${begun.id}/terminer`, () => fields(token, flags), told);
}
