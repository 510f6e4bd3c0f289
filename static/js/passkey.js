// Asks the browser for a passkey and sends what it answers. A form with data-passkey is one of two:
// "create" makes a passkey, "get" shows one. What is asked lies in the JSON of the page, or at the
// address in data-ask. The line called data-said has the words for what may go wrong, and names the
// other ways as long as this file has not run; parts called data-shown are there where passkeys are.
const ask = {
  create: ({ creation_options: { publicKey } }) => {
    // Found without an address, so that it also signs in; the server asks for finger, face or PIN.
    const wanted = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true };
    return webauthnJSON.create({ publicKey: { ...publicKey, authenticatorSelection: wanted } });
  },
  get: ({ request_options }) => webauthnJSON.get(request_options),
};

const wantedBy = async (form) => {
  if (!form.dataset.ask) return JSON.parse(document.getElementById("passkey-data").textContent);
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("refused");
  return answer.json();
};

const wordsFor = ({ name }, words) => ({
  NotAllowedError: words.cancelled,
  AbortError: words.cancelled,
  InvalidStateError: words.known,
  SecurityError: words.elsewhere,
  NotSupportedError: words.unsupported,
  ConstraintError: words.unsupported,
  TypeError: words.away,
}[name] ?? words.failed);

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const line = form.querySelector("[data-said]");
  if (!webauthnJSON.supported()) {
    line.textContent = line.dataset.unsupported;
    continue;
  }
  for (const part of form.querySelectorAll("[data-shown]")) part.hidden = false;
  line.textContent = "";
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    line.textContent = "";
    try {
      const answer = await ask[form.dataset.passkey](await wantedBy(form));
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      line.textContent = wordsFor(error, line.dataset);
      busy = false;
    }
  });
  // A page that the browser brings back from its memory may ask again.
  addEventListener("pageshow", () => { busy = false; });
}
