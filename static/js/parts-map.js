// Parts are put where they belong, with the mouse, a finger or the arrow keys. Each move is kept on
// the server; the line below the map says what is kept and what is not. Without a connection it
// tries again; nothing is stored in the browser. Without this file the map has forms for it.
const PAUSE = 500, FIRST_WAIT = 1500, LONGEST_WAIT = 20000;
// The same lengths as in selfwork/rules/places.py and pages/pictures/around.py.
const MARGIN = 72, NEAREST = 74, GAP = 33, NAME_GAP = 44, SHORTEST = 14, STEP = 20, SMALL_STEP = 5, A_DRAG = 5;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// A line begins farther from a shape below it, where the name stands.
const gap = (downward) => GAP + NAME_GAP * Math.max(0, downward);

const linePath = (kind, length) => {
  const end = Math.round(length * 10) / 10;
  if (kind === "quarrels") {
    const teeth = Math.max(2, Math.round(end / 9));
    const points = Array.from({ length: teeth }, (_, tooth) => `L${(end * (tooth + 0.5)) / teeth} ${tooth % 2 ? -6 : 6}`);
    return `M0 0${points.join("")}L${end} 0`;
  }
  if (kind === "comforts") return `M0-3H${end - 8}M0 3H${end - 8}M${end - 8} 0a4 4 0 1 1 8 0a4 4 0 1 1-8 0`;
  return `M0 0H${end}M${end - 10}-7L${end} 0L${end - 10} 7`;
};

for (const map of document.querySelectorAll("[data-parts-map]")) {
  const frame = map.parentElement;
  const line = frame.parentElement.querySelector("[data-map-said]");
  const half = Number(map.dataset.half);
  const parts = new Map([...map.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
  const ties = [...map.querySelectorAll("[data-one]")];
  // What is to be kept, by part: the latest place only.
  const waiting = new Map();
  let timer = null, wait = FIRST_WAIT, busy = false, held = null, justMoved = null;

  const say = (words) => { line.textContent = words; };
  const at = (part) => ({ x: Number(part.dataset.x), y: Number(part.dataset.y) });

  const drawTies = (key) => {
    for (const tie of ties) {
      if (key !== tie.dataset.one && key !== tie.dataset.other) continue;
      const one = at(parts.get(tie.dataset.one)), other = at(parts.get(tie.dataset.other));
      const across = other.x - one.x, down = other.y - one.y;
      const away = Math.hypot(across, down) || 1;
      const begin = gap(down / away), end = gap(-down / away);
      const turn = (Math.atan2(down, across) * 180) / Math.PI;
      tie.setAttribute("transform", `translate(${one.x} ${one.y}) rotate(${turn}) translate(${begin} ${tie.dataset.beside})`);
      tie.firstElementChild.setAttribute("d", linePath(tie.dataset.kind, Math.max(SHORTEST, away - begin - end)));
    }
  };

  const put = (part, x, y) => {
    const side = half - MARGIN;
    x = Math.max(-side, Math.min(side, x));
    y = Math.max(-side, Math.min(side, y));
    const away = Math.hypot(x, y);
    if (away < 1) [x, y] = [0, -NEAREST];
    else if (away < NEAREST) [x, y] = [(x * NEAREST) / away, (y * NEAREST) / away];
    part.dataset.x = Math.round(x);
    part.dataset.y = Math.round(y);
    part.setAttribute("transform", `translate(${part.dataset.x} ${part.dataset.y})`);
    drawTies(part.dataset.part);
  };

  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  };
  const tryAgain = (words) => {
    say(words);
    later(wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };
  const moved = (part) => {
    waiting.set(part.dataset.part, at(part));
    later(PAUSE);
  };

  const save = async () => {
    if (busy || waiting.size === 0) return;
    busy = true;
    const [key, place] = waiting.entries().next().value;
    const part = parts.get(key);
    const isSettled = () => waiting.get(key) === place;
    const body = new URLSearchParams({ ...place, csrfmiddlewaretoken: frame.dataset.token });
    say(frame.dataset.saving);
    try {
      const answer = await fetch(part.dataset.saveUrl, {
        method: "POST", body, headers: { Accept: "application/json" }, keepalive: true,
      });
      if (answer.redirected || answer.status === 403) return tryAgain(frame.dataset.signedOut);
      if (answer.status >= 500) return tryAgain(frame.dataset.failed);
      if (isSettled()) waiting.delete(key);
      if (!answer.ok) return say(frame.dataset.gone);
      wait = FIRST_WAIT;
      const { said, where } = await answer.json();
      for (const words of document.querySelectorAll(`[data-where="${key}"]`)) {
        part.setAttribute("aria-label", part.getAttribute("aria-label").replace(words.textContent, where));
        words.textContent = where;
      }
      say(said);
      if (waiting.size) later(0);
    } catch {
      tryAgain(frame.dataset.away);
    } finally {
      busy = false;
    }
  };

  // From the screen to the drawing.
  const point = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());

  for (const part of parts.values()) {
    // A finger on a part moves the part, beside it the page.
    part.addEventListener("touchmove", (event) => { if (event.cancelable) event.preventDefault(); }, { passive: false });
    part.addEventListener("dragstart", (event) => event.preventDefault());
    part.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const from = point(event), here = at(part);
      held = { part, id: event.pointerId, across: here.x - from.x, down: here.y - from.y, here, from: [event.clientX, event.clientY], isDrag: false };
      part.setPointerCapture(event.pointerId);
    });
    part.addEventListener("pointermove", (event) => {
      if (held?.part !== part || held.id !== event.pointerId) return;
      held.isDrag ||= Math.hypot(event.clientX - held.from[0], event.clientY - held.from[1]) > A_DRAG;
      if (!held.isDrag) return;
      part.classList.add("is-held");
      const to = point(event);
      put(part, to.x + held.across, to.y + held.down);
    });
    const letGo = (event) => {
      if (held?.part !== part || held.id !== event.pointerId) return;
      part.classList.remove("is-held");
      if (held.isDrag && event.type === "pointercancel") put(part, held.here.x, held.here.y);
      else if (held.isDrag) {
        justMoved = part;
        setTimeout(() => { justMoved = null; }, 0);
        moved(part);
      }
      held = null;
    };
    // The press that ends a move opens no page.
    part.addEventListener("click", (event) => { if (justMoved === part) event.preventDefault(); });
    part.addEventListener("pointerup", letGo);
    part.addEventListener("pointercancel", letGo);
    part.addEventListener("keydown", (event) => {
      const way = KEYS[event.key];
      if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const here = at(part), step = event.shiftKey ? SMALL_STEP : STEP;
      put(part, here.x + way[0] * step, here.y + way[1] * step);
      moved(part);
    });
  }

  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
  // A map that is wider than the screen begins in its middle, where the self is.
  frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
}
