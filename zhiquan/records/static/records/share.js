// Copying the address of a record and printing it: the two things a page cannot do without a script.
document.querySelectorAll("[data-needs-script]").forEach((one) => { one.hidden = false; });
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if (button.matches("[data-print]")) { window.print(); return; }
  const field = document.getElementById(button.dataset.copy);
  field.select();
  const done = () => { button.textContent = button.dataset.done; };
  // The clipboard is open to pages under https only; elsewhere the older way still works.
  if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(done);
  else if (document.execCommand("copy")) done();
});
