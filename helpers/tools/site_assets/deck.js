// Slides by keyboard, mouse, finger and remote control: one on the stage at a time; what is hidden comes with the space bar.
"use strict";
(() => {
  const root = document.documentElement, stage = document.getElementById("stage");
  const slides = [...document.querySelectorAll(".slide")], WIDTH = 1920, HEIGHT = 1080;
  const button = Object.fromEntries([...document.querySelectorAll("[data-go]")].map(one => [one.dataset.go, one]));
  const count = slides.filter(slide => !("more" in slide.dataset)).length; // those of the hour; the others come after them
  let at = 0, from = 0;

  // --- charts: drawn once, for the width of the stage, and made larger so that the back row can read them
  async function draw(figure) {
    const { data, layout } = JSON.parse(figure.querySelector("script").textContent);
    const box = figure.querySelector(".drawing"), scale = Number(figure.dataset.scale);
    box.style.transform = `scale(${scale})`;
    const size = { width: Math.floor(figure.clientWidth / scale), height: Math.floor(figure.clientHeight / scale) };
    await Plotly.newPlot(box, data, { ...layout, ...size }, { displayModeBar: false, responsive: false });
  }
  async function drawAll() {
    if (window.Plotly) for (const figure of document.querySelectorAll("figure.chart")) await draw(figure);
    else document.querySelectorAll("figure.chart").forEach(figure =>
      figure.insertAdjacentHTML("beforeend", "<p>The file plotly.min.js is missing beside these pages: copy the whole folder again.</p>"));
    root.dataset.charts = "drawn";
  }

  // --- the stage fills the window; the bar lies on its empty foot
  function fit() {
    const scale = Math.min(innerWidth / WIDTH, innerHeight / HEIGHT);
    stage.style.transform = `translate(${(innerWidth - WIDTH * scale) / 2}px, ${(innerHeight - HEIGHT * scale) / 2}px) scale(${scale})`;
  }

  const waiting = () => slides[at].querySelector(".hidden:not(.shown)");
  const first = () => at < count ? 0 : count, last = () => at < count ? count - 1 : slides.length - 1;
  function go(to) { // to any slide
    at = Math.max(0, Math.min(slides.length - 1, to));
    slides.forEach((slide, number) => {
      slide.classList.toggle("now", number === at);
      slide.inert = number !== at;
    });
    history.replaceState(null, "", `#${at + 1}`);
    told();
  }
  const step = by => go(Math.max(first(), Math.min(last(), at + by)));
  function more() { // to what the usual hour goes without, and back
    if (count === slides.length) return;
    if (at < count) from = at;
    go(at < count ? count : from);
  }
  function told() {
    const next = waiting();
    document.getElementById("place").textContent = at < count ? `${at + 1} of ${count}` : `${at + 1}, for a longer hour`;
    button.show.hidden = !next;
    if (next) button.show.textContent = next.dataset.says;
    button.back.disabled = at === first();
    button.on.disabled = at === last();
    if (button.more) button.more.textContent = at < count ? "More (M)" : "Back to the hour (M)";
    fit();
  }
  function show() {
    const next = waiting();
    if (!next) return false;
    next.classList.add("shown");
    told();
    return true;
  }

  // --- the timer of the guess
  const clock = document.querySelector("[data-minutes]");
  let ticking = 0, left = clock ? 60 * Number(clock.dataset.minutes) : 0;
  function tell() {
    clock.querySelector(".left").textContent = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : "Time";
    clock.dataset.state = left > 0 ? (ticking ? "runs" : "stands") : "over";
  }
  function time() {
    if (!clock || !slides[at].contains(clock)) return;
    if (ticking) {
      clearInterval(ticking);
      ticking = 0;
    } else {
      if (left <= 0) left = 60 * Number(clock.dataset.minutes);
      let last = performance.now();
      ticking = setInterval(() => {
        const past = Math.floor((performance.now() - last) / 1000); // a window in the background ticks late
        if (!past) return;
        last += 1000 * past;
        left = Math.max(0, left - past);
        if (!left) {
          clearInterval(ticking);
          ticking = 0;
        }
        tell();
      }, 200);
    }
    tell();
  }

  const theme = dark => { root.dataset.theme = dark ? "dark" : "light"; };
  const full = () => { document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.().catch(() => {}); };
  const acts = {
    ArrowRight: () => step(1), ArrowDown: () => step(1), PageDown: () => step(1), n: () => step(1),
    ArrowLeft: () => step(-1), ArrowUp: () => step(-1), PageUp: () => step(-1), p: () => step(-1),
    Home: () => go(0), End: () => go(count - 1), " ": () => show() || step(1), m: more,
    t: time, f: full, d: () => theme(root.dataset.theme !== "dark"),
  };
  addEventListener("keydown", event => {
    const act = acts[event.key.length > 1 ? event.key : event.key.toLowerCase()];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.closest("button, a")) return; // the space bar presses what has the focus
    event.preventDefault();
    act();
  });
  button.back.addEventListener("click", () => step(-1));
  button.on.addEventListener("click", () => step(1));
  button.more?.addEventListener("click", () => { more(); button.more.blur(); });
  button.show.addEventListener("click", () => { show(); button.show.blur(); });
  if (clock) clock.addEventListener("click", time);

  let touched = null;
  addEventListener("touchstart", event => { touched = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
  addEventListener("touchend", event => {
    if (!touched || event.target.closest("button, a")) return;
    const end = event.changedTouches[0], across = end.clientX - touched.clientX;
    if (Math.abs(across) > 60 && Math.abs(across) > Math.abs(end.clientY - touched.clientY)) step(across < 0 ? 1 : -1);
  });

  addEventListener("resize", fit);
  addEventListener("hashchange", () => go(Number(location.hash.slice(1)) - 1 || 0));
  const wish = matchMedia("(prefers-color-scheme: dark)");
  theme(wish.matches);
  wish.addEventListener("change", () => theme(wish.matches));
  go(Number(location.hash.slice(1)) - 1 || 0);
  drawAll();
})();
