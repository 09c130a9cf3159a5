// Draws related tasks: a force layout, put at rest before it is shown, as SVG of links.
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
} from "d3-force";

import { type Graph, graphOf, type Point } from "./related";

const SVG = "http://www.w3.org/2000/svg";
const TICKS = 300;
/** Below this width, in pixels, the drawing stands upright. */
const NARROW = 560;
const LINE = 15;
const RADIUS = { centre: 9, shared: 7, task: 5 };

export function drawGraph(figure: HTMLElement): void {
  const table = document.getElementById(figure.dataset["graph"] ?? "");
  if (!(table instanceof HTMLTableElement)) {
    return;
  }
  const graph = graphOf(table, figure.dataset["centre"] ?? "");
  const width = figure.clientWidth;
  const frame = width < NARROW ? narrow(width) : wide(width);
  settle(graph, frame);
  figure.prepend(drawn(graph, frame));
}

/** The size of the drawing, what a label takes beside and below its point, its lines. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly beside: number;
  readonly below: number;
  readonly letters: number;
}

// The proportions are those of the room that the style sheet keeps.
function narrow(width: number): Frame {
  return { width, height: width * 1.8, beside: 46, below: 58, letters: 14 };
}

function wide(width: number): Frame {
  return { width, height: width / 2, beside: 78, below: 58, letters: 22 };
}

/** Move the points to where they come to rest, and stretch that over the frame. */
function settle({ points, ties }: Graph, frame: Frame): void {
  forceSimulation(points)
    .force("tie", forceLink(ties).distance(frame.beside * 1.6))
    .force("apart", forceManyBody().strength(-600))
    .force("collide", forceCollide(frame.beside * 0.8))
    .force("x", forceX(0).strength(0.05))
    .force("y", forceY(0).strength((0.05 * frame.width) / frame.height))
    .stop()
    .tick(TICKS);
  const x = stretch(points.map((point) => point.x), frame.beside, frame.width - frame.beside);
  const y = stretch(points.map((point) => point.y), RADIUS.centre, frame.height - frame.below);
  for (const point of points) {
    point.x = x(point.x);
    point.y = y(point.y);
  }
}

/** Give a scale from the places that there are to those between two ends. */
function stretch(
  places: readonly (number | undefined)[],
  from: number,
  to: number,
): (place: number | undefined) => number {
  const known = places.filter((place) => place !== undefined);
  const low = Math.min(...known);
  const reach = Math.max(...known) - low || 1;
  return (place = low) => from + ((place - low) / reach) * (to - from);
}

function drawn({ points, ties }: Graph, frame: Frame): SVGSVGElement {
  const { width, height, letters } = frame;
  const svg = made("svg", { viewBox: `0 0 ${width} ${height}`, role: "group" });
  svg.setAttribute("aria-label", "Graph of related tasks");
  for (const { source, target } of ties) {
    svg.append(
      made("line", {
        x1: at(source.x),
        y1: at(source.y),
        x2: at(target.x),
        y2: at(target.y),
      }),
    );
  }
  svg.append(...points.map((point) => mark(point, letters)));
  return svg;
}

function mark(point: Point, letters: number): SVGElement {
  const place = { class: point.kind, transform: `translate(${at(point.x)} ${at(point.y)})` };
  const own = made("g", place);
  own.append(made("circle", { r: String(RADIUS[point.kind]) }), words(point, letters));
  if (point.address === undefined) {
    return own;
  }
  const link = made("a", { href: point.address });
  const title = made("title", {});
  title.textContent = point.name;
  link.append(title, own);
  for (const [event, isOn] of EVENTS) {
    link.addEventListener(event, () => point.row?.classList.toggle("lit", isOn));
  }
  return link;
}

const EVENTS = [
  ["pointerenter", true],
  ["focus", true],
  ["pointerleave", false],
  ["blur", false],
] as const;

/** Write the label below its point, in lines of so many letters. */
function words({ kind, label }: Point, letters: number): SVGTextElement {
  const text = made("text", { "text-anchor": "middle" });
  for (const [place, line] of lines(label, letters).entries()) {
    const y = String(RADIUS[kind] + LINE + place * LINE);
    const part = made("tspan", { x: "0", y });
    part.textContent = `${line} `;
    text.append(part);
  }
  return text;
}

function lines(label: string, letters: number): string[] {
  const found: string[] = [];
  for (const word of label.split(" ")) {
    const last = found.at(-1);
    if (last !== undefined && last.length + word.length < letters) {
      found[found.length - 1] = `${last} ${word}`;
    } else {
      found.push(word);
    }
  }
  return found;
}

function at(place: number | undefined): string {
  return (place ?? 0).toFixed(1);
}

function made<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  return element;
}
