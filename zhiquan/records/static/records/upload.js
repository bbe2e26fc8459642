// The upload page: files can be dropped, their sizes are looked at first, and the sending is shown. Works without it.
const form = document.getElementById("upload");
const input = form.querySelector("input[type=file]");
const list = document.getElementById("files-chosen");
const sending = form.querySelector(".sending");
const drop = form.querySelector(".drop");
form.classList.add("can-drop");

function size(bytes) {
  return bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function show() {
  const files = [...input.files];
  list.replaceChildren(...files.slice(0, 20).map((file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name} · ${size(file.size)}`;
    return line;
  }));
  if (files.length > 20) list.append(Object.assign(document.createElement("li"), { textContent: `… ${files.length}` }));
  const over = files.reduce((sum, file) => sum + file.size, 0) > Number(form.dataset.limit);
  input.setCustomValidity(over ? form.dataset.over : "");
  if (over) input.reportValidity();
}

function say(text) {
  sending.hidden = false;
  sending.querySelector("p").textContent = text;
}

input.addEventListener("change", show);
for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => { event.preventDefault(); input.files = event.dataTransfer.files; show(); });

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  const request = new XMLHttpRequest();
  const buttons = form.querySelectorAll(".row button");
  const bar = sending.querySelector("progress");
  request.upload.addEventListener("progress", (step) => {
    bar.value = step.total ? (100 * step.loaded) / step.total : 0;
    say(step.loaded < step.total ? `${form.dataset.sending} ${Math.floor(bar.value)}% · ${size(step.loaded)} / ${size(step.total)}` : form.dataset.stored);
  });
  request.addEventListener("load", () => {
    if (request.status < 400) { window.location.assign(request.responseURL); return; }
    const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".problem");
    sending.hidden = true;
    document.querySelectorAll("main .problem").forEach((old) => old.remove());
    if (answer) { form.before(answer); answer.tabIndex = -1; answer.focus(); }
    buttons.forEach((button) => { button.disabled = false; });
  });
  request.addEventListener("error", () => { say(form.dataset.broken); buttons.forEach((button) => { button.disabled = false; }); });
  buttons.forEach((button) => { button.disabled = true; });
  say(form.dataset.sending);
  request.open("POST", form.action);
  request.send(body);
});
