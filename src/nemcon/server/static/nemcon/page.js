/* Sliders for the two dates. Without this the form's own date fields do the same. */
"use strict";

(() => {
  const DAY = 86400000;
  const form = document.getElementById("question");
  if (!form) return;
  const when = form.querySelector(".when");
  const first = Date.parse(`${when.dataset.first}T00:00Z`);
  const last = Number(when.dataset.days);
  const lang = document.documentElement.lang;
  const words = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
    day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  });
  let waiting = 0;
  form.classList.add("at-once"); // every change asks by itself

  const dayAt = (number) => new Date(first + number * DAY).toISOString().slice(0, 10);
  const numberOf = (day) => Math.round((Date.parse(`${day.slice(0, 10)}T00:00Z`) - first) / DAY);

  function ask() {
    clearTimeout(waiting);
    waiting = setTimeout(() => form.dispatchEvent(new Event("ask")), 60);
  }

  for (const moment of when.querySelectorAll(".moment")) {
    const field = moment.querySelector("input:not([type=range])");
    const slider = moment.querySelector("input[type=range]");
    const end = moment.dataset.end; // what the far end means, where it is no day: the field is empty
    const marks = moment.dataset.marks.split(" ").filter(Boolean).map(Number);

    const tell = () => {
      const number = Number(slider.value);
      const day = words.format(first + number * DAY);
      slider.setAttribute("aria-valuetext", end && number === last ? end : day);
    };
    const move = () => {
      const number = Number(slider.value);
      field.value = end && number === last ? "" : dayAt(number);
      tell();
      ask();
    };
    slider.addEventListener("input", move);
    slider.addEventListener("change", (event) => event.stopPropagation());
    field.addEventListener("change", () => {
      const number = field.value ? numberOf(field.value) : last;
      if (!Number.isNaN(number)) slider.value = String(number);
      tell();
    });
    for (const button of moment.querySelectorAll(".step")) {
      button.addEventListener("click", () => {
        const now = Number(slider.value);
        const stops = end ? [...marks, last] : marks;
        const next = button.dataset.step === "1"
          ? stops.find((mark) => mark > now)
          : stops.filter((mark) => mark < now).pop();
        if (next !== undefined) {
          slider.value = String(next);
          move();
        }
      });
    }
    moment.querySelector(".slider").hidden = false;
    moment.querySelector(".range").hidden = false;
    tell();
  }

  // What cannot be answered is told beside the controls; the board keeps the answer before.
  const refused = document.getElementById("refused");
  const main = document.querySelector("main");
  document.body.addEventListener("htmx:beforeRequest", () => {
    refused.textContent = "";
    main.setAttribute("aria-busy", "true");
  });
  document.body.addEventListener("htmx:afterRequest", () => main.removeAttribute("aria-busy"));
  document.body.addEventListener("htmx:sendError", () => {
    refused.textContent = form.dataset.lost;
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const told = [...page.querySelectorAll("main h1, main .message")].map((each) => each.textContent);
    refused.textContent = told.join(": ") || form.dataset.lost;
  });

  // A name that is typed leaves only the members that are called so.
  let wanted = "";
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function find() {
    const field = document.getElementById("find");
    if (!field) return;
    field.closest(".find").hidden = false;
    if (field.value !== wanted) field.value = wanted;
    const part = plain(wanted.trim());
    const rows = [...document.querySelectorAll(".seats > li")];
    for (const row of rows) row.hidden = !plain(row.querySelector(".who").textContent).includes(part);
    for (const list of document.querySelectorAll(".side .seats")) {
      const none = [...list.children].every((row) => row.hidden);
      list.hidden = none;
      list.previousElementSibling.hidden = none;
    }
    const none = part && rows.every((row) => row.hidden);
    document.getElementById("found").textContent = none ? field.dataset.none : "";
  }

  document.body.addEventListener("input", (event) => {
    if (event.target.id !== "find") return;
    wanted = event.target.value;
    find();
  });
  find();

  // What somebody opened stays open when the board is exchanged, and the focus where it was.
  let open = [];
  let focused = "";
  document.body.addEventListener("htmx:beforeSwap", () => {
    const board = document.getElementById("board");
    open = [...board.querySelectorAll("details[id][open]")].map((each) => each.id);
    focused = board.contains(document.activeElement) ? (document.activeElement.closest("[id]") || {}).id : "";
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    for (const id of open) {
      const found = document.getElementById(id);
      if (found) found.open = true;
    }
    find();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  });
})();
