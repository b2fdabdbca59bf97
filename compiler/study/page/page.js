"use strict";
(() => {
  const tip = document.getElementById("tip");
  const hide = () => { tip.hidden = true; };
  const show = (text, x, y) => {
    tip.textContent = text;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, x - box.width / 2), innerWidth - box.width - 8);
    tip.style.left = Math.max(8, left) + "px";
    const above = y - box.height - 14;
    tip.style.top = (above > 4 ? above : y + 22) + "px";
  };
  const showAt = (element) => {
    const box = element.getBoundingClientRect();
    show(element.dataset.tip, box.left + box.width / 2, box.top);
  };
  for (const element of document.querySelectorAll("[data-tip]")) {
    element.addEventListener("pointerenter", () => showAt(element));
    element.addEventListener("pointerleave", hide);
    element.addEventListener("focus", () => showAt(element));
    element.addEventListener("blur", hide);
  }
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // What a series was in a bucket: its values stand where they change, as `bucket=value` lines.
  const valueAt = (changes, bucket) => {
    let value = "";
    for (const [from, text] of changes) {
      if (from > bucket) break;
      value = text;
    }
    return value;
  };
  const two = (number) => String(number).padStart(2, "0");
  const clock = (ms) => {
    const at = new Date(ms);
    const day = at.getUTCFullYear() + "-" + two(at.getUTCMonth() + 1) + "-" + two(at.getUTCDate());
    const minute = two(at.getUTCHours()) + ":" + two(at.getUTCMinutes());
    return day + " " + minute + ":" + two(at.getUTCSeconds());
  };
  for (const plot of document.querySelectorAll(".plot")) {
    const begin = Number(plot.dataset.begin);
    const bucket = Number(plot.dataset.bucket);
    const count = Number(plot.dataset.count);
    const series = [...plot.querySelectorAll("[data-values]")].map((element) => ({
      name: element.dataset.name,
      changes: element.dataset.values.split("\n").filter(Boolean).map((line) => {
        const at = line.indexOf("=");
        return [Number(line.slice(0, at)), line.slice(at + 1)];
      }),
    }));
    const cross = document.createElement("div");
    cross.className = "cross";
    cross.hidden = true;
    plot.append(cross);
    let at = 0;
    const look = (index, y) => {
      at = Math.min(Math.max(0, index), count - 1);
      const box = plot.getBoundingClientRect();
      const x = (at + 0.5) / count;
      cross.style.left = x * 100 + "%";
      cross.hidden = false;
      const lines = series.map((one) => one.name + ": " + (valueAt(one.changes, at) || "no data"));
      const text = clock(begin + at * bucket) + " UTC\n" + lines.join("\n");
      show(text, box.left + x * box.width, y ?? box.top);
    };
    const leave = () => { cross.hidden = true; hide(); };
    plot.addEventListener("pointermove", (event) => {
      const box = plot.getBoundingClientRect();
      look(Math.floor((event.clientX - box.left) / box.width * count), event.clientY);
    });
    plot.addEventListener("pointerleave", leave);
    plot.addEventListener("focus", () => look(at));
    plot.addEventListener("blur", leave);
    plot.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
      if (!step) return;
      event.preventDefault();
      look(at + step);
    });
  }
})();
