// What plain forms cannot do: follow the files, show how far a job is, take what is dropped.
"use strict";

const told = document.getElementById("thong-bao");
function say(words) { if (told) told.textContent = words; }

// --- what changes while the page is looked at ---

function isEdited() {
  return [...document.querySelectorAll("form[data-edited]")].length > 0;
}
document.addEventListener("input", (event) => {
  const form = event.target.form || event.target.closest("form");
  if (form) form.dataset.edited = "1";
  // A tick in the table belongs to a form that is folded: it is of no use until that is sent.
  const folded = event.target.form && event.target.form.closest("details:not([open])");
  if (folded) { folded.open = true; say(`${folded.querySelector("summary").textContent.trim()}: điền cách và ngày, rồi bấm “Ghi vào sổ”.`); }
});

// A page that is being left, by a form or a link, is not loaded again under it.
let leavingSince = -Infinity;
window.addEventListener("beforeunload", () => { leavingSince = performance.now(); });
function renew(always) {
  if (performance.now() - leavingSince < 10000) setTimeout(() => renew(always), 10000);
  else if (!always && isEdited()) say("Tệp trên đĩa đã đổi. Lưu việc đang làm rồi tải lại trang.");
  else location.reload();
}

function follow(address) {
  const events = new EventSource(address);
  let wasRunning = false;
  events.addEventListener("viec", (event) => {
    const run = JSON.parse(event.data);
    const runs = "viec" in run;
    for (const bar of document.querySelectorAll("progress[data-run]")) {
      if (runs && run.tong) { bar.max = run.tong; bar.value = run.xong; }
    }
    const words = document.querySelector("[data-run-words]");
    const count = document.querySelector("[data-run-count]");
    if (runs && words) words.textContent = run.viec;
    if (runs && count && run.tong) count.textContent = `${run.xong}/${run.tong}`;
    const isShown = document.querySelector("[data-run]");
    if (!runs && (wasRunning || isShown)) renew(isShown);
    wasRunning = runs;
  });
  events.addEventListener("doi", () => renew(false));
  window.addEventListener("pagehide", () => events.close());
}
if (document.body.dataset.events) follow(document.body.dataset.events);

// --- a cell's address beside the file that opens ---

document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button || !("copy" in button.dataset)) return;
  event.preventDefault();
  try { await navigator.clipboard.writeText(button.dataset.copy); } catch { /* told below */ }
  const answer = await fetch(event.target.action, { method: "POST", body: new FormData(event.target) });
  const place = button.dataset.copy;
  if (answer.ok) say(`Đang mở tệp. Trong Excel bấm F5 rồi dán (Ctrl+V): ${place}`);
  else document.body.innerHTML = new DOMParser().parseFromString(await answer.text(), "text/html").body.innerHTML;
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-from]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copyFrom);
  field.select();
  try { await navigator.clipboard.writeText(field.value); say("Đã chép. Dán vào Zalo bằng Ctrl+V."); }
  catch { say("Bấm Ctrl+C để chép phần đã chọn."); }
});

// A link to what is folded unfolds it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const folded = link && document.getElementById(link.hash.slice(1))?.closest("details");
  if (folded) folded.open = true;
});

// --- files chosen, and files dropped anywhere on the page ---

document.addEventListener("change", (event) => {
  const shown = event.target.type === "file" && document.querySelector(`output[for="${event.target.id}"]`);
  if (shown) shown.value = [...event.target.files].map((file) => file.name).join(", ") || shown.defaultValue;
});

const target = document.querySelector("form[data-drop]");
if (target) {
  const input = target.querySelector("input[type=file]");
  const show = (is) => document.body.classList.toggle("dropping", is);
  document.addEventListener("dragover", (event) => { event.preventDefault(); show(true); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) show(false); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    show(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    say(`Đang nhận ${input.files.length} tệp…`);
    target.requestSubmit();
  });
  input.addEventListener("change", () => { if (input.files.length) target.requestSubmit(); });
}
