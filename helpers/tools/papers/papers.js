// Prints a paper; on the feedback form also keeps what is typed in this browser and saves it as a file.
"use strict";
(() => {
  document.querySelectorAll("button.print").forEach(one => one.addEventListener("click", () => print()));
  const form = document.querySelector("form");
  if (!form) return;
  const KEY = "sino-soviet-split feedback", said = document.getElementById("said");
  const day = () => { const now = new Date(); return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, "0")).join("-"); };
  const fields = () => [...form.elements].filter(one => one.name && (one.type !== "radio" || one.checked));

  function remember() {
    try { localStorage.setItem(KEY, JSON.stringify(fields().map(one => [one.name, one.value]))); } catch { /* a browser that keeps nothing */ }
    grow();
  }

  function recall() {
    let kept = [];
    try { kept = JSON.parse(localStorage.getItem(KEY) || "[]"); } catch { /* nothing to recall */ }
    for (const [name, value] of kept) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
    grow();
  }

  // On paper a box shows all that was typed into it.
  function grow() {
    form.querySelectorAll("textarea").forEach(one => { one.style.height = ""; if (one.scrollHeight > one.clientHeight) one.style.height = `${one.scrollHeight + 4}px`; });
  }

  function text() {
    const lines = [document.querySelector("h1").textContent, `Filled in on ${day()}; course ${form.dataset.version}`, ""];
    for (const one of fields()) if (one.value.trim()) lines.push(form.querySelector(`[data-asks="${one.name}"]`).textContent.trim(), one.value.trim(), "");
    return lines.join("\r\n");
  }

  form.addEventListener("input", remember);
  form.addEventListener("submit", event => {
    event.preventDefault();
    const link = document.createElement("a"), name = `feedback-${day()}.txt`;
    link.href = URL.createObjectURL(new Blob([text()], { type: "text/plain;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    said.textContent = `Saved as ${name}, where your browser puts downloads.`;
  });
  recall();
})();
