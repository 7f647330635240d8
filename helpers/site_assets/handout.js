// Draws the charts of a handout: low in one of two columns if the letters have room, else higher, else across both.
"use strict";
(() => {
  const here = document.currentScript.src;
  // CSS pixels: width on paper, width as drawn (before it is made smaller), greatest height as drawn.
  const PAGE = 1054, SPARE = 30; // height of A4 between its margins; how far text may break differently on paper than on the screen
  const SIZES = [{ paper: 346, drawn: 560, height: 365 }, { paper: 346, drawn: 560, height: 450 }, { paper: 346, drawn: 560, height: 520 }, 
    { paper: 710, drawn: 1080, height: 310 }, { paper: 710, drawn: 1080, height: 480 }, { paper: 710, drawn: 1080, height: 640 }];

  // A drawing is legible when no text leaves it and none lies on another.
  function legible(box) {
    const frame = box.querySelector(".main-svg").getBoundingClientRect();
    const boxes = [...box.querySelectorAll(".main-svg text")]
      .filter(text => text.textContent.trim() && !text.closest(".hoverlayer"))
      .flatMap(text => text.querySelector("tspan.line") ? [...text.querySelectorAll("tspan.line")] : [text])
      .map(line => line.getBoundingClientRect());
    const inside = one => one.left > frame.left - 2 && one.right < frame.right + 2;
    const apart = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) <= 2
      || Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) <= 4;
    return boxes.every((one, at) => inside(one) && boxes.slice(at + 1).every(other => apart(one, other)));
  }

  async function draw(figure) {
    const chart = figure.querySelector("script").textContent;
    const box = figure.querySelector(".drawing");
    for (const { paper, drawn, height } of SIZES) {
      const { data, layout } = JSON.parse(chart); // anew for each try: plotly writes its choices into what it is given
      const low = Math.min(height, layout.height);
      Object.assign(box.style, { width: `${drawn}px`, height: `${low}px`, zoom: 1 });
      await Plotly.newPlot(box, data, { ...layout, width: drawn, height: low }, { staticPlot: true });
      const done = legible(box);
      box.style.zoom = paper / drawn;
      figure.classList.toggle("wide", paper > 346);
      if (done) break;
    }
    box.setAttribute("aria-hidden", "true"); // the caption and the table of numbers stand for it
  }

  // Figures stand in rows, two in a row or a wide one alone; each page takes the first rows that fit its room.
  function arrange(sheet) {
    const rows = [];
    let half = null;
    for (const figure of sheet.querySelectorAll("figure")) {
      const row = figure.matches(".wide") || !half ? document.createElement("div") : half;
      if (!figure.matches(".wide")) half = half ? null : row;
      row.className = "row";
      row.append(figure);
      if (!rows.includes(row)) rows.push(row);
    }
    sheet.append(...rows);
    const heights = new Map(rows.map(row => [row, row.offsetHeight + 4]));
    const title = sheet.previousElementSibling, above = title.offsetHeight + 14;
    let room = PAGE - (title.offsetTop - document.querySelector("main").offsetTop) % PAGE - SPARE - above;
    let first = title;
    while (rows.length) {
      const at = rows.findIndex(row => heights.get(row) < room);
      const [row] = rows.splice(Math.max(at, 0), 1);
      if (at < 0) {
        (first || row).style.breakBefore = "page";
        room = PAGE - (first ? above : 0);
      }
      sheet.append(row);
      room -= heights.get(row);
      first = null;
    }
  }

  const library = document.createElement("script");
  library.src = new URL("plotly.min.js", here).href;
  library.onload = async () => {
    for (const figure of document.querySelectorAll("figure.chart")) await draw(figure);
    arrange(document.querySelector(".figures"));
    document.documentElement.dataset.charts = "drawn";
  };
  document.head.append(library);
  document.querySelector("button.print").addEventListener("click", () => print());
})();
