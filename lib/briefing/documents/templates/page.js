"use strict";
// Makes the headings of a table act as buttons that sort it, and lets the keyboard stop at a table
// only where it scrolls. Without JavaScript the table stays as printed, and is such a stop always.
(function () {
  function value(row, index) {
    const cell = row.cells[index];
    const raw = cell.dataset.v === undefined ? "" : cell.dataset.v;
    const number = raw === "" ? NaN : Number(raw);
    return { raw: raw, text: raw === "" ? "" : (Number.isNaN(number) ? cell.textContent : raw), number: number };
  }
  function compare(a, b, collator) {
    if (!Number.isNaN(a.number) && !Number.isNaN(b.number)) return a.number - b.number;
    return collator.compare(a.text, b.text);
  }
  function sort(table, heading, index) {
    const down = heading.getAttribute("aria-sort") === "descending";
    const first = heading.classList.contains("a-right") ? "descending" : "ascending";
    const order = heading.hasAttribute("aria-sort") ? (down ? "ascending" : "descending") : first;
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const body = table.tBodies[0];
    const rows = Array.from(body.rows).map(function (row) { return { row: row, key: value(row, index) }; });
    rows.sort(function (a, b) {
      const missing = (a.key.raw === "") - (b.key.raw === "");
      if (missing !== 0) return missing;
      return compare(a.key, b.key, collator) * (order === "ascending" ? 1 : -1);
    });
    rows.forEach(function (item) { body.appendChild(item.row); });
    Array.from(table.tHead.rows[0].cells).forEach(function (cell) { cell.removeAttribute("aria-sort"); });
    heading.setAttribute("aria-sort", order);
  }
  function stop(region) {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0; else region.removeAttribute("tabindex");
  }
  const watcher = new ResizeObserver(function (seen) { seen.forEach(function (one) { stop(one.target); }); });
  document.querySelectorAll(".b-scroll").forEach(function (region) { watcher.observe(region); });
  document.querySelectorAll("table[data-sort]").forEach(function (table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (heading, index) {
      // No <button>: Chromium does not repeat a heading row with form controls on the next sheet.
      const button = document.createElement("span");
      button.setAttribute("role", "button");
      button.tabIndex = 0;
      while (heading.firstChild) button.appendChild(heading.firstChild);
      heading.appendChild(button);
      button.addEventListener("click", function () { sort(table, heading, index); });
      button.addEventListener("keydown", function (event) {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        sort(table, heading, index);
      });
    });
  });
})();
