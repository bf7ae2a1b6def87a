/* Keys for the review. Without this the page's links and forms do the same.

   A form is sent, and a link followed, without leaving the page: the part that changes is
   exchanged, what happened is told in the live region, and the focus goes to the proposal. While
   somebody mends, what the proposal would say is asked for and shown, and nothing is written. */
"use strict";

(() => {
  const part = document.getElementById("review");
  const said = document.getElementById("said");
  const switched = document.getElementById("shortcuts");
  const help = document.getElementById("help");
  if (!part || !said) return;
  const KEPT = "nemcon-keys";
  const OURS = { "X-Requested-With": "nemcon" };
  const PAUSE = 400; // milliseconds without a key before the preview is asked for
  const drafts = new Map(); // proposal -> what was typed and not written
  let busy = false;
  let waiting = 0;
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

  function look(written = false) {
    const done = written && document.getElementById("all-done");
    if (done) { // the last decision is written: what is next is the answer
      done.focus({ preventScroll: true });
      done.scrollIntoView({ block: "center" });
      return;
    }
    const wrong = document.getElementById("wrong");
    restore();
    const field = wrong && (part.querySelector("#mend[open] [aria-invalid]")
      || part.querySelector("#mend[open] input[type=text]"));
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

  // What was typed, and not written, stays with its proposal for as long as this page is open.

  const mending = () => document.getElementById("mending");
  const typed = (form) => [...form.querySelectorAll("input[type=text], select")];

  function keep() {
    const form = mending();
    if (!form) return;
    const at = form.elements.at.value;
    const changed = typed(form).filter((each) => each.value !== each.dataset.given);
    if (changed.length) drafts.set(at, changed.map((each) => [each.id, each.value]));
    else drafts.delete(at);
  }

  function restore() {
    const form = mending();
    if (!form) return;
    const draft = drafts.get(form.elements.at.value);
    for (const each of typed(form)) each.dataset.given ??= each.value;
    if (!draft) return;
    for (const [id, value] of draft) {
      const field = document.getElementById(id);
      if (field) field.value = value;
    }
    document.getElementById("mend").open = true;
    preview();
  }

  async function preview() {
    const form = mending();
    if (!form) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "preview");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: OURS });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("preview");
      if (!fresh || mending() !== form) return;
      const told = document.getElementById("preview");
      if (told.innerHTML !== fresh.innerHTML) told.replaceChildren(...fresh.childNodes);
      for (const field of typed(form)) {
        const wrong = page.getElementById(field.id.replace("field-", "wrong-"));
        if (!wrong) continue;
        document.getElementById(wrong.id).textContent = wrong.textContent;
        const theirs = page.getElementById(field.id);
        for (const name of ["aria-invalid", "aria-describedby"]) {
          if (theirs.hasAttribute(name)) field.setAttribute(name, theirs.getAttribute(name));
          else field.removeAttribute(name);
        }
      }
    } catch {
      said.textContent = part.dataset.lost;
    }
  }

  const soon = () => {
    keep();
    clearTimeout(waiting);
    waiting = setTimeout(preview, PAUSE);
  };
  part.addEventListener("input", (event) => {
    if (event.target.closest("#mending")) soon();
  });

  async function go(address, form, button) {
    if (busy) return;
    clearTimeout(waiting);
    keep();
    busy = true;
    part.setAttribute("aria-busy", "true");
    try {
      const asked = form
        ? { method: "POST", body: new URLSearchParams(new FormData(form, button)), headers: OURS }
        : {};
      const answer = await fetch(address, asked);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("review");
      if (!fresh) {
        const told = page.querySelector("main")?.textContent.trim().replace(/\s+/g, " ");
        said.textContent = told || answer.statusText;
        return;
      }
      const written = form && !fresh.querySelector("#wrong");
      if (written) drafts.delete(form.elements.at.value);
      part.replaceChildren(...fresh.childNodes);
      document.title = page.title;
      const at = new URL(answer.url);
      at.searchParams.delete("after");
      if (at.href !== location.href) {
        if (form) history.replaceState(null, "", at);
        else history.pushState(null, "", at);
      }
      said.textContent = page.getElementById("said").textContent;
      look(Boolean(written));
    } catch {
      said.textContent = part.dataset.lost;
    } finally {
      busy = false;
      part.removeAttribute("aria-busy");
      if (steps.length) follow(steps.shift());
    }
  }

  part.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.value === "preview") preview();
    else go(event.target.action, event.target, event.submitter);
  });
  part.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link?.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      const field = document.querySelector(link.hash);
      const folded = field?.closest("details.more-fields");
      if (folded) folded.open = true;
      field?.focus();
      return;
    }
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (link.pathname !== location.pathname) return; // another page
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
