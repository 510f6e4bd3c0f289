// A long list of choices gets a field above it that leaves only those with its letters in them.
// Without this file the list is complete, and scrolls.
const LONG = 13;
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
for (const list of document.querySelectorAll("[data-filter] .choices")) {
  const choices = [...list.children];
  if (choices.length < LONG) continue;
  const field = document.createElement("input");
  field.type = "search";
  field.setAttribute("aria-label", list.closest("[data-filter]").dataset.filter);
  field.placeholder = field.getAttribute("aria-label");
  field.addEventListener("input", () => {
    const words = plain(field.value).split(" ").filter(Boolean);
    for (const choice of choices) {
      const name = plain(choice.textContent);
      // Whoever is chosen stays in sight, so that nobody is chosen and forgotten.
      const stays = choice.querySelector("input").checked || words.every((word) => name.includes(word));
      choice.hidden = !stays;
    }
  });
  // Enter would send the whole form.
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  list.before(field);
}
