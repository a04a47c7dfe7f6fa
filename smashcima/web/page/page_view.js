/* The page of music: its picture, the outlines of its objects, zoom, and what is told of the object under the pointer. */

const SVG = "http://www.w3.org/2000/svg";
const view = document.getElementById("view");
const figure = view.querySelector("figure");
const picture = view.querySelector("img");
const drawing = view.querySelector("svg");
const marks = document.createElementNS(SVG, "g"); /* what belongs to the object that is shown */
const told = document.getElementById("told");
const hint = told.firstElementChild;
const KINDS = { part: "Belongs together with", next: "Next in the voice", before: "Previous in the voice", on: "On" };

let page = null; /* the answer of the server */
let objects = new Map(); /* by id */
let paths = new Map(); /* by id */
let links = new Map(); /* by id: [other id, kind] */
let boxes = new Map(); /* by id, measured on demand */
let current = null; /* id of the object that is shown */
let held = false; /* whether the pointer leaves it as it is */
let zoom = null; /* null fits the width */

/* Shows a page when its picture is there. */
export async function showPage(answer, source) {
  picture.src = source;
  await picture.decode();
  const before = held ? current : null;
  page = answer;
  objects = new Map(page.objects.map((each) => [each.id, each]));
  boxes = new Map();
  links = new Map();
  for (const [from, to, kind] of page.links) {
    link(from, to, kind);
    if (kind !== "on") link(to, from, kind === "next" ? "before" : kind);
  }
  picture.alt = `${page.name}: page ${page.page + 1} of ${page.pageCount}`;
  drawing.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
  const colors = new Map(page.classes.map((each) => [each.label, each.color]));
  const made = page.objects.map((each) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", `object ${each.layer}`);
    path.setAttribute("d", each.path);
    path.dataset.id = each.id;
    path.style.setProperty("--color", colors.get(each.label));
    return path;
  });
  drawing.replaceChildren(...made, marks);
  paths = new Map(made.map((path) => [path.dataset.id, path]));
  figure.hidden = false;
  resize();
  held = before !== null && objects.has(before);
  show(held ? before : null);
}

/* Replaces the picture alone. */
export function showPicture(source) {
  picture.src = source;
}

function link(from, to, kind) {
  if (!links.has(from)) links.set(from, []);
  links.get(from).push([to, kind]);
}

/* -- what is told of an object -------------------------------------------------------------------------------- */

export function show(id) {
  marks.replaceChildren();
  current = id !== null && objects.has(id) ? id : null;
  if (current === null) {
    held = false;
    told.replaceChildren(hint);
    return;
  }
  const object = objects.get(current);
  highlight(current, "hot");
  const title = element("h3", object.details.what);
  if (held) {
    const badge = element("span", "held");
    badge.className = "held";
    title.append(badge);
  }
  const facts = document.createElement("dl");
  for (const [name, value] of [...Object.entries(object.details), ["id", object.id]]) {
    if (name !== "what") facts.append(element("dt", name), element("dd", value));
  }
  told.replaceChildren(title, facts, ...relations());
}

function relations() {
  const parts = [];
  const listed = new Set();
  const others = links.get(current) || [];
  const areDrawn = drawing.classList.contains("relations");
  for (const [kind, heading] of Object.entries(KINDS)) {
    const found = others.filter(([other, how]) => how === kind && objects.has(other) && !listed.has(other)).map(([other]) => other);
    for (const other of found) listed.add(other);
    if (found.length === 0) continue;
    const title = element("h4", heading);
    title.className = kind === "before" ? "next" : kind;
    const list = document.createElement("ul");
    for (const other of found) {
      const item = document.createElement("li");
      const button = element("button", objects.get(other).title);
      button.type = "button";
      button.addEventListener("click", () => select(other));
      item.append(button);
      list.append(item);
    }
    parts.push(title, list);
    if (areDrawn && kind !== "before") for (const other of found) mark(other, kind);
  }
  return parts;
}

/* Marks a related object, and draws a line to it unless it is an area around this one. */
function mark(other, kind) {
  highlight(other, kind === "next" ? "after" : "linked");
  if (objects.get(other).layer === "areas" || objects.get(current).layer === "areas") return;
  const [from, to] = [middle(current), middle(other)];
  const line = document.createElementNS(SVG, "line");
  line.setAttribute("class", `relation ${kind}`);
  for (const [name, value] of [["x1", from.x], ["y1", from.y], ["x2", to.x], ["y2", to.y]]) line.setAttribute(name, value);
  marks.append(line);
}

/* Draws an object in colour above all others; a copy, so that what the pointer meets stays the same. */
function highlight(id, kind) {
  const copy = document.createElementNS(SVG, "path");
  copy.setAttribute("class", `mark ${objects.get(id).layer} ${kind}`);
  copy.setAttribute("d", objects.get(id).path);
  copy.dataset.of = id;
  marks.append(copy);
}

