"use strict";
(() => {
  const save = (name, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const text = (name, type, value) => save(name, new Blob([value], { type }));
  const svgOf = (figure, styled) => {
    const copy = figure.querySelector("svg").cloneNode(true);
    if (styled) {
      const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
      style.textContent = document.getElementById("chart").textContent;
      copy.prepend(style);
    }
    return new XMLSerializer().serializeToString(copy);
  };
  const png = (figure, name) => {
    const box = figure.querySelector("svg").viewBox.baseVal;
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * box.width;
      canvas.height = 2 * box.height;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(name, blob));
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgOf(figure, false));
  };
  for (const figure of document.querySelectorAll("figure")) {
    const name = figure.dataset.file;
    for (const button of figure.querySelectorAll("[data-save]")) {
      button.addEventListener("click", () => {
        if (button.dataset.save === "svg") text(name + ".svg", "image/svg+xml", svgOf(figure, true));
        else if (button.dataset.save === "png") png(figure, name + ".png");
        else text(name + ".csv", "text/csv", figure.querySelector(".data").textContent);
      });
    }
  }
  for (const tools of document.querySelectorAll(".save, .tools")) tools.hidden = false;

  const quoted = (cell) => (/[",\n]/.test(cell) ? '"' + cell.replaceAll('"', '""') + '"' : cell);
  for (const table of document.querySelectorAll("table.sorted")) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const count = document.querySelector(`[data-count="${table.id}"]`);
    const shown = () => [...body.rows].filter((row) => !row.hidden);
    const tell = () => { count.textContent = `${shown().length} of ${body.rows.length} rows`; };
    heads.forEach((head, column) => {
      head.querySelector("button").addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "descending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "ascending" : "descending");
        const sign = down ? 1 : -1;
        const key = (row) => row.cells[column].textContent;
        const compare = (a, b) => {
          const [x, y] = [key(a), key(b)];
          // What is not defined comes last, whichever way.
          if (x === "" || y === "") return (x === "") - (y === "");
          const difference = Number(x) - Number(y);
          return sign * (Number.isNaN(difference) ? x.localeCompare(y, "en", { numeric: true }) : difference);
        };
        body.append(...[...body.rows].sort(compare));
      });
    });
    document.querySelector(`[data-filter="${table.id}"]`).addEventListener("input", (event) => {
      const wanted = event.target.value.trim().toLowerCase();
      for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
      tell();
    });
    document.querySelector(`[data-table="${table.id}"]`).addEventListener("click", () => {
      const names = heads.map((head) => {
        const small = head.querySelector("small");
        const name = head.querySelector("button").firstChild.textContent.trim();
        return small ? `${name} (${small.textContent})` : name;
      });
      const rows = shown().map((row) => [...row.cells].map((cell) => cell.textContent));
      text(table.id + ".csv", "text/csv", [names, ...rows].map((row) => row.map(quoted).join(",") + "\n").join(""));
    });
    tell();
  }
})();
