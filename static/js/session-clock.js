// The clock of a meeting. The server is the clock: it says when the present stretch began, and
// the page counts from there, so a phone that slept shows the right step as soon as it wakes.
// Every few seconds the page asks whether somebody pressed. Without this file it reloads itself.
const table = document.querySelector(".at-table");
if (table) {
  const away = table.querySelector("[data-away]");
  const said = table.querySelector("[data-said]");
  const hold = () => table.querySelector("#hold");
  // How far the server's clock is ahead of this device's, in milliseconds: a guess until the
  // first answer, then as the answer that travelled fastest told it.
  let ahead = Number(hold().dataset.now) - Date.now();
  let fastest = Infinity;
  let asked = performance.now();
  let shown = null;
  let bell = null;

  const now = () => Date.now() + ahead;

  // Which stretch it is, and how many milliseconds it has to go: as practice/holding.py counts.
  const place = () => {
    const { step, began, stopped } = hold().dataset;
    const rows = hold().querySelectorAll(".order li");
    const moment = stopped ? Number(stopped) : now();
    let [at, since] = [Number(step), Number(began)];
    for (; at < rows.length; at += 1) {
      const length = rows[at].dataset.seconds * 1000;
      if (moment < since + length) return { rows, at, length, left: since + length - moment };
      since += length;
    }
    return { rows, at, length: 1, left: 0 };
  };

  const ring = () => {
    if (!bell) return;
    const tone = bell.createOscillator();
    const loudness = bell.createGain();
    tone.frequency.value = 528;
    loudness.gain.setValueAtTime(0.2, bell.currentTime);
    loudness.gain.exponentialRampToValueAtTime(0.0001, bell.currentTime + 3);
    tone.connect(loudness).connect(bell.destination);
    tone.start();
    tone.stop(bell.currentTime + 3);
  };

  // A stretch has run out while nobody pressed: what the server would draw, drawn from the list.
  const turn = (rows, at) => {
    const stage = hold().querySelector(".stage");
    const part = (row, name) => row.querySelector(`[data-${name}]`).textContent;
    for (const name of ["title", "who", "words"]) {
      stage.querySelector(`[data-now-${name}]`).textContent = part(rows[at], name);
    }
    const then = stage.querySelector("[data-then]");
    const next = rows[at + 1];
    if (then && next) then.textContent = [part(next, "title"), part(next, "who")].filter(Boolean).join(", ");
    stage.dataset.kind = rows[at].dataset.kind;
    stage.toggleAttribute("data-mine", "mine" in rows[at].dataset);
    rows.forEach((row, number) => {
      row.className = number < at ? "was" : number === at ? "now" : "later";
      row.toggleAttribute("aria-current", false);
    });
    rows[at].setAttribute("aria-current", "step");
    const step = hold().querySelector(".controls input[name=step]");
    if (step) step.value = at;
  };

  const draw = () => {
    if (hold().dataset.phase !== "on") return;
    const { rows, at, length, left } = place();
    if (at === rows.length) return ask(true);
    const stage = hold().querySelector(".stage");
    const changed = shown !== null && shown !== at;
    if (at !== Number(hold().dataset.step)) turn(rows, at);
    if (changed) {
      stage.classList.remove("turned");
      void stage.offsetWidth;
      stage.classList.add("turned");
      ring();
      said.textContent = [...stage.querySelectorAll("[data-now-title], [data-now-who]")]
        .map((one) => one.textContent).filter(Boolean).reverse().join(", ");
    }
    shown = at;
    const seconds = Math.ceil(left / 1000);
    const unit = stage.querySelector("[data-unit]");
    const inMinutes = seconds > 60;
    write(stage.querySelector("[data-left]"), inMinutes ? `${Math.ceil(seconds / 60)}` : `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, "0")}`);
    write(unit, inMinutes ? unit.dataset.minutes : unit.dataset.seconds);
    stage.querySelector(".dial-left").setAttribute("stroke-dashoffset", (100 * (1 - left / length)).toFixed(2));
  };

  const write = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };

  const ask = (atOnce = false) => {
    const soonest = atOnce ? 500 : hold().dataset.every * 1000;
    if (document.hidden || performance.now() - asked < soonest) return;
    asked = performance.now();
    const url = `${table.dataset.state}?seen=${hold().dataset.seen}`;
    // Without a connection the promise fails, and the events below say so.
    htmx.ajax("GET", url, { source: away, target: "#hold", swap: "outerHTML" }).catch(() => {});
  };

  // Every answer carries the server's clock; one that was quick tells it best.
  document.addEventListener("htmx:beforeSend", (event) => { event.detail.xhr.sentAt = performance.now(); });
  document.addEventListener("htmx:beforeSwap", (event) => learn(event.detail.xhr));
  document.addEventListener("htmx:afterRequest", (event) => learn(event.detail.xhr));
  const learn = (xhr) => {
    const clock = Number(xhr.getResponseHeader("Table-Clock"));
    away.hidden = xhr.status !== 0;
    if (!clock || xhr.learned) return;
    xhr.learned = true;
    const travelled = performance.now() - xhr.sentAt;
    if (travelled > fastest * 1.5) return;
    fastest = travelled;
    ahead = clock + travelled / 2 - Date.now();
  };
  // That a question in the background finds no connection is said quietly, not as an alarm.
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    away.addEventListener(name, (event) => { event.stopPropagation(); away.hidden = false; });
  }

  const offerBell = () => {
    const button = hold().querySelector("[data-bell]");
    if (!button || !window.AudioContext) return;
    button.hidden = false;
    button.setAttribute("aria-pressed", String(bell !== null));
    button.onclick = () => {
      bell = bell ? null : new AudioContext();
      offerBell();
      ring();
    };
  };

  // A screen that stays bright, where the device lets us.
  const stayAwake = () => {
    if (!document.hidden && hold().dataset.phase === "on") navigator.wakeLock?.request("screen").catch(() => {});
  };

  const fresh = () => { draw(); offerBell(); stayAwake(); };
  document.addEventListener("htmx:afterSwap", fresh);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    // The device's clock may have been set while it slept.
    fastest = Infinity;
    draw();
    ask(true);
    stayAwake();
  });
  setInterval(() => { draw(); ask(); }, 500);
  fresh();
}
