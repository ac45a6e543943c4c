// Small helps for the pages. Every page works without them; nothing here asks another machine.

// A click on a coded stretch lights its record, and the other way round.
function light(id) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!id) return;
  document.getElementById("r-" + id)?.classList.add("lit");
  for (const piece of document.querySelectorAll(".text a[data-records]"))
    if (piece.dataset.records.split(" ").includes(id)) piece.classList.add("lit");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#r-"], a[href^="#t-"]');
  if (!link) return;
  const id = link.getAttribute("href").slice(3);
  const target = document.querySelector(link.getAttribute("href"));
  if (!target) return;
  event.preventDefault();
  history.replaceState(null, "", link.getAttribute("href"));
  light(id);
  target.scrollIntoView({ block: "center" });
  target.focus?.({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});

// A choice in a form that says so is sent at once.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-at-once]");
  if (form) form.requestSubmit();
});
