// Draws the charts of a handout: low in one of two columns if the letters have room, else higher, else across both.
"use strict";
(() => {
  const here = document.currentScript.src;
  // CSS pixels: width on paper, width as drawn (before it is made smaller), greatest height as drawn.
  const PAGES = 4, PAGE = 1054, SPARE = 30; // the height of A4 between its margins; how far text may break differently on paper than on the screen
  const SIZES = [{ paper: 346, drawn: 560, height: 365 }, { paper: 346, drawn: 560, height: 450 }, { paper: 346, drawn: 560, height: 520 }, 
    { paper: 710, drawn: 1080, height: 290 }, { paper: 710, drawn: 1080, height: 480 }, { paper: 710, drawn: 1080, height: 640 }];

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

  // Figures stand in rows, two in a row or a wide one alone.
  function inRows(sheet) {
    const rows = [];
    let half = null;
    for (const figure of sheet.querySelectorAll("figure")) {
      const wide = figure.matches(".wide");
      const row = wide || !half ? document.createElement("div") : half;
      if (!wide) half = half ? null : row;
      row.className = "row";
      row.append(figure);
      if (!rows.includes(row)) rows.push(row);
    }
    sheet.append(...rows);
    return rows.map(row => ({ row, height: row.offsetHeight + 4 }));
  }

  // Each page takes the first rows that fit its room. Returns the order, which of them begin a page, and where the last one ends.
  function arranged(rows, begin, above, page) {
    const left = [...rows], order = [];
    let room = page - begin % page - SPARE - above, end = begin + above;
    while (left.length) {
      const at = left.findIndex(({ height }) => height < room);
      const { row, height } = left.splice(Math.max(at, 0), 1)[0];
      if (at < 0) {
        end = Math.ceil(end / page) * page + (order.length ? 0 : above);
        room = page - (order.length ? 0 : above);
      }
      order.push({ row, begins: at < 0 });
      room -= height;
      end += height;
    }
    return { order, end };
  }

  // The whole is made smaller, by a few percent, until it fits its four pages.
  function fit() {
    const main = document.querySelector("main"), sheet = main.querySelector(".figures"), title = sheet.previousElementSibling;
    const rows = inRows(sheet);
    const begin = title.offsetTop - main.offsetTop, above = title.offsetHeight + 14;
    const rest = main.offsetHeight - (sheet.offsetTop + sheet.offsetHeight - main.offsetTop);
    for (let size = 1; size >= 0.8; size -= 0.02) {
      const { order, end } = arranged(rows, begin, above, PAGE / size);
      if (end + rest + SPARE > PAGES * PAGE / size && size > 0.82) continue;
      order.forEach(({ row, begins }, at) => {
        if (begins) (at ? row : title).style.breakBefore = "page";
        sheet.append(row);
      });
      main.style.zoom = size;
      return;
    }
  }

  const library = document.createElement("script");
  library.src = new URL("plotly.min.js", here).href;
  library.onload = async () => {
    for (const figure of document.querySelectorAll("figure.chart")) await draw(figure);
    fit();
    document.documentElement.dataset.charts = "drawn";
  };
  document.head.append(library);
  document.querySelector("button.print").addEventListener("click", () => print());
})();
