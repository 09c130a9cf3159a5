/**
 * Lists the tasks that were rated important, most important first, page by page:
 *
 *     node dist/task-list.js 19 4.5
 *
 * The first argument is how the codes of their occupations start: 19 is the major group
 * of life, physical and social science. The second is the least importance, from 1 to 5.
 */

import { ask, run, type Answer } from "./client.js";
import { graphql } from "./gql/index.js";
import type { TaskFilter, TaskListQuery } from "./gql/graphql.js";
import { placed, printSources } from "./sources.js";

const TaskList = graphql(`
  query TaskList($release: String, $filter: TaskFilter!, $after: String) {
    taskConnection(
      release: $release
      filter: $filter
      orderBy: { by: IMPORTANCE, direction: DESCENDING }
      first: 10
      after: $after
    ) {
      nodes {
        statement
        occupation { code title }
        importance { value provenance { ...Place } }
        release { id source { ...Work } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** Give one page after the other; the next is asked for when this one was taken. */
async function* pages(filter: TaskFilter): AsyncGenerator<Answer<TaskListQuery>> {
  let release: string | null = null;
  let after: string | null = null;
  do {
    const page: Answer<TaskListQuery> = await ask(TaskList, { release, filter, after });
    yield page;
    const { nodes, pageInfo } = page.data.taskConnection;
    // All pages are of one release, also if a newer one is published meanwhile.
    release = nodes[0]?.release.id ?? null;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
}

async function printTasks(filter: TaskFilter): Promise<void> {
  let count = 0;
  const read: Answer<TaskListQuery>[] = [];
  for await (const page of pages(filter)) {
    read.push(page);
    for (const { statement, occupation, importance } of page.data.taskConnection.nodes) {
      count += 1;
      console.log(`${importance.value}  ${statement}`);
      console.log(`    ${occupation.title} (${occupation.code})`);
      console.log(`    ${placed(importance.provenance)}`);
    }
  }
  console.log(`\n${count} tasks on ${read.length} pages`);
  const first = read[0];
  const release = first?.data.taskConnection.nodes[0]?.release;
  if (first && release) printSources([release.source], first.sources);
}

const [codePrefix, least] = process.argv.slice(2);
const minImportance = Number(least);
if (codePrefix && minImportance >= 1 && minImportance <= 5) {
  await run(() => printTasks({ codePrefix, minImportance }));
} else {
  console.error("Usage: node dist/task-list.js CODE_PREFIX LEAST_IMPORTANCE");
  process.exitCode = 2;
}
