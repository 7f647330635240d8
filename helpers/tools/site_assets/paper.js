// Draws the charts of a sheet at their size on paper, keeps the plan on one page, changes between A4 and Letter, prints.
"use strict";
(() => {
  const root = document.documentElement;
  const HEIGHTS = Array.from({ length: 19 }, (_, step) => 150 + 10 * step); // of drawings, CSS pixels
  const RAISED = 80; // how much higher a drawing may get for a note on an axis
  const SMALLEST = 8.5; // points of the plan's letters
  const LINES = 7; // lines to write on that stay, before drawings take more room than they need
  const LOOSER = 1.4; // how much higher than it need be a drawing gets at most

  // A drawing is legible when no words leave it and none lie on others.
  function legible(box) {
    const frame = box.querySelector(".main-svg").getBoundingClientRect();
    const words = [...box.querySelectorAll(".main-svg text")]
      .filter(text => text.textContent.trim() && !text.closest(".hoverlayer"))
      .flatMap(text => text.querySelector("tspan.line") ? [...text.querySelectorAll("tspan.line")] : [text])
      .map(line => line.getBoundingClientRect())
      .filter(one => one.width); // the axes have hidden words, too
    const inside = one => one.left > frame.left - 2 && one.right < frame.right + 2 && one.top > frame.top - 2 && one.bottom < frame.bottom + 2;
    const apart = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) <= 2
      || Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) <= 3; // white above and below letters
    return words.every((one, at) => inside(one) && words.slice(at + 1).every(other => apart(one, other)));
  }

  // Notes lie on no axis: a line through letters cannot be read off a copy.
  function clear(box) {
    const axes = [...box.querySelectorAll("path.xlines-above")].map(line => line.getBoundingClientRect());
    const notes = [...box.querySelectorAll(".annotation-text")].map(note => note.getBoundingClientRect());
    return notes.every(note => axes.every(axis => note.right < axis.left || note.left > axis.right
      || note.bottom < axis.top || note.top > axis.bottom));
  }

  // Each drawing is as low as its words allow, or a little higher where that lifts a note from an axis; one that finds no room in one column goes across both.
  async function draw(figure) {
    const chart = figure.querySelector("script").textContent, box = figure.querySelector(".drawing");
    const family = getComputedStyle(document.body).fontFamily;
    for (const wide of "wide" in figure.dataset ? [true] : [false, true]) {
      figure.classList.toggle("wide", wide);
      const drawn = height => {
        const { data, layout } = JSON.parse(chart); // anew for each try: plotly writes its choices into what it is given
        figure.height = height;
        figure.drawn = drawn;
        return Plotly.newPlot(box, data, { ...layout, font: { ...layout.font, family }, width: figure.clientWidth, height }, { staticPlot: true });
      };
      let lowest = 0;
      for (const height of HEIGHTS) {
        if (lowest && height > lowest + RAISED) break;
        await drawn(height);
        if (!legible(box)) continue;
        if (clear(box)) return;
        lowest ||= height;
      }
      if (lowest) return drawn(lowest);
    }
  }

  // Room that the written task does not need makes the rows of wide drawings looser.
  async function spread() {
    const wide = [...document.querySelectorAll("figure.chart.wide")].filter(figure => figure.drawn);
    const last = document.querySelectorAll(".written .rules > *")[LINES - 1], page = last && last.closest(".page");
    if (!page || !wide.length) return;
    const edge = page.getBoundingClientRect().bottom - parseFloat(getComputedStyle(page).paddingBottom);
    let spare = edge - last.getBoundingClientRect().bottom;
    for (const figure of wide.sort((one, other) => other.height - one.height)) {
      const more = Math.floor(Math.min(spare, figure.height * (LOOSER - 1)));
      if (more < 10) break;
      await figure.drawn(figure.height + more);
      spare -= more;
    }
  }

  async function all() {
    delete root.dataset.charts;
    for (const figure of document.querySelectorAll("figure.chart")) await draw(figure);
    await spread();
    root.dataset.charts = "drawn";
  }

  // The plan is one leaf: its letters shrink a little before another page begins.
  function fit() {
    for (const page of document.querySelectorAll(".plan .page")) {
      page.style.fontSize = "";
      const edge = page.getBoundingClientRect().bottom - parseFloat(getComputedStyle(page).paddingBottom);
      for (let size = parseFloat(getComputedStyle(page).fontSize) * 0.75; size >= SMALLEST; size -= 0.1) {
        page.style.fontSize = `${size}pt`;
        if (page.lastElementChild.getBoundingClientRect().bottom <= edge + 0.5) break;
      }
    }
  }

  function paper(name) {
    root.dataset.paper = name;
    document.getElementById("paper-size").textContent = `@page { size: ${name === "letter" ? "letter" : "A4"}; margin: 0; }`;
    document.querySelectorAll("button[data-paper]").forEach(one => one.setAttribute("aria-pressed", String(one.dataset.paper === name)));
    fit();
    return window.Plotly ? all() : undefined;
  }

  document.querySelectorAll("button[data-paper]").forEach(one => one.addEventListener("click", () => paper(one.dataset.paper)));
  document.querySelector("button.print").addEventListener("click", () => print());
  paper(new URLSearchParams(location.search).get("paper") === "letter" ? "letter" : "a4");
})();
