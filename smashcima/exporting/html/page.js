"use strict";
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const facts = read("facts");
const links = new Map();
for (const [from, to, how] of read("links")) {
  for (const [own, other] of [[from, to], [to, from]]) {
    if (!links.has(own)) links.set(own, []);
    links.get(own).push([other, how]);
  }
}
const paths = new Map();
for (const path of document.querySelectorAll("svg path")) paths.set(path.dataset.id, path);
const told = document.getElementById("told");
let held = null; /* The object that was clicked; ids are no ids of the page, so that the browser does not scroll. */

/* What is told of an object, and what belongs to it, in colour. Notes that follow are not part of it. */
function show(id) {
  for (const path of document.querySelectorAll(".hot, .linked")) path.classList.remove("hot", "linked");
  told.replaceChildren();
  if (id === null || !(id in facts)) return;
  for (const [name, value] of [["id", id], ...Object.entries(facts[id])]) {
    const key = document.createElement("dt");
    const text = document.createElement("dd");
    key.textContent = name;
    text.textContent = value;
    told.append(key, text);
  }
  for (const [other, how] of links.get(id) || []) {
    if (how !== "next" && paths.has(other)) paths.get(other).classList.add("linked");
  }
  if (paths.has(id)) paths.get(id).classList.add("hot");
}

function idOf(element) {
  return element.localName === "path" ? element.dataset.id : null;
}
document.querySelector("main").addEventListener("mouseover", (event) => {
  if (held === null) show(idOf(event.target));
});
document.querySelector("main").addEventListener("click", (event) => {
  held = idOf(event.target);
  history.replaceState(null, "", "#" + (held === null ? "" : held));
  show(held);
});

const boxes = [...document.querySelectorAll("#legend input")];
const ofClass = new Map(boxes.map((box) => [box.value, []]));
for (const path of paths.values()) {
  ofClass.get(path.dataset.class).push(path);
}
function toggle(box) {
  for (const path of ofClass.get(box.value)) path.classList.toggle("off", !box.checked);
}
for (const box of boxes) {
  const color = box.parentElement.style.getPropertyValue("--color");
  for (const path of ofClass.get(box.value)) path.style.setProperty("--color", color);
  toggle(box);
  box.addEventListener("change", () => toggle(box));
}
for (const [id, on] of [["all", true], ["none", false]]) {
  document.getElementById(id).addEventListener("click", () => {
    for (const box of boxes) {
      box.checked = on;
      toggle(box);
    }
  });
}

const search = document.getElementById("search");
search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\s+/).filter((word) => word);
  let count = 0;
  let first = null;
  for (const [id, path] of paths) {
    const text = [id, ...Object.values(facts[id])].join(" ").toLowerCase();
    const hit = words.length > 0 && words.every((word) => text.includes(word));
    path.classList.toggle("found", hit);
    count += hit;
    if (hit && first === null) first = path;
  }
  for (const svg of document.querySelectorAll("svg")) svg.classList.toggle("searched", words.length > 0);
  document.getElementById("found").textContent = words.length > 0 ? String(count) : "";
  if (first !== null) first.scrollIntoView({ block: "center", inline: "center" });
});

const size = document.getElementById("size");
const figures = [...document.querySelectorAll("figure")].map((figure) => [figure, parseFloat(figure.style.width)]);
function resize() {
  for (const [figure, width] of figures) figure.style.width = (width * size.value) / 100 + "px";
}
size.addEventListener("input", resize);

/* At first, the widest picture fits. */
const widest = Math.max(1, ...figures.map(([, width]) => width));
size.value = Math.min(100, Math.floor((100 * (document.querySelector("main").clientWidth - 40)) / widest));
resize();

function follow() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!(id in facts)) return;
  held = id;
  show(id);
  if (paths.has(id)) paths.get(id).scrollIntoView({ block: "center", inline: "center" });
}
window.addEventListener("hashchange", follow);
follow();
