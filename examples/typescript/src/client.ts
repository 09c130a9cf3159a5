/** Asks a WorkAtlas server. Types of variables and data follow from the document. */

import type { TypedDocumentString } from "./gql/graphql.js";

const SERVER = process.env["WORKATLAS_URL"] ?? "http://127.0.0.1:8000";

/** What an answer says of a release or study that it was made of. */
export interface Notice {
  id: string;
  synthetic: boolean;
  partialFiles: string[];
  absentFiles: string[];
}

interface GraphQLError {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; todo: string | null };
}

interface Reply<Data> {
  data?: Data | null;
  errors?: GraphQLError[];
  extensions?: { sources: Notice[] };
}

export interface Answer<Data> {
  data: Data;
  sources: Notice[];
}

/** Something of the answer could not be had; the message says what to do about it. */
export class AnswerError extends Error {
  constructor(readonly errors: GraphQLError[]) {
    const told = errors.map(({ message, extensions }) =>
      [message, extensions.todo].filter(Boolean).join(" "),
    );
    super(told.join("\n"));
    this.name = "AnswerError";
  }
}

/**
 * Ask, and give data with what they were made of.
 *
 * An answer with errors may hold data as well. This client takes all or nothing.
 */
export async function ask<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const response = await fetch(new URL("/graphql", SERVER), {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const reply = (await response.json()) as Reply<Data>;
  if (reply.errors) throw new AnswerError(reply.errors);
  if (!reply.data) throw new Error(`The server replied ${response.status}, without data.`);
  return { data: reply.data, sources: reply.extensions?.sources ?? [] };
}

/** Run a program; an answer with errors is told in its own words, without a stack. */
export async function run(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    console.error(error instanceof AnswerError ? error.message : error);
    process.exitCode = 1;
  }
}
