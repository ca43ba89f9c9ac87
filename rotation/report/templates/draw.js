"use strict";
(function () {
  const PRINT_WIDTH_PX = 1010;
  const themes = JSON.parse(document.getElementById("themes").textContent);
  const plots = Array.from(document.querySelectorAll(".plot"));
  const figures = new Map(plots.map((plot) => [plot, document.getElementById(plot.id + "-figure").textContent]));
  const drawn = new Set();
  const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const config = { displayModeBar: false, responsive: true, showTips: false };

  function mode() {
    return root.dataset.theme || (prefersDark.matches ? "dark" : "light");
  }

  function draw(plot, theme, width) {
    const figure = JSON.parse(figures.get(plot));
    figure.layout.template = themes[theme];
    if (width) {
      figure.layout.width = width;
    }
    Plotly.react(plot, figure.data, figure.layout, config);
    drawn.add(plot);
  }

  function redraw() {
    drawn.forEach((plot) => draw(plot, mode()));
    button.textContent = mode() === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-pressed", String(mode() === "dark"));
  }

  // Far-away charts wait until they are scrolled near, so that a big week opens at once.
  const watcher = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      watcher.unobserve(entry.target);
      draw(entry.target, mode());
    }),
    { rootMargin: "1200px" }
  );
  plots.forEach((plot) => watcher.observe(plot));

  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = mode() === "dark" ? "light" : "dark";
    redraw();
  });
  prefersDark.addEventListener("change", redraw);
  redraw();

  let before;
  window.addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    root.dataset.theme = "light";
    plots.forEach((plot) => draw(plot, "light", PRINT_WIDTH_PX));
  });
  window.addEventListener("afterprint", () => {
    if (before) { root.dataset.theme = before; } else { delete root.dataset.theme; }
    redraw();
  });
})();
