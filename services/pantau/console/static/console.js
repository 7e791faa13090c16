// What the pages do beside what they do without a script: the reading of a query while somebody
// types it, new alerts, and keys. Nothing here is needed to read, search or change anything.
"use strict";
(() => {
  const words = { id: ["Tombol", "cari", "pindah", "buka", "buka yang asli", "bantuan ini", "Tutup"],
    en: ["Keys", "search", "move", "open", "open the original", "this help", "Close"] };
  const said = words[document.documentElement.lang] || words.en;

  // The reading: asked for a quarter of a second after the last key, the former request aborted.
  for (const form of document.querySelectorAll("form[data-live]")) {
    const into = document.getElementById(form.dataset.into);
    let timer = 0, running = null, last = form.elements.q.value;
    const look = async () => {
      const values = new URLSearchParams();
      for (const name of ["q", "l", "from", "to"]) {
        const field = form.elements[name];
        if (field && field.value) values.set(name, field.value);
      }
      if (running) running.abort();
      running = new AbortController();
      try {
        const answer = await fetch(`${form.dataset.live}?${values}`, { signal: running.signal });
        if (answer.ok) into.innerHTML = await answer.text(); // our own page, everything in it escaped
      } catch (error) {
        if (error.name !== "AbortError") into.textContent = "";
      }
    };
    form.addEventListener("input", (event) => {
      if (event.target.name === "q" && event.target.value === last) return;
      last = form.elements.q.value;
      clearTimeout(timer);
      timer = setTimeout(look, 250);
    });
    // A repair goes into the box, where it can be edited further.
    into.addEventListener("click", (event) => {
      const link = event.target.closest(".note a.query");
      if (!link) return;
      event.preventDefault();
      form.elements.q.value = link.textContent;
      const language = new URL(link.href).searchParams.get("l");
      if (language && form.elements.l) form.elements.l.value = language;
      form.elements.q.focus();
      look();
    });
  }

  // New alerts wait behind a link instead of moving the list.
  const arrivals = document.querySelector("[data-poll]");
  if (arrivals) {
    const ask = async () => {
      if (document.hidden) return;
      try {
        const found = await (await fetch(arrivals.dataset.poll)).json();
        if (!found.count || arrivals.textContent === found.text) return;
        const link = document.createElement("a");
        link.href = location.pathname + location.search;
        link.textContent = found.text;
        arrivals.replaceChildren(link);
      } catch { /* asked again later */ }
    };
    setInterval(ask, 5000);
    document.addEventListener("visibilitychange", ask);
  }

  // Keys; they do nothing while somebody writes, and with a modifier the browser's own count.
  const rows = [...document.querySelectorAll("[data-row]")];
  let at = -1;
  const move = (step) => {
    if (!rows.length) return;
    if (at >= 0) rows[at].classList.remove("at");
    at = Math.min(Math.max(at + step, 0), rows.length - 1);
    rows[at].classList.add("at");
    const link = rows[at].querySelector("[data-open]");
    if (link) link.focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  };
  const follow = (name) => {
    const link = (rows[at] || document).querySelector(`[data-${name}]`);
    if (link) link.click();
  };
  const help = () => {
    const old = document.querySelector("dialog");
    if (old) { old.close(); return; }
    const box = document.createElement("dialog");
    const head = document.createElement("h2");
    head.id = "keys";
    head.textContent = said[0];
    box.setAttribute("aria-labelledby", "keys");
    const list = document.createElement("dl");
    list.className = "pairs";
    [["/", 1], ["j k", 2], ["o", 3], ["v", 4], ["?", 5]].forEach(([key, place]) => {
      const name = document.createElement("dt");
      name.append(Object.assign(document.createElement("kbd"), { textContent: key }));
      list.append(name, Object.assign(document.createElement("dd"), { textContent: said[place] }));
    });
    const close = Object.assign(document.createElement("button"), { textContent: said[6] });
    close.addEventListener("click", () => box.close());
    box.addEventListener("close", () => box.remove());
    box.append(head, list, close);
    document.body.append(box);
    box.showModal();
  };
  const keys = { j: () => move(1), k: () => move(-1), o: () => at >= 0 && follow("open"),
    v: () => follow("original"), "?": help,
    "/": () => { const box = document.getElementById("q"); if (box) box.focus(); else location.href = "/search"; } };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
