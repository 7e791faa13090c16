// The timeline of a search: dragging over its bars, or Shift and arrows, searches that time. It
// leads to another address, so that Back undoes it. Without a script each bar is a link.
"use strict";
(() => {
  const chart = document.querySelector("[data-brush] svg");
  if (!chart) return;
  const bars = [...chart.querySelectorAll("[data-from]")];
  const links = bars.map((one) => one.querySelector("a"));
  const width = chart.viewBox.baseVal.width, height = chart.viewBox.baseVal.height;
  const shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of [["y", 0], ["height", height], ["fill-opacity", 0.25],
    ["pointer-events", "none"]]) shade.setAttribute(name, value);
  const told = Object.assign(document.createElement("span"), { ariaLive: "polite" });
  const ends = chart.parentNode.querySelector("figcaption");
  ends.insertBefore(told, ends.lastElementChild);
  let anchor = -1, head = -1, dragging = false, dragged = false;

  const chosen = () => [Math.min(anchor, head), Math.max(anchor, head)];
  const clear = () => { shade.remove(); told.textContent = ""; anchor = head = -1; };
  const show = () => {
    const [first, last] = chosen(), step = width / bars.length;
    shade.setAttribute("x", first * step);
    shade.setAttribute("width", (last - first + 1) * step);
    chart.append(shade);
    told.textContent = first === last ? bars[first].dataset.tick
      : `${bars[first].dataset.tick} – ${bars[last].dataset.tick}`;
  };
  const apply = () => {
    const [first, last] = chosen(), there = new URL(location.href);
    there.searchParams.delete("cursor");
    there.searchParams.set("from", bars[first].dataset.from);
    there.searchParams.set("to", bars[last].dataset.to);
    location.assign(there);
  };
  const at = (event) => {
    const box = chart.getBoundingClientRect();
    const place = Math.floor((event.clientX - box.left) / box.width * bars.length);
    return Math.min(Math.max(place, 0), bars.length - 1);
  };

  chart.style.touchAction = "pan-y"; // a finger across it selects, one along the page scrolls
  chart.addEventListener("dragstart", (event) => event.preventDefault()); // of the links
  chart.addEventListener("pointerdown", (event) => {
    if (event.button || !event.isPrimary) return;
    dragging = true;
    dragged = false;
    anchor = head = at(event);
  });
  addEventListener("pointermove", (event) => {
    if (!dragging || (at(event) === head && !dragged)) return;
    dragged = true;
    head = at(event);
    show();
  });
  addEventListener("pointerup", () => {
    if (dragging && dragged) apply();
    dragging = false;
  });
  addEventListener("pointercancel", () => { dragging = false; clear(); });
  // Back can bring the page as it was left: with the span that was chosen, and in a drag.
  addEventListener("pageshow", () => { dragged = false; clear(); });
  // The click at the end of a drag is no click on the bar below the pointer.
  chart.addEventListener("click", (event) => { if (dragged) event.preventDefault(); }, true);

  chart.addEventListener("keydown", (event) => {
    const now = links.indexOf(event.target.closest("a"));
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") clear();
    else if (event.key === "Enter" && anchor !== head) apply();
    else if (step && event.shiftKey) {
      if (anchor < 0) anchor = head = now;
      head = Math.min(Math.max(head + step, 0), bars.length - 1);
      show();
    } else if (step) {
      clear();
      let next = now + step;
      while (links[next] === null) next += step;
      if (links[next]) links[next].focus();
    } else return;
    event.preventDefault();
  });
})();
