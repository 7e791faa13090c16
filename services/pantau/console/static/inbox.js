// The inbox: new alerts as they fire, and triage by keys.
"use strict";
(() => {
  // New alerts wait behind a link instead of moving the list. The server says at once when there
  // is one; where its stream ends, the page asks once a minute.
  const arrivals = document.querySelector("[data-poll]");
  if (arrivals) {
    const away = arrivals.dataset.away;
    let asking = false, again = false;
    const ask = async () => {
      if (asking) { again = true; return; }
      asking = true;
      try {
        const answer = await fetch(arrivals.dataset.poll);
        if (answer.redirected) location.reload(); // the session has ended: to the sign-in
        const found = await answer.json();
        if (arrivals.textContent === away) arrivals.textContent = "";
        if (found.count && arrivals.textContent !== found.text) {
          const link = document.createElement("a");
          link.href = location.pathname + location.search;
          link.textContent = found.text;
          arrivals.replaceChildren(link);
        }
      } catch {
        // Asked again later. A list that looks empty and hears nothing would be taken for quiet.
        arrivals.textContent = away;
      }
      asking = false;
      if (again) { again = false; ask(); }
    };
    const live = new EventSource(arrivals.dataset.events);
    for (const name of ["alert", "reset", "error", "open"]) live.addEventListener(name, ask);
    addEventListener("pagehide", () => live.close());
    setInterval(() => { if (!document.hidden) ask(); }, 60000);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  }

  // Triage: the form is sent without leaving the page, and the focus goes to the next row.
  const inbox = document.querySelector("form[data-inbox]");
  // A row that stays in the view becomes what the page of the answer has for it: its state and
  // the buttons that fit.
  const settle = (row, action, page) => {
    if (inbox.dataset.leaves.split(" ").includes(action)) { row.remove(); return; }
    const name = row.querySelector("[data-tick]").name;
    const now = page.querySelector(`[data-tick][name="${CSS.escape(name)}"]`);
    if (!now) { location.reload(); return; } // newer ones moved it to the next page
    const fresh = document.importNode(now.closest("[data-row]"), true);
    const heading = row.getAttribute("aria-labelledby");
    fresh.setAttribute("aria-labelledby", heading);
    fresh.querySelector("h2").id = heading;
    row.replaceWith(fresh);
  };
  // What leads back to each state. A story that was marked by mistake is put back at once; muted,
  // it would never come again.
  const BACK = { new: "reopen", seen: "see", starred: "star", done: "done", muted: "mute" };
  const marked = document.getElementById("marked");
  const offer = (before) => {
    const undo = Object.assign(document.createElement("button"),
      { textContent: marked.dataset.undo });
    undo.addEventListener("click", async () => {
      undo.disabled = true;
      try {
        for (const value of before) {
          const body = new URLSearchParams({ do: value });
          const answer = await fetch(inbox.action, { method: "POST", body });
          if (!answer.ok) throw new Error(answer.status);
        }
        location.reload();
      } catch {
        marked.textContent = inbox.dataset.failed;
      }
    });
    marked.replaceChildren(`${marked.dataset.done} `, undo);
  };
  const send = async (button) => {
    const own = button.closest("[data-row]");
    const isTicked = (row) => row.querySelector("[data-tick]:checked");
    const chosen = own ? [own] : pantau.rows().filter(isTicked);
    if (!chosen.length) { arrivals.textContent = inbox.dataset.unticked; return; }
    const before = chosen.map((row) =>
      `${BACK[row.dataset.was]} ${row.querySelector("[data-tick]").name.slice(3)}`);
    const body = new URLSearchParams(new FormData(inbox));
    body.set("do", button.value);
    let answer, page;
    try {
      answer = await fetch(inbox.action, { method: "POST", body });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      arrivals.textContent = inbox.dataset.failed;
      return;
    }
    const open = page.querySelector("#open");
    if (!open) {
      // Refused: the page of the answer says why. An ended session leads to the sign-in instead.
      const reason = page.querySelector(".note");
      if (reason) arrivals.textContent = reason.textContent;
      else if (answer.redirected) location.reload();
      else arrivals.textContent = inbox.dataset.failed;
      return;
    }
    document.querySelector("#open").textContent = open.textContent;
    const action = button.value.split(" ")[0];
    const first = pantau.rows().indexOf(chosen[0]);
    chosen.forEach((row) => settle(row, action, page));
    offer(before);
    for (const box of inbox.querySelectorAll("[data-tick]:checked")) box.checked = false;
    const card = page.querySelector("main .card"); // of a view that is empty now
    if (inbox.querySelector("[data-row]")) pantau.settle(first);
    else if (card) inbox.replaceWith(document.importNode(card, true));
    else location.reload();
  };
  if (inbox) inbox.addEventListener("submit", (event) => {
    if (!event.submitter) return;
    event.preventDefault();
    send(event.submitter);
  });
  const press = (action) => {
    const ticked = inbox && inbox.querySelector("[data-tick]:checked");
    const place = ticked ? inbox : pantau.row() || (inbox ? null : document);
    const name = ticked ? "all" : "do";
    const button = place && place.querySelector(`[data-${name}=${action}]`);
    if (button) button.click();
  };
  const tick = () => {
    const box = pantau.row() && pantau.row().querySelector("[data-tick]");
    if (box) box.click();
  };
  Object.assign(pantau.keys, { e: () => press("done"), s: () => press("star"),
    m: () => press("mute"), x: tick,
    u: () => { const undo = marked && marked.querySelector("button"); if (undo) undo.click(); } });

  // An alert that is read is seen: said by a request of its own, since reading changes nothing.
  const seen = document.querySelector("form[data-seen=see]");
  if (seen) {
    const value = seen.querySelector("[data-do=see]").value;
    const body = new URLSearchParams({ do: value });
    fetch(seen.action, { method: "POST", body }).catch(() => {});
  }
})();
