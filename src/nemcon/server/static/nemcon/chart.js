/* Draws each <figure data-chart="ADDRESS"> from the Vega-Lite specification at its address.

   The content security policy allows no eval: expressions are read by Vega's own interpreter
   (ast). It allows no inline style: the styles that vega-embed and its tooltips would write into
   the page stand in chart.css. Without this script, or where drawing fails, the table below the
   figure says the same. */
"use strict";

(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map(); // figure -> what takes its chart away again

  function address(figure, look) {
    const url = new URL(figure.dataset.chart, document.baseURI);
    if (look === "dark") url.searchParams.set("look", "dark");
    if ("fits" in figure.dataset) url.searchParams.set("room", String(roomOf(figure)));
    return url;
  }

  // A picture that fits is drawn anew for the width that the page has for it.
  function roomOf(figure) {
    return Math.round(figure.querySelector(".chart").clientWidth);
  }

  // On paper it is scaled by the style instead: a print does not wait for a drawing.
  const paper = window.matchMedia("print");
  const widths = new ResizeObserver((changes) => {
    if (paper.matches) return;
    for (const { target } of changes) {
      const figure = target.closest("figure");
      const before = Number(figure.dataset.room);
      if (before && Math.abs(roomOf(figure) - before) > 24) draw(figure);
    }
  });

  async function draw(figure) {
    const place = figure.querySelector(".chart");
    const failed = figure.querySelector(".chart-failed");
    if ("fits" in figure.dataset) {
      figure.dataset.room = String(roomOf(figure));
      widths.observe(place);
    }
    const look = wanted();
    try {
      const chart = await put(place, address(figure, look), figure);
      drawn.get(figure)?.();
      drawn.set(figure, () => chart.finalize());
      figure.dataset.drawn = look;
      if (failed) failed.hidden = true;
      await forPaper(figure, place, look);
    } catch (error) {
      if (failed) failed.hidden = false;
      figure.dataset.drawn = "failed";
    }
  }

  const wanted = () => (dark.matches ? "dark" : "light");

  async function put(place, url, figure) {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the server said ${answer.status}`);
    return vegaEmbed(place, await answer.json(), {
      mode: "vega-lite",
      ast: true,
      renderer: figure.dataset.renderer ?? "svg",
      actions: false,
      defaultStyle: false,
      tooltip: { disableDefaultStyle: true },
    });
  }

  // Beside a dark picture a light one waits, unseen, for the printer.
  async function forPaper(figure, place, look) {
    delete figure.dataset.paper;
    figure.querySelector(".on-paper.chart")?.remove();
    if (look !== "dark") return;
    const sheet = place.cloneNode(false);
    sheet.classList.add("on-paper");
    place.after(sheet);
    try {
      const chart = await put(sheet, address(figure, "light"), figure);
      if (!sheet.isConnected) return chart.finalize(); // drawn anew meanwhile
      const before = drawn.get(figure);
      drawn.set(figure, () => (before?.(), chart.finalize()));
      figure.dataset.paper = "light";
    } catch (error) {
      sheet.remove();
    }
  }

  function all(root) {
    const figures = [...root.querySelectorAll("figure[data-chart]")];
    if (root.matches?.("figure[data-chart]")) figures.push(root);
    figures.filter((figure) => !drawn.has(figure)).forEach(draw);
  }

  all(document);
  document.addEventListener("htmx:load", (event) => all(event.detail.elt));
  // A printer asks for light, too: what it needs is there.
  dark.addEventListener("change", () => {
    if (paper.matches) return;
    const figures = [...document.querySelectorAll("figure[data-chart]")];
    figures.filter((figure) => figure.dataset.drawn !== wanted()).forEach(draw);
  });
})();
