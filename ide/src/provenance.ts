// Reads the releases, studies and files behind an answer out of the answer itself.

/** A release or study, as `extensions.sources` names it. */
export interface Source {
  readonly id: string;
  readonly synthetic: boolean;
  readonly syntheticStudies: readonly string[];
  readonly partialFiles: readonly string[];
  readonly absentFiles: readonly string[];
}

/** Where one figure stands: its path in the answer, and its place in the file. */
export interface Place {
  readonly path: string;
  readonly line?: number;
  readonly column?: string;
  readonly method?: string;
}

/** A file, and the figures of the answer that stand in it. */
export interface SourceFile {
  readonly name: string;
  /** The work it belongs to, else the release of the page; empty if neither is asked. */
  readonly work: string;
  readonly places: readonly Place[];
}

export interface Behind {
  readonly sources: readonly Source[];
  readonly files: readonly SourceFile[];
}

/** Give what is behind an answer, or nothing if the text is no answer. */
export function behind(response: string | null | undefined): Behind | undefined {
  const answer = parsed(response);
  if (!isObject(answer)) {
    return undefined;
  }
  const extensions = isObject(answer["extensions"]) ? answer["extensions"] : {};
  const found = [...provenances(answer["data"], "")];
  const files = Map.groupBy(found, ({ value }) =>
    JSON.stringify([
      named(value["source"], "id") ?? named(value["release"], "id") ?? "",
      named(value["file"], "name") ?? "",
    ]),
  );
  return {
    sources: (extensions["sources"] ?? []) as Source[],
    files: [...files].map(([key, figures]) => {
      const [work, name] = JSON.parse(key) as [string, string];
      return { work, name, places: figures.map(placeOf) };
    }),
  };
}

type Json = Record<string, unknown>;
interface Found {
  readonly path: string;
  readonly value: Json;
}

// These fields are of the type Provenance alone; it may stand under any alias.
const TELLING = ["file", "line", "column"];

function* provenances(value: unknown, path: string): Generator<Found> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* provenances(item, `${path}[${index}]`);
    }
  } else if (isObject(value)) {
    if (TELLING.some((field) => field in value)) {
      yield { path, value };
      return;
    }
    for (const [field, item] of Object.entries(value)) {
      yield* provenances(item, path === "" ? field : `${path}.${field}`);
    }
  }
}

function placeOf({ path, value }: Found): Place {
  const { line, column, method } = value;
  return {
    path: path.replace(/\.provenance$/, ""),
    ...(typeof line === "number" && { line }),
    ...(typeof column === "string" && { column }),
    ...(typeof method === "string" && { method }),
  };
}

function named(value: unknown, field: string): string | undefined {
  const name = isObject(value) ? value[field] : undefined;
  return typeof name === "string" ? name : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
