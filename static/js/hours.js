// Drag over the grid to paint hours, with a finger, a pen or a mouse; arrows move the focus.
// Without this file every hour is a plain checkbox.
const grid = document.querySelector("table.hours");
if (grid) {
  let painting = null;
  const boxAt = (event) =>
    document.elementFromPoint(event.clientX, event.clientY)?.closest("table.hours td")?.querySelector("input");
  grid.addEventListener("pointerdown", (event) => {
    const box = boxAt(event);
    if (!box || event.pointerType === "touch") return;
    event.preventDefault();
    box.focus();
    painting = box.checked = !box.checked;
  });
  grid.addEventListener("pointermove", (event) => {
    const box = painting === null ? null : boxAt(event);
    if (box) box.checked = painting;
  });
  window.addEventListener("pointerup", () => { painting = null; });
  grid.addEventListener("click", (event) => {
    // The mouse has painted already on its way down; the click that follows must not undo it.
    if (event.pointerType === "mouse" || event.pointerType === "pen") event.preventDefault();
  });
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  grid.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const cell = event.target.closest("td");
    if (!step || !cell) return;
    event.preventDefault();
    const row = grid.rows[cell.parentElement.rowIndex + step[0]];
    row?.cells[cell.cellIndex + step[1]]?.querySelector("input")?.focus();
  });
}
