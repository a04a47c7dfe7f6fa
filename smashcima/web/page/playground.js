/* The controls of the playground. The state of the controls is the options of a page, which the server draws. */

import { search, select, showClasses, showOutlines, showPage, showPicture } from "./page_view.js";

const $ = (id) => document.getElementById(id);
const form = $("options");
const SELECTS = ["hand", "writer", "font", "paper", "degradation"];
const RANGES = ["placement", "strength", "dpi"];

let menu = null;
let options = {}; /* of the page that is wanted */
let page = null; /* the page that is shown */
let asLayers = false;
let asked = null; /* the request that runs, to withdraw it when another page is wanted */
let timer = null;
const opened = new Map(); /* uploaded scores by id: the answer of the server, and the file itself */
const hidden = new Set(); /* labels of classes whose outlines are not drawn */

/* -- requests ------------------------------------------------------------------------------------------------- */

async function request(path, content, type, signal) {
  const given = content === undefined ? {} : { method: "POST", body: content, headers: { "Content-Type": type } };
  let response;
  try {
    response = await fetch(path, { ...given, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The playground does not answer. Is `smashcima playground` still running in the terminal?");
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/* Draws the wanted page after a short wait, in which more can change. */
function draw(wait = 120) {
  clearTimeout(timer);
  timer = setTimeout(drawNow, wait);
}

async function drawNow() {
  if (asked !== null) asked.abort();
  if (!options.source) return; /* an empty line */
  const own = (asked = new AbortController());
  const wanted = asLayers ? { ...options, degradation: "clean", strength: 1 } : options;
  $("busy").hidden = false;
  const begin = performance.now();
  try {
    const answer = await drawn(wanted, own.signal);
    const source = asLayers ? await layersOf(answer, own.signal) : `api/pages/${answer.id}/picture`;
    await showPage(answer, source);
    if (own !== asked) return;
    page = answer;
    options.page = page.page;
    tell((performance.now() - begin) / 1000);
  } catch (error) {
    if (error.name !== "AbortError") fail(error.message);
  } finally {
    if (own === asked) $("busy").hidden = true;
  }
}

async function drawn(wanted, signal) {
  const post = () => request("api/pages", JSON.stringify(wanted), "application/json", signal);
  try {
    return await post();
  } catch (error) {
    if (wanted.kind !== "file" || !error.message.includes("no longer in memory")) throw error;
    await send(opened.get(wanted.source).file);
    return await post();
  }
}

function send(file) {
  const path = `api/scores?name=${encodeURIComponent(file.name)}`;
  return request(path, file, "application/octet-stream");
}

function fail(text) {
  $("error").hidden = false;
  $("error").querySelector("p").textContent = text;
  $("status").textContent = "";
}

/* -- the page that was drawn ---------------------------------------------------------------------------------- */

function tell(seconds) {
  $("error").hidden = true;
  $("status").textContent = `${page.width} × ${page.height} px, ${page.objects.length} objects, ${seconds.toFixed(1)} s`;
  $("page-number").textContent = `${page.page + 1} / ${page.pageCount}`;
  $("previous").disabled = page.page === 0;
  $("next").disabled = page.page + 1 >= page.pageCount;
  $("python").textContent = page.code;
  $("recipe").textContent = page.recipe;
  $("styles").replaceChildren(...Object.entries(page.styles).flatMap(([name, value]) => [made("dt", name), made("dd", value)]));
  $("downloads").replaceChildren(...menu.downloads.map(({ kind, title, suffix }) => {
    const item = document.createElement("li");
    const link = made("a", title);
    link.href = `api/pages/${page.id}/${kind}`;
    link.dataset.kind = kind;
    link.download = "";
    link.append(made("code", kind === "score" ? page.scoreName : suffix));
    item.append(link);
    return item;
  }));
  $("issues-title").textContent = page.issueCount === 0 ? "No issues" : `${page.issueCount} issues`;
  $("issues").replaceChildren(...page.issues.map((issue) => made("li", issue)));
  tellClasses();
  find();
  remember();
}

function tellClasses() {
  $("legend").replaceChildren(...page.classes.map(({ label, count, color }) => {
    const row = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = label;
    box.checked = !hidden.has(label);
    const swatch = document.createElement("i");
    swatch.style.setProperty("--color", color);
    row.append(box, swatch, label, made("b", String(count)));
    return row;
  }));
  chooseClasses();
}

function chooseClasses() {
  for (const box of $("legend").querySelectorAll("input")) {
    if (box.checked) hidden.delete(box.value);
    else hidden.add(box.value);
  }
  showClasses(new Set(page.classes.map((each) => each.label).filter((label) => !hidden.has(label))));
}

$("legend").addEventListener("change", () => {
  chooseClasses();
  outline("symbols", true);
});
for (const [id, checked] of [["all", true], ["none", false]]) {
  $(id).addEventListener("click", () => {
    for (const box of $("legend").querySelectorAll("input")) box.checked = checked;
    chooseClasses();
    if (checked) outline("symbols", true);
  });
}

/* -- layers of ink -------------------------------------------------------------------------------------------- */

const INKSCAPE = "http://www.inkscape.org/namespaces/inkscape";
let vectors = null; /* the drawing of the page that is shown */
let blob = null;

async function layersOf(answer, signal) {
  let response;
  try {
    response = await fetch(`api/pages/${answer.id}/layers`, { signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The playground does not answer.");
  }
  vectors = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
  const names = inkLayers().map((layer) => layer.getAttributeNS(INKSCAPE, "label"));
  const before = new Set([...$("ink-layers").querySelectorAll("input:not(:checked)")].map((box) => box.value));
  $("ink-layers").replaceChildren(...names.map((name) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = name;
    box.checked = !before.has(name);
    label.append(box, name);
    return label;
  }));
  return pictureOfLayers();
}

function inkLayers() {
  return [...vectors.documentElement.children].filter((each) => each.getAttributeNS(INKSCAPE, "groupmode") === "layer");
}

function pictureOfLayers() {
  const shown = new Set([...$("ink-layers").querySelectorAll("input:checked")].map((box) => box.value));
  for (const layer of inkLayers()) {
    if (shown.has(layer.getAttributeNS(INKSCAPE, "label"))) layer.removeAttribute("display");
    else layer.setAttribute("display", "none");
  }
  if (blob !== null) URL.revokeObjectURL(blob);
  blob = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(vectors)], { type: "image/svg+xml" }));
  return blob;
}

$("ink-layers").addEventListener("change", () => showPicture(pictureOfLayers()));

for (const [id, layers] of [["as-picture", false], ["as-layers", true]]) {
  $(id).addEventListener("click", () => {
    asLayers = layers;
    $("as-picture").setAttribute("aria-pressed", String(!layers));
    $("as-layers").setAttribute("aria-pressed", String(layers));
    $("ink-layers").hidden = !layers;
    draw(0);
  });
}

/* -- controls ------------------------------------------------------------------------------------------------- */

function made(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

function fill(select, entries) {
  select.replaceChildren(...entries.map(([value, text]) => {
    const option = made("option", text);
    option.value = value;
    return option;
  }));
}

function words(name) {
  return name === "any" ? "any (drawn by the seed)" : name === "solid" ? "plain white" : name.replaceAll("-", " ");
}

function fillMenus() {
  fill($("example"), menu.examples.map(({ name, title }) => [name, title]));
  fill($("staves"), [["", "Choose …"], ...menu.staves.map(({ title, text }) => [text, title])]);
  fill($("font"), [["", "Default"], ...menu.fonts.map((font) => [font, font])]);
  fill($("paper"), menu.papers.map((name) => [name, words(name)]));
  fill($("degradation"), menu.degradations.map((name) => [name, words(name)]));
  [$("dpi").min, $("dpi").max] = menu.dpi;
  $("staff").maxLength = menu.maxText;
  $("hand").querySelector("[value=muscima]").disabled = !menu.hands.muscima;
  $("muscima-hint").hidden = menu.hands.muscima;
  $("file-hint").textContent = `${menu.suffixes.join(" ")}, up to ${menu.maxBytes / 2 ** 20} MiB`;
  $("file").accept = menu.suffixes.join(",");
  fillWriters();
}

function fillWriters() {
  const names = menu.writers[options.hand] || [];
  fill($("writer"), [["", "a new one for each seed"], ...names.map((name) => [name, name])]);
  if (!names.includes(options.writer)) options.writer = "";
  $("writer").value = options.writer;
}

function showKind(kind) {
  for (const box of form.elements.kind) {
    box.checked = box.value === kind;
    $(`of-${box.value}`).hidden = box.value !== kind;
  }
}

/* Shows the options in the controls. */
function showOptions() {
  showKind(options.kind);
  if (options.kind === "example") $("example").value = options.source;
  if (options.kind === "staff") $("staff").value = options.source;
  for (const name of [...SELECTS, ...RANGES, "seed"]) $(name).value = options[name];
  fillWriters();
  tellRanges();
}

function tellRanges() {
  for (const name of RANGES) {
    const value = name === "dpi" ? `${options.dpi} dpi` : options[name].toFixed(1);
    form.querySelector(`output[for=${name}]`).textContent = value;
  }
  form.querySelector(".handwritten").hidden = options.hand === "printed";
  $("strength-row").hidden = options.degradation === "clean";
}

/* Other music: its first page. */
function choose(kind, source, number = 1) {
  Object.assign(options, { kind, source, number, page: 0 });
  showOptions();
  draw(0);
}

for (const box of form.elements.kind) {
  box.addEventListener("change", () => {
    if (box.value === "example") choose("example", $("example").value);
    if (box.value === "staff") choose("staff", $("staff").value || menu.staves[0].text);
    if (box.value === "file") {
      showKind("file"); /* the page stays until a file is opened */
      if (opened.size > 0) choose("file", $("opened").value, Number($("number").value));
    }
  });
}
$("example").addEventListener("change", () => choose("example", $("example").value));
$("opened").addEventListener("change", () => chooseOpened($("opened").value));
$("number").addEventListener("change", () => choose("file", $("opened").value, Number($("number").value)));
$("staff").addEventListener("input", () => {
  Object.assign(options, { source: $("staff").value.trim(), page: 0 });
  draw(350);
});
$("staves").addEventListener("change", () => {
  if ($("staves").value) choose("staff", $("staves").value);
});
for (const name of SELECTS) {
  $(name).addEventListener("change", () => {
    options[name] = $(name).value;
    if (name === "hand") fillWriters();
    tellRanges();
    draw(0);
  });
}
for (const name of RANGES) {
  $(name).addEventListener("input", () => {
    options[name] = Number($(name).value);
    tellRanges();
    draw();
  });
}
$("seed").addEventListener("input", () => {
  if (!$("seed").checkValidity()) return;
  options.seed = Number($("seed").value);
  draw(250);
});
$("another").addEventListener("click", () => {
  options.seed = (options.seed + 1) % 2 ** 32;
  $("seed").value = options.seed;
  draw(0);
});
$("reset").addEventListener("click", () => {
  const { kind, source, number, page: index } = options;
  options = { ...menu.defaults, kind, source, number, page: index };
  showOptions();
  draw(0);
});
form.addEventListener("submit", (event) => event.preventDefault());
for (const [id, by] of [["previous", -1], ["next", 1]]) {
  $(id).addEventListener("click", () => {
    if (page === null) return;
    options.page = Math.min(Math.max(page.page + by, 0), page.pageCount - 1);
    draw(0);
  });
}

/* -- files ---------------------------------------------------------------------------------------------------- */

async function open(file) {
  $("busy").hidden = false;
  $("status").textContent = `Reading ${file.name} …`;
  try {
    if (file.size > menu.maxBytes) throw new Error(`it is larger than ${menu.maxBytes / 2 ** 20} MiB.`);
    const score = await send(file);
    opened.set(score.id, { ...score, file });
    fill($("opened"), [...opened.values()].map(({ id, name }) => [id, name]));
    $("opened-row").hidden = false;
    chooseOpened(score.id);
  } catch (error) {
    fail(`${file.name} cannot be read: ${error.message}`);
    $("busy").hidden = true;
  }
}

function chooseOpened(id) {
  const score = opened.get(id);
  $("opened").value = id;
  fill($("number"), score.scores.map((name, index) => [index + 1, name]));
  $("number-row").hidden = score.scores.length < 2;
  choose("file", id);
}

$("file").addEventListener("change", () => {
  const file = $("file").files[0];
  $("file").value = "";
  if (file) open(file);
});
let depth = 0; /* of elements that the dragged file has entered */
const carriesFile = (event) => event.dataTransfer !== null && [...event.dataTransfer.types].includes("Files");
addEventListener("dragenter", (event) => {
  if (!carriesFile(event)) return;
  depth += 1;
  $("curtain").hidden = false;
});
addEventListener("dragleave", (event) => {
  if (!carriesFile(event)) return;
  depth = Math.max(depth - 1, 0);
  if (depth === 0) $("curtain").hidden = true;
});
addEventListener("dragover", (event) => {
  if (carriesFile(event)) event.preventDefault();
});
addEventListener("drop", (event) => {
  if (!carriesFile(event)) return;
  event.preventDefault();
  depth = 0;
  $("curtain").hidden = true;
  if (event.dataTransfer.files.length > 0) open(event.dataTransfer.files[0]);
});

/* -- details -------------------------------------------------------------------------------------------------- */

const tabs = [...document.querySelectorAll("[role=tab]")];

function openTab(tab) {
  for (const each of tabs) {
    each.setAttribute("aria-selected", String(each === tab));
    each.tabIndex = each === tab ? 0 : -1;
    $(each.getAttribute("aria-controls")).hidden = each !== tab;
  }
}

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener("click", () => openTab(tab));
  tab.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const other = tabs[(index + by + tabs.length) % tabs.length];
    openTab(other);
    other.focus();
  });
}
for (const button of document.querySelectorAll(".copy")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText($(button.dataset.of).textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
}
$("error").querySelector("button").addEventListener("click", () => ($("error").hidden = true));

let hits = [];
let at = -1;
function find() {
  const text = $("search").value;
  hits = search(text);
  at = -1;
  $("found").textContent = text.trim() ? `${hits.length} found${hits.length > 0 ? "; Enter goes from one to the next" : ""}` : "";
}
$("search").addEventListener("input", find);
$("search").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || hits.length === 0) return;
  at = (at + (event.shiftKey ? hits.length - 1 : 1)) % hits.length;
  select(hits[at]);
});

function outline(layer, shown) {
  $("shown").querySelector(`[value=${layer}]`).checked = shown;
  showOutlines(layer, shown);
}
for (const box of $("shown").querySelectorAll("input")) {
  box.addEventListener("change", () => outline(box.value, box.checked));
  outline(box.value, box.checked);
}

/* -- options in the address, so that a page can be opened again ------------------------------------------------- */

function remember() {
  const changed = Object.entries(options).filter(([name, value]) => value !== menu.defaults[name]);
  history.replaceState(null, "", options.kind === "file" ? "#" : `#${new URLSearchParams(changed)}`);
}

function remembered() {
  const found = {};
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    if (!(name in menu.defaults) || (name === "kind" && value === "file")) continue;
    found[name] = typeof menu.defaults[name] === "number" ? Number(value) : value;
  }
  return found;
}

async function begin() {
  try {
    menu = await request("api/menu");
  } catch (error) {
    fail(error.message);
    return;
  }
  options = { ...menu.defaults, ...remembered() };
  fillMenus();
  showOptions();
  await drawNow();
}

begin();
