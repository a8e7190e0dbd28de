"use strict";
// The page reads without this script. It marks what an element of the picture leads to, opens the change below it, and opens
// everything for printing.
(() => {
  const folds = () => document.querySelectorAll("details");
  const select = () => {
    document.querySelectorAll(".picture .selected").forEach((one) => one.classList.remove("selected"));
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    document.querySelectorAll(".picture a").forEach((one) => {
      if (one.getAttribute("href") === "#" + id) one.classList.add("selected");
    });
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.querySelectorAll("details.change").forEach((fold) => (fold.open = true));
    target.scrollIntoView({ block: "start" });
  };
  let closed = [];
  addEventListener("hashchange", select);
  addEventListener("beforeprint", () => {
    closed = [...folds()].filter((fold) => !fold.open);
    closed.forEach((fold) => (fold.open = true));
  });
  addEventListener("afterprint", () => closed.forEach((fold) => (fold.open = false)));
  select();
})();
