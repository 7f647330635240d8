// The pages that answer: forms judge, keep and recall what a pupil types, in this browser and nowhere else.
// What is kept has the form of my_answers.json (helpers/desk/answers.py), so that JupyterLab and the live lessons read it.
"use strict";
(() => {
  const about = window.courseAbout, key = window.courseKey || {}, reading = window.courseReading;
  const forms = [...document.querySelectorAll("form.ask")];
  if (!about || !reading) return;
  const NAME = `${about.course}, answers`, FILE = "my_answers.json";
  const say = (name, parts) => reading.say(about.sentences, name, parts);
  let memory = null, trouble = "";

  // ---- what is kept
  function stored() {
    if (trouble && memory) return memory;
    let raw = null;
    try {
      raw = localStorage.getItem(NAME);
      const whole = JSON.parse(raw || "{}");
      if (isPart(whole)) return whole;
      throw new TypeError(NAME);
    } catch (_) {
      try {
        if (raw) localStorage.setItem(`${NAME}, damaged`, raw); // put aside, before an answer takes its place
      } catch (__) { /* nothing more can be done here */ }
      return memory || {};
    }
  }
  function write(whole) {
    memory = { course: about.course, edition: Math.max(about.edition, Number(whole.edition) || 0), data: about.data, ...without(whole) };
    try {
      localStorage.setItem(NAME, JSON.stringify(memory));
      trouble = "";
    } catch (problem) {
      trouble = say("keep_failed", { why: problem.name === "QuotaExceededError" ? "this browser's storage is full" : "this browser keeps nothing here" });
    }
    return trouble;
  }
  function without(whole) {
    const { course, edition, data, ...rest } = whole;
    return rest;
  }
  const today = () => { const now = new Date(); return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10); };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const isEntry = raw => raw && typeof raw === "object" && !Array.isArray(raw) && "last" in raw;
  const entryOf = raw => isEntry(raw) ? { tries: 1, ...raw } : { first: raw, last: raw, tries: 1, edition: 1 };
  const isPart = part => part && typeof part === "object" && !Array.isArray(part);

  /* Keep one value as `answers.keep` does; return [tries, a sentence on trouble]. */
  function keep(kind, name, value) {
    const whole = stored(), part = isPart(whole[kind]) ? whole[kind] : {};
    let entry = name in part ? entryOf(part[name]) : null;
    if (!entry || !same(entry.last, value)) {
      entry = entry || { first: value, first_day: today(), tries: 0 };
      entry = { ...entry, last: value, last_day: today(), tries: entry.tries + 1 };
      if (kind === "texts") { delete entry.first; delete entry.first_day; }
      write({ ...whole, [kind]: { ...part, [name]: entry } });
    }
    return [entry.tries, trouble];
  }
  function kept(kind, name) {
    const part = stored()[kind];
    return isPart(part) && name in part ? entryOf(part[name]) : null;
  }

  // ---- the key
  const opened = {};
  function open(name) {
    if (!(name in opened)) {
      const mask = new TextEncoder().encode(`${name} ${about.course}`);
      const bytes = Uint8Array.from(atob(key[name]), sign => sign.charCodeAt(0)).map((byte, place) => byte ^ mask[place % mask.length]);
      opened[name] = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    }
    return opened[name];
  }

  // ---- Markdown of one line or a few paragraphs, as nodes: nothing typed ever becomes a tag
  const SPAN = /\\(.)|`([^`]*)`|\*\*((?:\\.|[^*\\]|\*(?!\*))+)\*\*|\*((?:\\.|[^*\\])+)\*|\[([^\]]*)\]\(([^)\s]*)\)|&(amp|lt|gt|#124);/su;
  const SIGNS = { amp: "&", lt: "<", gt: ">", "#124": "|" };
  function spans(text, into) {
    for (let rest = text; rest;) {
      const found = SPAN.exec(rest);
      into.append(found ? rest.slice(0, found.index) : rest);
      if (!found) return into;
      const [whole, sign, code, strong, weak, link, address, entity] = found;
      if (sign !== undefined) into.append(sign);
      else if (entity) into.append(SIGNS[entity]);
      else if (link !== undefined) {
        const node = document.createElement("a");
        if (/^[\w./#-]+$/.test(address)) node.href = address;
        into.append(spans(link, node));
      } else {
        const node = document.createElement(code !== undefined ? "code" : strong ? "strong" : "em");
        if (code !== undefined) node.textContent = code;
        else spans(strong || weak, node);
        into.append(node);
      }
      rest = rest.slice(found.index + whole.length);
    }
    return into;
  }
  function tell(form, markdown, state = "") {
    const box = form.querySelector(".said");
    box.dataset.state = state;
    box.replaceChildren(...markdown.split(/\n\n+/).filter(Boolean).map(part => spans(part, document.createElement("p"))));
  }

  // ---- forms
  const typedIn = form => {
    const fields = [...form.querySelectorAll("[name=typed]")];
    if (/^(radio|checkbox)$/.test(fields[0].type)) return fields.filter(field => field.checked).map(field => field.value).join(", ");
    return fields[0].value;
  };
  function fill(form, value) {
    for (const field of form.querySelectorAll("[name=typed]")) {
      if (/^(radio|checkbox)$/.test(field.type)) field.checked = String(value).split(", ").includes(field.value);
      else field.value = value;
    }
  }
  const guessInWords = value => Array.isArray(value) ? value.map(one => reading.general(one)).join(" to ")
    : typeof value === "number" ? reading.general(value) : String(value);

  const ASKED = {
    check(form, typed) {
      const { right, says } = reading.reply(open(form.dataset.key), typed, about, given => keep("answers", form.dataset.key, given));
      tell(form, says, right === true ? "right" : right === false ? "not-yet" : "");
    },
    guess(form, typed) {
      const known = about.guesses[form.dataset.key] || { asks: "", low: null }, unit = form.dataset.unit || "";
      if (reading.blank(typed)) return tell(form, say("guess_unanswered"));
      const one = reading.guess(typed, unit, known.asks);
      if (one.value === null) return tell(form, `${say(one.says, { typed, unit })} ${say("errors_table")}`);
      const numbers = [one.value].flat();
      if (known.low !== null && numbers.some(value => typeof value === "number" && (value < known.low || (known.high !== null && value > known.high))))
        return tell(form, say("guess_outside", { typed, low: reading.general(known.low, 6), high: reading.general(known.high, 6), unit }));
      const [, note] = keep("guesses", form.dataset.key, { value: one.value, unit });
      tell(form, `${say("guess_kept", { value: guessInWords(one.value), unit })} ${note}`.trim(), "kept");
      recall();
    },
    judged(form, typed, kind) {
      const name = form.dataset.key, sureTyped = form.querySelector("[name=sure]").value;
      if (!typed || reading.blank(sureTyped)) return tell(form, `**${name}** ${say(kind === "priors" ? "prior_unanswered" : "verdict_unanswered")}`);
      const sure = reading.sureness(sureTyped);
      if (sure.value === null) return tell(form, `**${name}** ${say(sure.says, { typed: sureTyped })}`);
      const [, note] = keep(kind, name, { verdict: typed, sure: sure.value });
      tell(form, `**${name}** ${say("verdict_kept", { verdict: typed, sure: reading.general(sure.value, 6) })} ${note}`.trim(), "kept");
      ours();
      marked();
    },
    prior: (form, typed) => ASKED.judged(form, typed, "priors"),
    verdict: (form, typed) => ASKED.judged(form, typed, "verdicts"),
    write(form, typed) {
      if (reading.blank(typed)) return tell(form, say("write_unanswered"));
      const one = reading.text(typed);
      const [, note] = keep("texts", form.dataset.key, one.value);
      tell(form, [say("text_kept", { key: form.dataset.key }), length(form, one.value), reading.counted(one.value, about), one.says && say(one.says), note]
        .filter(Boolean).join(" "), "kept");
    },
    choose(form, typed) {
      if (!typed) return tell(form, "*No advice yet.*");
      const [, note] = keep("decisions", form.dataset.key, typed);
      tell(form, note || "", "kept");
      const told = document.createElement("div");
      told.innerHTML = open(form.dataset.key).told[typed];  // our own text, escaped where it was made
      form.querySelector(".said").append(told);
    },
  };
  function length(form, text) {
    const count = reading.words(text), asked = form.dataset.words;
    return asked ? say("words_asked", { count, asked }) : say("words_counted", { count });
  }
  function ours() {
    for (const line of document.querySelectorAll(".claim .yours")) {  // the ledger as the lesson stored it, before any verdict
      const entry = kept("verdicts", line.dataset.claim), last = entry && isPart(entry.last) ? entry.last : null;
      if (last) line.textContent = `${line.textContent.split(":")[0]}: ${last.verdict}, ${last.sure} per cent sure`;
    }
    for (const box of document.querySelectorAll(".ours")) {
      const name = box.dataset.claim;
      if (!kept("verdicts", name)) {
        box.replaceChildren(spans(say("ours_after"), document.createElement("p")));
        continue;
      }
      const folded = document.createElement("details"), summary = document.createElement("summary"), words = document.createElement("div");
      summary.textContent = `Our verdict on ${name}`;
      words.innerHTML = open(name).html; // made by the build from the tables, never from what was typed
      folded.append(summary, words);
      box.replaceChildren(folded);
    }
  }
  /* Name the reader's verdicts in the textbook page. */
  function marked() {
    for (const line of document.querySelectorAll(".judged")) {
      let count = 0;
      for (const number of line.closest(".marked-page").querySelectorAll("sup")) {
        const name = number.textContent.slice(0, 3), entry = kept("verdicts", name), word = entry && isPart(entry.last) ? entry.last.verdict : "";
        if (about.verdicts.includes(word)) count += 1;
        number.textContent = about.verdicts.includes(word) ? `${name} ${word}` : name;
      }
      line.textContent = say("judged", { count });
    }
  }
  function recall() {
    for (const box of document.querySelectorAll(".recall")) {
      const entry = kept("guesses", box.dataset.key);
      const [first, last] = entry ? [entry.first, entry.last].map(one => `${guessInWords((one || {}).value)} ${(one || {}).unit || ""}`.trim()) : [];
      const text = !entry ? say("recall_none") : first === last ? say("recall", { first }) : say("recall_changed", { first, last });
      box.replaceChildren(spans(text, document.createElement("p")));
    }
  }
  function refill() {
    for (const form of forms) {
      const kind = { check: "answers", guess: "guesses", prior: "priors", verdict: "verdicts", write: "texts", choose: "decisions" }[form.dataset.ask];
      const entry = kept(kind, form.dataset.key), last = entry && entry.last;
      if (last === null) continue;
      if (kind === "guesses") fill(form, guessInWords(last.value));
      else if (kind === "priors" || kind === "verdicts") {
        fill(form, last.verdict);
        form.querySelector("[name=sure]").value = last.sure;
      } else fill(form, typeof last === "number" ? reading.general(last) : last);
    }
    ours();
    marked();
    recall();
  }

  // ---- one file for all work
  function download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(stored(), null, 1) + "\n"], { type: "application/json" }));
    link.download = FILE;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  /* Take over what is missing or newer, as `answers.take_back` does; return the sentence. */
  function load(file, text) {
    let found;
    try {
      found = JSON.parse(text.replace(/^\ufeff/, ""));
    } catch (_) {
      found = null;
    }
    if (!isPart(found) || !(found.course || about.kinds.some(kind => isPart(found[kind])))) return say("load_not", { file });
    if (typeof found.course === "string" && found.course !== about.course) return say("load_course", { file });
    const whole = stored();
    if (whole.who && found.who && whole.who !== found.who) return say("load_other", { file, who: found.who, own: whole.who });
    let count = 0;
    for (const kind of about.kinds) {
      if (!isPart(found[kind])) continue;
      whole[kind] = isPart(whole[kind]) ? { ...whole[kind] } : {};
      for (const [name, raw] of Object.entries(found[kind])) {
        const theirs = entryOf(raw), mine = name in whole[kind] ? entryOf(whole[kind][name]) : null;
        if (mine && (same(mine.last, theirs.last) || !((theirs.last_day || "") > (mine.last_day || "")))) continue;
        const earlier = mine && (mine.first_day || "9999") <= (theirs.first_day || "9999") ? mine : theirs;
        const first = kind === "texts" ? {} : { first: earlier.first, ...(earlier.first_day ? { first_day: earlier.first_day } : {}) };
        whole[kind][name] = { ...theirs, ...first, tries: Math.max(theirs.tries, mine ? mine.tries : 0) };
        count += 1;
      }
    }
    if (found.who && !whole.who) whole.who = found.who;
    const failed = write(whole);
    refill();
    return `${say(found.edition > about.edition ? "load_edition" : "load_done", { file, count })} ${failed}`.trim();
  }
  function desk() {
    const box = document.createElement("section");
    box.className = "my-work";
    box.setAttribute("aria-label", "My work");
    box.innerHTML = '<h2>My work</h2><p>What you type stays in this browser, on this computer, and is sent nowhere.</p>' +
      '<button type="button" data-do="save">Save my work</button> <button type="button" data-do="load">Load my work</button> ' +
      '<button type="button" data-do="clear">Clean start</button><input type="file" accept=".json,application/json" hidden aria-label="A file of answers">' +
      '<div class="said" role="status"></div>';
    const chooser = box.querySelector("input");
    box.querySelector("[data-do=save]").onclick = () => { download(); tell(box, say("saved", { file: FILE })); };
    box.querySelector("[data-do=load]").onclick = () => chooser.click();
    chooser.onchange = async () => { if (chooser.files[0]) tell(box, load(chooser.files[0].name, await chooser.files[0].text())); chooser.value = ""; };
    box.querySelector("[data-do=clear]").onclick = () => {
      download();
      write({});
      forms.forEach(form => { form.reset(); tell(form, ""); });
      refill();
      tell(box, say("cleared", { file: FILE }));
    };
    (document.querySelector("article") || document.body).append(box);
  }

  for (const form of forms) {
    form.addEventListener("submit", event => {
      event.preventDefault();
      try {
        ASKED[form.dataset.ask](form, typedIn(form));
      } catch (problem) {
        tell(form, say("key_damaged"));
      }
    });
    const area = form.querySelector("textarea"), counter = form.querySelector(".counted");
    if (area && counter) area.addEventListener("input", () => counter.replaceChildren(spans(length(form, area.value), document.createElement("span"))));
  }
  if (forms.length || document.querySelector(".recall, .take")) desk();
  refill();
  window.courseAnswers = { open, keep, stored, load, reply: (name, typed) => reading.reply(open(name), typed, about, given => keep("answers", name, given)) };
})();
