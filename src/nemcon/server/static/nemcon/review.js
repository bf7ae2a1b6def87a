/* Keys for the review. Without this the page's links and forms do the same.

   A form is sent, and a link followed, without leaving the page: the part that changes is
   exchanged, what happened is told in the live region, and the focus goes to the proposal. */
"use strict";

(() => {
  const part = document.getElementById("review");
  const said = document.getElementById("said");
  const switched = document.getElementById("shortcuts");
  const help = document.getElementById("help");
  if (!part || !said) return;
  const KEPT = "nemcon-keys";
  let busy = false;
  const steps = []; // asked for while a page is on its way

  document.getElementById("keys").hidden = false;
  try {
    switched.checked = localStorage.getItem(KEPT) !== "off";
  } catch { /* a browser that keeps nothing */ }
  switched.addEventListener("change", () => {
    try {
      localStorage.setItem(KEPT, switched.checked ? "on" : "off");
    } catch { /* then it holds for this page */ }
  });
  document.getElementById("help-button").addEventListener("click", () => help.showModal());

  function look() {
    const wrong = document.getElementById("wrong");
    const field = wrong && document.querySelector("#mend[open] input[type=text]");
    const heading = document.getElementById("current");
    (field || heading || document.getElementById("board")).focus({ preventScroll: true });
    const narrow = window.matchMedia("(max-width: 62rem)").matches;
    heading?.closest("li").scrollIntoView({ block: narrow ? "start" : "nearest" });
    const words = document.getElementById("words");
    const text = words?.closest(".report-text");
    if (text && text.scrollHeight > text.clientHeight) {
      text.scrollTop = words.offsetTop - text.offsetTop - text.clientHeight / 3;
    }
  }

  async function go(address, form) {
    if (busy) return;
    busy = true;
    part.setAttribute("aria-busy", "true");
    try {
      const asked = form
        ? { method: "POST", body: new URLSearchParams(new FormData(form)) }
        : {};
      const answer = await fetch(address, asked);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("review");
      if (!fresh) {
        const told = page.querySelector("main")?.textContent.trim().replace(/\s+/g, " ");
        said.textContent = told || answer.statusText;
        return;
      }
      part.replaceChildren(...fresh.childNodes);
      document.title = page.title;
      const at = new URL(answer.url);
      at.searchParams.delete("after");
      if (at.href !== location.href) {
        if (form) history.replaceState(null, "", at);
        else history.pushState(null, "", at);
      }
      said.textContent = page.getElementById("said").textContent;
      look();
    } catch {
      said.textContent = part.dataset.lost || "";
      if (form) form.submit();
      else location.assign(address);
    } finally {
      busy = false;
      part.removeAttribute("aria-busy");
      if (steps.length) follow(steps.shift());
    }
  }

  part.addEventListener("submit", (event) => {
    event.preventDefault();
    go(event.target.action, event.target);
  });
  part.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(link.href);
  });
  window.addEventListener("popstate", () => location.reload());

  const send = (id) => document.getElementById(id)?.requestSubmit();
  const follow = (rel) => {
    if (busy) steps.push(rel);
    else part.querySelector(`a[rel=${rel}]`)?.click();
  };
  const mend = () => {
    const form = document.getElementById("mend");
    if (!form) return;
    form.open = true;
    form.querySelector("input[type=text], select").focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
  };
  const does = {
    a: () => send("accept"),
    m: mend,
    r: () => document.getElementById("reason")?.focus(),
    u: () => send("undo"),
    j: () => follow("next"),
    k: () => follow("prev"),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || help.open) return;
    const on = event.target;
    const form = on.closest?.("#mend, #reject");
    if (event.key === "Escape" && form) {
      event.preventDefault();
      if (form.id === "mend") form.open = false;
      document.getElementById("current")?.focus();
      return;
    }
    if (on.matches?.("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
    if (on.closest?.("#proposals") && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      follow(event.key === "ArrowDown" ? "next" : "prev");
      return;
    }
    const act = switched.checked && !event.repeat && does[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  look();
})();
