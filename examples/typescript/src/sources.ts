/** Says where figures come from, so that every line that is printed can be checked. */

import type { Notice } from "./client.js";
import { graphql } from "./gql/index.js";
import type { PlaceFragment, WorkFragment } from "./gql/graphql.js";

graphql(`
  fragment Place on Provenance {
    source { id }
    file { name }
    line
    column
    rater
    date
    method
  }
`);

graphql(`
  fragment Work on Source {
    id
    title
    requiredAttribution
    licence { name url }
  }
`);

/** Name the place of a figure: work, file, line, column, who gave it and when. */
export function placed(place: PlaceFragment): string {
  const { source, file, line, column, rater, date, method } = place;
  const row = line === null ? "no row" : `line ${line}`;
  return [`${source.id}: ${file.name}`, row, column, rater, date, method]
    .filter((part) => part !== null)
    .join(", ");
}

/** Print the works that an answer was made of, with what their licences require. */
export function printSources(works: WorkFragment[], notices: Notice[]): void {
  console.log("\nSources");
  const used = new Map(notices.map((notice) => [notice.id, notice]));
  for (const { id, title, requiredAttribution, licence } of works) {
    const notice = used.get(id);
    if (!notice) continue;
    console.log(`  ${id}: ${title}${notice.synthetic ? " (invented data)" : ""}`);
    console.log(`    ${requiredAttribution}`);
    const terms = [licence.name, licence.url].filter((part) => part !== null);
    console.log(`    Licence: ${terms.join(", ") || "none stated"}`);
    for (const file of notice.partialFiles) console.log(`    Only in part: ${file}`);
    for (const file of notice.absentFiles) console.log(`    Left out: ${file}`);
  }
}
