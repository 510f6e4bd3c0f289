// After a part of the page has been swapped, keep the keyboard where the reader was.
document.addEventListener("htmx:afterSwap", (event) => {
  const part = document.getElementById(event.detail.target.id) ?? event.detail.elt;
  const focus = part?.querySelector("[data-focus]");
  if (focus) focus.focus({ preventScroll: true });
});

// A network that is away must not look like a click that did nothing.
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const signedOut = event.detail.xhr?.status === 403;
    const note = document.getElementById(signedOut ? "signed-out" : "no-answer");
    if (note) note.hidden = false;
  });
}
