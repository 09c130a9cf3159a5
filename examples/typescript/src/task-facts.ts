/**
 * Prints the facts of one task, each with its source:
 *
 *     node dist/task-facts.js 97
 */

import { ask, run } from "./client.js";
import { graphql } from "./gql/index.js";
import type { RatedFragment, RatingFragment } from "./gql/graphql.js";
import { placed, printSources } from "./sources.js";

const TaskFacts = graphql(`
  query TaskFacts($taskId: Int!) {
    task(taskId: $taskId) {
      id
      statement
      provenance { ...Place }
      occupation { code title }
      importance { ...Rated }
      relevance { ...Rated }
      exposureRatings { ...Rating }
      exposureMissing { study { id } reason }
      caveats { text }
      sources { ...Work }
    }
  }
  fragment Rated on RatedFigure {
    value
    unit
    missing
    lowerBound
    upperBound
    recommendSuppress
    rank { position of }
    provenance { ...Place }
  }
  fragment Rating on ExposureRating {
    rater { id kind }
    measure { id }
    label
    score
    provenance { ...Place }
  }
`);

async function printFacts(taskId: number): Promise<void> {
  const { data, sources } = await ask(TaskFacts, { taskId });
  const task = data.task;
  if (!task) return; // An unknown task is an error, which ask() has thrown.

  console.log(task.statement);
  console.log(`${task.occupation.title} (${task.occupation.code}), ${task.id}`);
  printSource(task.provenance);

  printFigure("Importance", task.importance);
  printFigure("Relevance", task.relevance);

  // Raters disagree. Neither is the true one, so they are never merged.
  for (const rating of task.exposureRatings) {
    if (rating.measure.id === "exposure") printRating(rating);
  }
  for (const { study, reason } of task.exposureMissing) {
    console.log(`\nExposure: none by ${study.id} (${reason})`);
  }

  console.log("\nTo keep in mind");
  for (const { text } of task.caveats) console.log(`  ${text}`);
  printSources(task.sources, sources);
}

function printFigure(name: string, figure: RatedFragment): void {
  // An absent value has a reason. It is not 0.
  if (figure.value === null) {
    console.log(`\n${name}: no value (${figure.missing})`);
  } else {
    const { value, unit, lowerBound, upperBound, recommendSuppress, rank } = figure;
    const told = [`${value} ${unit.toLowerCase()}`];
    if (lowerBound !== null) told.push(`95 % interval ${lowerBound} to ${upperBound}`);
    if (rank) told.push(`rank ${rank.position} of ${rank.of}`);
    if (recommendSuppress) told.push("which its publisher advises against using");
    console.log(`\n${name}: ${told.join(", ")}`);
  }
  printSource(figure.provenance);
}

function printRating({ rater, label, score, provenance }: RatingFragment): void {
  console.log(`\nExposure: ${label ?? score} by ${rater.id} (${rater.kind.toLowerCase()})`);
  printSource(provenance);
}

function printSource(provenance: RatedFragment["provenance"]): void {
  console.log(`    ${placed(provenance)}`);
}

const taskId = Number(process.argv[2]);
if (Number.isInteger(taskId)) {
  await run(() => printFacts(taskId));
} else {
  console.error("Usage: node dist/task-facts.js TASK_ID");
  process.exitCode = 2;
}