function boxOf(id) {
  if (!boxes.has(id)) boxes.set(id, paths.get(id).getBBox());
  return boxes.get(id);
}

function middle(id) {
  const box = boxOf(id);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/* Holds an object and brings it into sight. */
export function select(id) {
  held = true;
  show(id);
  if (current !== null) bringIntoSight();
}

function bringIntoSight() {
  const [box, area] = [paths.get(current).getBoundingClientRect(), view.getBoundingClientRect()];
  const margin = 40;
  const shift = (low, high, first, last) =>
    low < first + margin ? low - first - margin : high > last - margin ? Math.min(high - last + margin, low - first - margin) : 0;
  view.scrollBy(shift(box.left, box.right, area.left, area.right), shift(box.top, box.bottom, area.top, area.bottom));
}

for (const type of ["pointerover", "pointermove"]) { /* the page may change under a pointer that rests */
  drawing.addEventListener(type, (event) => {
    const id = event.target.dataset.id || null;
    if (!held && id !== current) show(id);
  });
}
drawing.addEventListener("pointerleave", () => {
  if (!held) show(null);
});
drawing.addEventListener("click", (event) => {
  const id = event.target.dataset.id || null;
  held = id !== null && !(held && id === current);
  show(id);
});

/* -- keyboard ------------------------------------------------------------------------------------------------- */

view.addEventListener("keydown", (event) => {
  if (page === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const action = {
    ArrowRight: () => step(1), ArrowLeft: () => step(-1), ArrowDown: () => jump(1), ArrowUp: () => jump(-1),
    Home: () => step(0), Enter: () => hold(), " ": () => hold(), Escape: () => show(null),
    "+": () => zoomBy(1.25), "=": () => zoomBy(1.25), "-": () => zoomBy(0.8), 0: () => zoomTo(null),
  }[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
});

function hold() {
  if (current === null) return;
  held = !held;
  show(current);
}

/* Symbols in reading order; 0 is the first. */
function step(by) {
  const symbols = page.order.filter((id) => objects.get(id).layer === "symbols" && !paths.get(id).classList.contains("off"));
  if (symbols.length === 0) return;
  const at = symbols.indexOf(current);
  select(by === 0 || at < 0 ? symbols[0] : symbols[Math.min(Math.max(at + by, 0), symbols.length - 1)]);
}

/* The nearest symbol below or above. */
function jump(by) {
  if (current === null) {
    step(0);
    return;
  }
  const here = middle(current);
  let [nearest, least] = [null, Infinity];
  for (const object of page.objects) {
    if (object.layer !== "symbols" || object.id === current || object.label === "staffLine") continue;
    const there = middle(object.id);
    const down = (there.y - here.y) * by;
    if (down <= 2) continue;
    const distance = down + 3 * Math.abs(there.x - here.x);
    if (distance < least) [nearest, least] = [object.id, distance];
  }
  if (nearest !== null) select(nearest);
}

/* -- zoom ----------------------------------------------------------------------------------------------------- */

const fit = document.getElementById("fit");

function resize() {
  if (page === null) return;
  const room = view.clientWidth - 48;
  const width = zoom === null ? Math.min(room, page.width * 3) : page.width * zoom;
  figure.style.width = `${width}px`;
  figure.style.height = `${(width * page.height) / page.width}px`;
  fit.textContent = `${Math.round((100 * width) / page.width)} %`;
}

export function zoomTo(value) {
  zoom = value;
  resize();
}

export function zoomBy(factor) {
  if (page !== null) zoomTo(Math.min(Math.max((figure.clientWidth / page.width) * factor, 0.1), 8));
}

document.getElementById("smaller").addEventListener("click", () => zoomBy(0.8));
document.getElementById("larger").addEventListener("click", () => zoomBy(1.25));
fit.addEventListener("click", () => zoomTo(null));
view.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  zoomBy(event.deltaY < 0 ? 1.1 : 1 / 1.1);
}, { passive: false });
new ResizeObserver(resize).observe(view);

/* -- outlines ------------------------------------------------------------------------------------------------- */

export function showOutlines(layer, shown) {
  drawing.classList.toggle(layer, shown);
  if (layer === "relations") show(current);
}

export function showClasses(labels) {
  for (const [id, path] of paths) path.classList.toggle("off", !labels.has(objects.get(id).label));
}

/* Marks the objects whose name, label, id or details have all words, and returns their ids in reading order. */
export function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word);
  const hits = [];
  for (const id of page === null ? [] : page.order) {
    const object = objects.get(id);
    const all = [id, ...Object.values(object.details)].join(" ").toLowerCase();
    const hit = words.length > 0 && words.every((word) => all.includes(word));
    paths.get(id).classList.toggle("found", hit);
    if (hit) hits.push(id);
  }
  drawing.classList.toggle("searched", words.length > 0);
  return hits;
}
