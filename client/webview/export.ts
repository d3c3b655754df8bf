import type { PictureFormat } from "../src/preview/messages.js";

/** What the page's style sheet says of an element, which a file has to say itself. */
const PROPERTIES = [
  "display",
  "fill",
  "fill-opacity",
  "font-family",
  "font-size",
  "font-weight",
  "opacity",
  "rx",
  "stroke",
  "stroke-dasharray",
  "stroke-width",
  "text-anchor",
];
/** Pixels of a PNG for one of the screen. */
const SHARPNESS = 2;
/** Chromium refuses canvases beyond this. */
const LARGEST_SIDE = 16_000;

/** The picture as a file that looks as it does here. @returns text of an SVG, base64 of a PNG */
export async function exported(svg: SVGSVGElement, format: PictureFormat): Promise<string> {
  const text = standalone(svg);
  return format === "svg" ? text : toPng(text, svg.width.baseVal.value, svg.height.baseVal.value);
}

/** The picture with its styles in itself, on the page's background. */
function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new Error("A copy of a picture is a picture");
  const copies = copy.querySelectorAll<SVGElement>("*");
  svg.querySelectorAll<SVGElement>("*").forEach((element, index) => {
    const target = copies[index];
    if (target === undefined || element.closest("defs, style") !== null) return;
    const computed = getComputedStyle(element);
    target.removeAttribute("class");
    target.setAttribute("style", PROPERTIES.map((name) => `${name}:${computed.getPropertyValue(name)}`).join(";"));
  });
  for (const style of copy.querySelectorAll("style")) style.remove();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("style", `background:${getComputedStyle(document.body).backgroundColor}`);
  return new XMLSerializer().serializeToString(copy);
}

async function toPng(svg: string, width: number, height: number): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(SHARPNESS, LARGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("The page cannot draw on a canvas");
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
}
