// The examples: documents with a title and a description in their first comment, which
// the panel shows instead; each with variables by the version of the release.

import type { Newest } from "./subject";

export interface Example {
  readonly title: string;
  readonly about: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, object>>;
}

const documents = import.meta.glob<string>("../examples/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});
const variables = import.meta.glob<Record<string, object>>("../examples/*.json", {
  import: "default",
  eager: true,
});

function read(path: string, query: string): Example {
  const lines = query.split("\n");
  const [title = path, ...about] = lines
    .filter((line) => line.startsWith("# "))
    .map((line) => line.slice(2));
  return {
    title,
    about: about.join(" "),
    query: lines.filter((line) => !line.startsWith("# ")).join("\n").trim(),
    variables: variables[path.replace(".graphql", ".json")] ?? {},
  };
}

/** All examples, in the order of their file names. */
export const EXAMPLES: readonly Example[] = Object.keys(documents)
  .sort()
  .map((path) => read(path, documents[path] ?? ""));

/** Give the variables of an example, as text: its own for a release, else about a subject. */
export function variablesOf(example: Example, { version, subject }: Newest): string {
  const own = example.variables[version ?? ""];
  const usual = Object.entries(example.variables["default"] ?? {});
  const known: Readonly<Record<string, unknown>> = { ...subject };
  const found =
    own ?? Object.fromEntries(usual.map(([name, value]) => [name, known[name] ?? value]));
  return Object.keys(found).length === 0 ? "" : JSON.stringify(found, null, 2);
}
