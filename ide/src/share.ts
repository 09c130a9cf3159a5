// Links to a query. They hold it in the fragment, which a browser sends to no server.

export interface Shared {
  readonly query: string;
  readonly variables: string;
}

/** Give the fragment that shares a query with its variables. */
export function fragmentOf({ query, variables }: Shared): string {
  const held = new URLSearchParams({ query });
  if (variables.trim() !== "") {
    held.set("variables", variables);
  }
  return `#${held.toString()}`;
}

/** Give what a fragment shares, if it shares anything. */
export function sharedIn(fragment: string): Shared | undefined {
  const held = new URLSearchParams(fragment.replace(/^#/, ""));
  const query = held.get("query");
  return query === null ? undefined : { query, variables: held.get("variables") ?? "" };
}
