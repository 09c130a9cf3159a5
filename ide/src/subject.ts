// What the examples are about: a task and an occupation that the newest release has.
import { fetcher } from "./ask";

export interface Subject {
  readonly taskId: number;
  readonly code: string;
  /** The identifiers of both, which name the release too. */
  readonly nodes: readonly string[];
}

export interface Newest {
  /** The newest release's version; none while no release can be read. */
  readonly version?: string;
  /** What to ask about where an example has no variables for that version. */
  readonly subject?: Subject;
}

// A task of O*NET's own releases, for which the examples are written.
const USUAL_TASK = 392;

const NEWEST = `query ($taskId: Int!) {
  release { version }
  task(taskId: $taskId) { id occupation { id code } }
}`;
const OCCUPATIONS = "{ release { occupations { code ratedTaskCount } } }";
const TASKS = `query ($code: String!) {
  occupation(code: $code) {
    id
    tasks(orderBy: { by: IMPORTANCE, direction: DESCENDING }) { id taskId }
  }
}`;

interface Occupation {
  readonly code: string;
  readonly ratedTaskCount: number;
}

/** Tell the newest release, and what in it the examples can be about. */
export async function newest(): Promise<Newest> {
  try {
    const { release, task } = await ask<{
      release: { version: string } | null;
      task: { id: string; occupation: { id: string; code: string } } | null;
    }>(NEWEST, { taskId: USUAL_TASK });
    const subject =
      task === null
        ? await someSubject()
        : {
            taskId: USUAL_TASK,
            code: task.occupation.code,
            nodes: [task.id, task.occupation.id],
          };
    return { ...(release && { version: release.version }), ...(subject && { subject }) };
  } catch {
    return {}; // The first run says what is wrong.
  }
}

async function someSubject(): Promise<Subject | undefined> {
  const { release } = await ask<{
    release: { occupations: readonly Occupation[] } | null;
  }>(OCCUPATIONS);
  const code = release?.occupations.find((one) => one.ratedTaskCount > 0)?.code;
  if (code === undefined) {
    return undefined;
  }
  const { occupation } = await ask<{
    occupation: { id: string; tasks: readonly { id: string; taskId: number }[] } | null;
  }>(TASKS, { code });
  const task = occupation?.tasks[0];
  return task && { taskId: task.taskId, code, nodes: [task.id, occupation.id] };
}

async function ask<Data>(query: string, variables: object = {}): Promise<Data> {
  const answer: unknown = await fetcher({ query, variables });
  return (answer as { data: Data }).data;
}
