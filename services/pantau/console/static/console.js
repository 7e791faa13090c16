// What pages do beside what they do without a script: reading a query while somebody types it, new
// alerts and keys. Nothing here is needed to read, search or change anything.
"use strict";
(() => {
  const words = { id: ["Tombol", "cari", "pindah", "buka", "buka yang asli", "bantuan ini", "Tutup",
    "selesai; di langganan: ubah", "bintangi", "bisukan", "pilih", "urungkan",
    "Pakai tombol tunggal ini"],
    en: ["Keys", "search", "move", "open", "open the original", "this help", "Close", "done; on a subscription: edit", "star",
    "mute", "select", "undo", "Use these single keys"] };
  const said = words[document.documentElement.lang] || words.en;

  // On a phone the menu is wider than the screen: show this page's entry.
  const here = document.querySelector(".top nav [aria-current]");
  if (here) {
    const menu = here.closest("nav");
    menu.scrollLeft = here.offsetLeft - menu.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
  }

  // What was read of another text is not left where the console does not answer.
  const told = document.getElementById("main").dataset;
  const tell = (into, text, path) => {
    const note = Object.assign(document.createElement("p"), { className: "note warning" });
    note.append(path
      ? Object.assign(document.createElement("a"), { href: path, target: "_blank", textContent: text })
      : text);
    into.replaceChildren(note);
  };

  // A part that follows what is typed, asked for a pause after the last key; the former request
  // is aborted.
  const follows = (form, path, into, names, pause) => {
    let timer = 0, running = null;
    const whole = names[0] === "*"; // then the form is sent as its button would
    const given = () => {
      if (whole) return new URLSearchParams(new FormData(form)).toString();
      const values = new URLSearchParams();
      for (const name of names) {
        const field = form.elements[name];
        if (field && field.value && (field.type !== "checkbox" || field.checked)) {
          values.set(name, field.value);
        }
      }
      return values.toString();
    };
    let last = given();
    const look = async () => {
      last = given();
      if (running) running.abort();
      running = new AbortController();
      into.ariaBusy = "true";
      try {
        const { signal } = running;
        const answer = await (whole
          ? fetch(path, { signal, method: "POST", body: new URLSearchParams(last) })
          : fetch(`${path}?${last}`, { signal }));
        // After a session: the sign-in in a new tab, so that the form stays.
        if (answer.redirected) tell(into, told.over, "/sign-in");
        else if (answer.ok) into.innerHTML = await answer.text(); // our own page, escaped
        else {
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          into.replaceChildren(page.querySelector(".note") || told.away);
        }
        into.ariaBusy = "false";
      } catch (error) {
        if (error.name === "AbortError") return;
        tell(into, told.away);
        into.ariaBusy = "false";
      }
    };
    form.addEventListener("input", () => {
      if (given() === last) return;
      clearTimeout(timer);
      timer = setTimeout(look, pause);
    });
    return look;
  };
  for (const form of document.querySelectorAll("form[data-live]")) {
    const set = form.dataset, into = document.getElementById(set.into);
    const looks = [follows(form, set.live, into, set.fields.split(" "), 250)];
    if (set.then) {
      const beside = document.getElementById(set.thenInto);
      const then = follows(form, set.then, beside, set.thenFields.split(" "), 600);
      if (beside.querySelector("[data-now]")) then(); // the page did not wait for it
      looks.push(then);
    }
    // A repair goes into the box, where it can be edited further.
    into.addEventListener("click", (event) => {
      const link = event.target.closest(".note a.query");
      if (!link) return;
      event.preventDefault();
      form.elements.q.value = link.textContent;
      const language = new URL(link.href).searchParams.get("l");
      if (language && form.elements.l) form.elements.l.value = language;
      form.elements.q.focus();
      for (const look of looks) look();
    });
  }

  // A form sent after the session had ended comes back filled in after the sign-in: to the same
  // person, in this tab alone, never with a password.
  const me = document.querySelector(".langs a[href='/account']");
  const draft = `pantau.draft ${me && me.textContent} ${location.pathname}`;
  const forms = me ? [...document.querySelectorAll("main form.form[method=post]")] : [];
  try {
    const kept = JSON.parse(sessionStorage.getItem(draft) || "null");
    if (me) sessionStorage.clear();
    if (kept && new URL(document.referrer || location).pathname === "/sign-in") {
      const { elements } = forms[kept.place];
      for (const box of elements) if (box.type === "checkbox") box.checked = false; // sent if ticked
      for (const [name, value] of kept.values) {
        const field = elements[name]; // none of a question asked anew
        if (field && field.type === "checkbox") field.checked = true;
        else if (field && field.type !== "hidden") field.value = value;
      }
      forms[kept.place].dispatchEvent(new Event("input"));
    }
    forms.forEach((form, place) => form.addEventListener("submit", () => {
      if (form.querySelector("[type=password]")) return;
      const values = [...new FormData(form)].filter(([, value]) => typeof value === "string");
      sessionStorage.setItem(draft, JSON.stringify({ place, values }));
    }));
  } catch { /* nowhere, or another form by now */ }

  // Keys; none while somebody writes, and with a modifier the browser's own count. A person who
  // speaks to the machine, or often hits keys by mistake, turns single ones off.
  const SWITCH = "pantau.keys";
  let isOn = true;
  try { isOn = localStorage.getItem(SWITCH) !== "off"; } catch { /* kept nowhere */ }
  const found = () => [...document.querySelectorAll("[data-row]")];
  let rows = found();
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
  const PLACES = { n: "/", s: "/search", t: "/stories", e: "/entities", i: "/alerts",
    u: "/subscriptions", f: "/feeds", r: "/reports", p: "/pipeline" };
  const placeOf = (path) => document.querySelector(`.top nav a[href="${path}"]`);
  const entry = (list, key, text) => {
    const name = document.createElement("dt");
    name.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    list.append(name, Object.assign(document.createElement("dd"), { textContent: text }));
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
    [["/", 1], ["j k", 2], ["o", 3], ["v", 4], ["e", 7], ["s", 8], ["m", 9], ["x", 10], ["u", 11],
      ["?", 5]].forEach(([key, place]) => entry(list, key, said[place]));
    for (const [key, path] of Object.entries(PLACES)) {
      const link = placeOf(path);
      if (link) entry(list, `g ${key}`, link.textContent);
    }
    const label = document.createElement("label");
    const tick = Object.assign(document.createElement("input"), { type: "checkbox", checked: isOn });
    tick.addEventListener("change", () => {
      isOn = tick.checked;
      try { localStorage.setItem(SWITCH, isOn ? "on" : "off"); } catch { /* until the page ends */ }
    });
    label.className = "check";
    label.append(tick, said[12]);
    const close = Object.assign(document.createElement("button"), { textContent: said[6] });
    close.addEventListener("click", () => box.close());
    box.addEventListener("close", () => box.remove());
    box.append(head, list, label, close);
    document.body.append(box);
    box.showModal();
  };
  // What a page adds to these: a script of its own sets `pantau.keys`.
  window.pantau = {
    keys: {}, row: () => rows[at], rows: () => rows,
    settle: (place) => { rows = found(); at = -1; move(place + 1); },
  };
  const keys = { j: () => move(1), k: () => move(-1), o: () => at >= 0 && follow("open"),
    v: () => follow("original"), "?": help,
    e: () => { const link = document.querySelector("[data-edit]"); if (link) link.click(); },
    "/": () => { const box = document.getElementById("q"); if (box) box.focus(); else location.href = "/search"; } };
  const opener = document.querySelector("[data-keys]");
  if (opener) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.append(...opener.childNodes);
    button.addEventListener("click", help);
    opener.append(button);
  }
  let going = 0; // when g was pressed; a letter follows
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !isOn) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const link = going && event.timeStamp < going + 2000 && placeOf(PLACES[event.key]);
    going = event.key === "g" ? event.timeStamp : 0;
    const act = link ? () => link.click() : window.pantau.keys[event.key] || keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
