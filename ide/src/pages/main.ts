// What script adds to the pages that the server renders. Every fact is in them without it.
import { offerCopies } from "./copy";
import { drawGraph } from "./graph";
import { showPlaces } from "./places";
import { suggest } from "./suggest";

showPlaces();
offerCopies();
for (const form of document.querySelectorAll<HTMLFormElement>("form[role=search]")) {
  suggest(form);
}
for (const figure of document.querySelectorAll<HTMLElement>("[data-graph]")) {
  drawGraph(figure);
}
