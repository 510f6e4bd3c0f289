// Words are kept while they are typed. A form with data-keeps-words is sent to its data-save-url a
// moment after the last key; the line in it that is called data-kept says what is kept and what is
// not. Nothing is stored in the browser. Without a connection the words stay on the page, and it
// tries again; the same goes for sending the form itself, which carries a key of its own, so that
// sending twice says it once. Without this file the form is an ordinary one.
const QUIET = 800, FIRST_WAIT = 1500, LONGEST_WAIT = 20000;

for (const form of document.querySelectorAll("form[data-keeps-words]")) {
  const line = form.querySelector("[data-kept]");
  const say = (words) => { line.textContent = words; };
  const typed = () => {
    const fields = new FormData(form);
    fields.delete("csrfmiddlewaretoken");
    for (const name of ["key", "version"]) fields.delete(name);
    return new URLSearchParams(fields).toString();
  };
  let kept = typed();
  let timer = null;
  let wait = FIRST_WAIT;
  let busy = false;
  let sending = null;

  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => (sending ? send() : save()), milliseconds);
  };
  const tryAgain = (words) => {
    say(words);
    later(wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };
  const post = (url, accept, button = null) => fetch(url, {
    method: "POST",
    body: new FormData(form, button),
    headers: { Accept: accept },
    // A page that is being left may still send a little.
    keepalive: document.hidden && typed().length < 20000,
  });

  const save = async () => {
    const words = typed();
    if (busy || sending || words === kept) return;
    busy = true;
    say(line.dataset.typing);
    try {
      const answer = await post(form.dataset.saveUrl, "application/json");
      if (answer.redirected || answer.status === 403) return say(line.dataset.signedOut);
      if (answer.status >= 500) return tryAgain(line.dataset.failed);
      const { said, fields } = await answer.json();
      if (answer.ok) {
        kept = words;
        wait = FIRST_WAIT;
        for (const [name, value] of Object.entries(fields ?? {})) form.elements[name].value = value;
      }
      say(said);
    } catch {
      tryAgain(line.dataset.away);
    } finally {
      busy = false;
    }
    if (typed() !== words) later(QUIET);
  };

  const send = async () => {
    // A save that is on its way would arrive after what it is a draft of.
    if (busy) return later(200);
    busy = true;
    const { url, button } = sending;
    try {
      const answer = await post(url, "text/html", button);
      if (!answer.ok) {
        // The server has something to say to it: let it draw its page, with the words on it.
        kept = typed();
        form.action = url;
        form.submit();
        return;
      }
      kept = typed();
      if (new URL(answer.url).pathname === location.pathname) location.reload();
      else location.assign(answer.url);
    } catch {
      busy = false;
      tryAgain(line.dataset.notSent);
    }
  };

  form.addEventListener("input", () => {
    sending = null;
    later(QUIET);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // A button of its own may lead elsewhere, and keeps the words on the way.
    const button = event.submitter;
    sending = { url: button?.hasAttribute("formaction") ? button.formAction : form.action, button };
    clearTimeout(timer);
    send();
  });
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("beforeunload", (event) => {
    if (typed() !== kept) event.preventDefault();
  });
}
