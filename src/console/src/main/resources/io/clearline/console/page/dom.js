// Elements are built from text, never from HTML: whatever a stream is called, it is shown, not run.

/** h("a", {href: "#/x", class: "y", onclick: f}, "text", child): an element with attributes, listeners and children. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(element.style, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** As h, for elements of pictures: svg("path", {d: "M0 0h9"}). */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An icon from a path on a 16 x 16 grid. */
export function icon(path) {
  return svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: path }));
}

/** Replaces what an element holds. What had the focus has it again, where it is there again. */
export function fill(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  element.replaceChildren(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  if (focused && !focused.isConnected) counterpart(focused, element)?.focus({ preventScroll: true });
}

function counterpart(focused, element) {
  const looks = (each) => [each.textContent, each.getAttribute("href"), each.getAttribute("aria-label")].join("\n");
  return [...element.querySelectorAll(focused.localName)].find((each) => looks(each) === looks(focused));
}

const colours = { theme: null };

/** A colour of the style sheet, as it is in the theme of now. Asked for often: each is computed once a theme. */
export function colour(name) {
  const { theme } = document.documentElement.dataset;
  if (colours.theme !== theme) {
    for (const key of Object.keys(colours)) delete colours[key];
    colours.theme = theme;
  }
  return (colours["--" + name] ??= getComputedStyle(document.documentElement)
    .getPropertyValue("--" + name)
    .trim());
}

/** The style sheet's family of letters, for canvases. */
export function fontFamily() {
  return colour("sans");
}

/**
 * Fits a canvas's pixels to its place and the screen; gives its context, in CSS pixels, and its size. Who draws many
 * says the size: to ask the browser between two drawings makes it lay out the page each time.
 */
export function prepare(canvas, width = canvas.clientWidth, height = canvas.clientHeight) {
  const ratio = window.devicePixelRatio || 1;
  const across = Math.max(1, Math.round(width * ratio));
  const down = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}
