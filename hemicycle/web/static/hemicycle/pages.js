// The pages of a file: the left and right arrows lead to the previous and the next one.

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, summary, [role=region]")) return;
  const wanted = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = wanted && document.querySelector(`.pager a[rel=${wanted}]`);
  if (link) link.click();
});
