// Reads the table of related tasks as a graph: nothing is in one and not in the other.
import type { SimulationLinkDatum, SimulationNodeDatum } from "d3-force";

export interface Point extends SimulationNodeDatum {
  readonly kind: "centre" | "shared" | "task";
  readonly label: string;
  /** The whole of what it is; the label may be a part of it. */
  readonly name: string;
  readonly address?: string;
  readonly row?: HTMLTableRowElement;
}

export type Tie = SimulationLinkDatum<Point> & { source: Point; target: Point };

export interface Graph {
  readonly points: Point[];
  readonly ties: Tie[];
}

export function graphOf(table: HTMLTableElement, centre: string): Graph {
  const middle: Point = { kind: "centre", label: centre, name: centre };
  const shared = new Map<string, Point>();
  const tasks: Point[] = [];
  const ties: Tie[] = [];
  for (const row of table.tBodies[0]?.rows ?? []) {
    const task = taskOf(row);
    tasks.push(task);
    for (const element of row.querySelectorAll<HTMLElement>("[data-shared]")) {
      const id = element.dataset["shared"] ?? element.textContent;
      let point = shared.get(id);
      if (point === undefined) {
        point = sharedOf(element);
        shared.set(id, point);
        ties.push({ source: middle, target: point });
      }
      ties.push({ source: point, target: task });
    }
  }
  return { points: [middle, ...shared.values(), ...tasks], ties };
}

/** An activity is a link to its page; a statement has none. */
function sharedOf(element: HTMLElement): Point {
  const title = element.textContent;
  const point = { kind: "shared", label: title, name: title } as const;
  return element instanceof HTMLAnchorElement ? { ...point, address: element.href } : point;
}

function taskOf(row: HTMLTableRowElement): Point {
  const [task, occupation] = row.querySelectorAll<HTMLAnchorElement>("th a");
  const label = occupation?.textContent ?? "";
  const name = `${label}: ${task?.textContent ?? ""}`;
  return { kind: "task", label, name, address: task?.href ?? "", row };
}
