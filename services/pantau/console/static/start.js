// The first run: the first article is shown as soon as it is here, without a reload that would
// lose what somebody types meanwhile.
"use strict";
(() => {
  const waiting = document.querySelector("[data-arrived]");
  if (!waiting) return;
  const ask = async () => {
    if (document.hidden) return;
    try {
      const found = await (await fetch(waiting.dataset.arrived)).json();
      if (!found.count) return;
      const page = new DOMParser().parseFromString(
        await (await fetch("/start")).text(), "text/html");
      const news = page.getElementById("first-article");
      if (!news) return; // signed out meanwhile
      clearInterval(timer);
      document.getElementById("first-article").replaceChildren(...news.childNodes);
    } catch { /* asked again in a moment */ }
  };
  const timer = setInterval(ask, 2000);
  document.addEventListener("visibilitychange", ask);
  ask();
})();
