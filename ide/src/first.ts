// What stands in the editor when the page opens.
import { EXAMPLES, variablesOf } from "./examples";
import { type Shared, sharedIn } from "./share";
import { type Newest, newest } from "./subject";

export interface First {
  /** What to open; nothing where the tabs of the last visit are opened again. */
  readonly open?: Shared;
  readonly about: Newest;
}

const TABS = "graphiql:tabState";

/** Give what a link shares, else the first example on a first visit. */
export async function firstTab(): Promise<First> {
  const about = await newest();
  const shared = sharedIn(location.hash);
  if (shared !== undefined) {
    forgetLink();
    return { open: shared, about };
  }
  const example = EXAMPLES[0];
  if (example === undefined || visited()) {
    return { about };
  }
  return {
    open: { query: example.query, variables: variablesOf(example, about) },
    about,
  };
}

/** Take the link out of the address, so that a reload does not open it once more. */
export function forgetLink(): void {
  history.replaceState(null, "", location.pathname + location.search);
}

function visited(): boolean {
  try {
    return localStorage.getItem(TABS) !== null;
  } catch {
    return false; // A browser may keep nothing.
  }
}
