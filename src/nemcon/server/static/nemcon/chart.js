/* Draws each <figure data-chart="ADDRESS"> from the Vega-Lite specification at its address.

   The content security policy allows no eval: expressions are read by Vega's own interpreter
   (ast). It allows no inline style: the styles that vega-embed and its tooltips would write into
   the page stand in chart.css. Without this script, or where drawing fails, the table below the
   figure says the same. */
"use strict";

(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map(); // figure -> what takes its chart away again

  function address(figure) {
    const url = new URL(figure.dataset.chart, document.baseURI);
    if (dark.matches) url.searchParams.set("look", "dark");
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
    try {
      const answer = await fetch(address(figure), { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`the server said ${answer.status}`);
      const chart = await vegaEmbed(place, await answer.json(), {
        mode: "vega-lite",
        ast: true,
        renderer: figure.dataset.renderer ?? "svg",
        actions: false,
        defaultStyle: false,
        tooltip: { disableDefaultStyle: true },
      });
      drawn.get(figure)?.();
      drawn.set(figure, () => chart.finalize());
      figure.dataset.drawn = dark.matches ? "dark" : "light";
      if (failed) failed.hidden = true;
    } catch (error) {
      if (failed) failed.hidden = false;
      figure.dataset.drawn = "failed";
    }
  }

  function all(root) {
    const figures = [...root.querySelectorAll("figure[data-chart]")];
    if (root.matches?.("figure[data-chart]")) figures.push(root);
    figures.filter((figure) => !drawn.has(figure)).forEach(draw);
  }

  all(document);
  document.addEventListener("htmx:load", (event) => all(event.detail.elt));
  dark.addEventListener("change", () => document.querySelectorAll("figure[data-chart]").forEach(draw));
})();
