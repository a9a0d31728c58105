"use strict";
(() => {
  const PAGE = 25;
  const root = document.documentElement;
  const form = document.getElementById("filters");
  if (!form) return;
  root.classList.add("js");
  form.hidden = false;
  const field = name => document.getElementById("f-" + name);
  const names = ["publisher", "holder", "type", "side", "aspect", "from", "to"];
  const hidden = [["kind", "kind of source:"], ["author", "author:"], ["period", "period:"], ["voice", "voice:"], ["articleside", "side of the article:"], ["copy", ""]];
  const narrowed = document.getElementById("narrowed");
  let extra = {};

  const list = (rows, status, pager, noun) => {
    const items = Array.from(document.querySelectorAll(rows));
    const told = document.getElementById(status);
    const everything = Number(told.dataset.total);
    const held = everything > items.length
      ? `; the page holds ${items.length.toLocaleString("en-GB")} of ${everything.toLocaleString("en-GB")}` : "";
    const nav = document.getElementById(pager);
    const where = nav.querySelector(".where");
    const [earlier, later] = nav.querySelectorAll("button");
    const words = new Map();
    const text = item => {
      if (!words.has(item)) words.set(item, item.textContent.replace(/\s+/g, " ").toLowerCase());
      return words.get(item);
    };
    let found = items, at = 0;
    const show = () => {
      const visible = new Set(found.slice(at, at + PAGE));
      for (const item of items) item.hidden = !visible.has(item);
      nav.hidden = found.length <= PAGE;
      where.textContent = `${at + 1} to ${Math.min(at + PAGE, found.length)} of ${found.length}`;
      earlier.disabled = at === 0;
      later.disabled = at + PAGE >= found.length;
    };
    nav.addEventListener("click", event => {
      const step = Number(event.target.dataset.step || 0);
      if (!step) return;
      at = Math.max(0, at + step * PAGE);
      show();
      told.scrollIntoView({block: "start"});
    });
    return wanted => {
      found = items.filter(item => wanted(item, text));
      at = 0;
      const all = found.length === items.length;
      told.textContent = `${found.length} ${found.length === 1 ? noun : noun + "s"}` + (all ? "" : ` of ${items.length} match`) + held;
      show();
    };
  };
  const statements = list("#statement-list > li", "statement-status", "statement-pager", "statement");
  const articles = list("#article-table > tbody > tr", "article-status", "article-pager", "article");

  const update = () => {
    const wanted = {...extra};
    for (const name of names) wanted[name] = field(name).value;
    const search = field("search").value.trim().replace(/\s+/g, " ").toLowerCase();
    const fits = (item, keys) => keys.every(key => !wanted[key] || item.dataset[key] === wanted[key]);
    const holds = (item, text) => !search || text(item).includes(search);
    const lists = (item, key) => !wanted[key] || item.dataset[key].split("; ").includes(wanted[key]);
    const within = date => (!wanted.from || date.slice(0, 4) >= wanted.from)
      && (!wanted.to || (date && date.slice(0, 4) <= wanted.to))
      && (!wanted.period || date.startsWith(wanted.period) || (wanted.period === "not given" && !date));
    const shared = (item, text) => within(item.dataset.date) && lists(item, "author") && holds(item, text);
    statements((item, text) => fits(item, ["publisher", "holder", "kind", "voice", "type", "side"])
      && lists(item, "aspect") && shared(item, text));
    articles((item, text) => fits(item, ["publisher", "kind", "articleside", "copy"]) && shared(item, text));
    const told = hidden.filter(([key, label]) => label && extra[key]).map(([key, label]) => `${label} ${extra[key]}`);
    narrowed.textContent = told.length ? `Narrowed to ${told.join(", ")}. Clear shows all.` : "";
  };
  const choose = wanted => {
    field("search").value = wanted.search || "";
    for (const name of names) field(name).value = wanted[name] || "";
    if (wanted.year) wanted = {...wanted, period: wanted.year};
    extra = Object.fromEntries(hidden.filter(([key]) => wanted[key]).map(([key]) => [key, wanted[key]]));
    update();
  };

  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", () => { extra = {}; update(); });
  form.addEventListener("reset", () => setTimeout(() => choose({}), 0));
  document.addEventListener("click", event => {
    const link = event.target.closest("a.to");
    if (link) choose(link.getAttribute("href") === "#article-list" ? {copy: "no", ...link.dataset} : link.dataset);
  });
  const openTarget = () => {
    const item = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (item && item.matches("details")) item.open = true;
    if (!item || !item.closest("#statement-list, #article-table")) return;
    choose({search: item.id.startsWith("s") ? item.id : ""});
    item.hidden = false;
    const details = item.querySelector("details");
    if (details) details.open = true;
    item.scrollIntoView({block: "center"});
  };
  addEventListener("hashchange", openTarget);
  const printed = [];
  addEventListener("beforeprint", () => {
    for (const row of document.querySelectorAll("#statement-list > li:not([hidden]) > details:not([open])")) {
      row.open = true;
      printed.push(row);
    }
  });
  addEventListener("afterprint", () => { while (printed.length) printed.pop().open = false; });
  update();
  openTarget();
})();
