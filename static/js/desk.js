// Carrying people from table to table: dragging them with the mouse, or tapping somebody and then a
// table. The menu ("Move someone") does the same without this file and is the way for keyboards;
// here the same press is made by putting somebody down.
// What a move would do is asked of the page that the menu opens, and said while one carries.
const desk = () => document.getElementById("desk");
let carried = null;

const places = () => desk().querySelectorAll("[data-table]");
const said = (text) => { document.querySelector("[data-desk-said]").textContent = text; };

const setDown = () => {
  if (!carried) return;
  carried.row.classList.remove("is-carried");
  carried = null;
  desk().classList.remove("is-dragging");
  desk().querySelector("[data-in-hand]").hidden = true;
  for (const place of places()) {
    place.removeAttribute("data-may");
    place.removeAttribute("data-from");
    place.removeAttribute("data-over");
    place.querySelector("[data-drop-says]").textContent = "";
    if (place.hasAttribute("data-only-dragging")) place.hidden = true;
  }
};

// Where this person may go and what that does, from the menu's own page.
const learn = async (mine) => {
  const answer = await fetch(mine.row.dataset.ways, { headers: { "HX-Request": "true" } });
  if (!answer.ok || carried !== mine) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (carried !== mine) return;
  for (const way of page.querySelectorAll("[data-to]")) {
    const place = [...places()].find((one) => one.dataset.table === way.dataset.to);
    if (!place) continue;
    place.hidden = false;
    place.toggleAttribute("data-may", way.hasAttribute("data-may"));
    place.querySelector("[data-drop-says]").textContent = way.querySelector("[data-does]").textContent;
  }
};

const pickUp = (row) => {
  carried = { row };
  row.closest("[data-table]").setAttribute("data-from", "");
  learn(carried).catch(() => {});
};

const show = ({ row }) => {
  row.classList.add("is-carried");
  desk().classList.add("is-dragging");
};

const putDown = (place) => {
  const { ways } = carried.row.dataset;
  const values = { to: place.dataset.table, seen: desk().dataset.seen, csrfmiddlewaretoken: desk().dataset.token };
  setDown();
  // The server has the last word; what it says stands on the desk that it answers with.
  htmx.ajax("POST", ways, { target: "#desk", swap: "outerHTML", values }).catch(() => {});
};

document.addEventListener("dragstart", (event) => {
  const row = event.target.closest?.("#desk [data-hand]");
  if (!row) return;
  setDown();
  pickUp(row);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", row.dataset.hand);
  // Only once the browser has taken its picture of what is carried.
  setTimeout(() => { if (carried) show(carried); });
});

document.addEventListener("dragover", (event) => {
  const place = carried && event.target.closest?.("#desk [data-table]");
  for (const one of carried ? places() : []) one.toggleAttribute("data-over", one === place);
  if (!place || place.hasAttribute("data-from")) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
});

document.addEventListener("drop", (event) => {
  const place = carried && event.target.closest?.("#desk [data-table]");
  if (!place || place.hasAttribute("data-from")) return;
  event.preventDefault();
  putDown(place);
});

document.addEventListener("dragend", setDown);

// By tapping: somebody, then a table. Links and buttons stay what they are.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-put-back]")) return setDown();
  if (event.target.closest("a, button, summary, label")) return;
  const row = event.target.closest("#desk [data-hand][draggable]");
  const place = event.target.closest("#desk [data-table]");
  if (carried && place?.hasAttribute("data-may")) return putDown(place);
  const again = carried?.row === row;
  setDown();
  if (!row || again) return;
  pickUp(row);
  show(carried);
  const hand = desk().querySelector("[data-in-hand]");
  hand.querySelector("span").textContent = row.dataset.held;
  hand.hidden = false;
  said(row.dataset.held);
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") setDown(); });
document.addEventListener("htmx:afterSwap", () => {
  carried = null;
  said(desk()?.querySelector(".undo [role=status], .said-now")?.textContent ?? "");
});
