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
    for (const link of row.querySelectorAll<HTMLAnchorElement>("a[data-shared]")) {
      const title = link.textContent;
      const id = link.dataset["shared"] ?? title;
      let activity = shared.get(id);
      if (activity === undefined) {
        activity = { kind: "shared", label: title, name: title, address: link.href };
        shared.set(id, activity);
        ties.push({ source: middle, target: activity });
      }
      ties.push({ source: activity, target: task });
    }
  }
  return { points: [middle, ...shared.values(), ...tasks], ties };
}

function taskOf(row: HTMLTableRowElement): Point {
  const [task, occupation] = row.querySelectorAll<HTMLAnchorElement>("th a");
  const label = occupation?.textContent ?? "";
  const name = `${label}: ${task?.textContent ?? ""}`;
  return { kind: "task", label, name, address: task?.href ?? "", row };
}
