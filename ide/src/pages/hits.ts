// Asks the service what there is like what is typed.
import SUGGEST from "./suggest.graphql?raw";

/** Something to go to: its address below the service, its words, and what it is. */
export interface Offer {
  readonly address: string;
  readonly words: string;
  readonly kind: string;
}

type Node =
  | { readonly taskId: number; readonly statement: string }
  | { readonly code: string; readonly title: string }
  | { readonly elementId: string; readonly title: string };

interface Hit {
  readonly field: string;
  readonly text: string;
  readonly node: Node;
}

interface Answer {
  readonly data?: { readonly search: readonly Hit[] };
}

/** Give what a search offers; nothing where the service cannot say. */
export async function offers(
  endpoint: string,
  query: string,
  release: string | null,
  signal: AbortSignal,
): Promise<Offer[]> {
  const reply = await fetch(endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query: SUGGEST, variables: { query, release } }),
    signal,
  });
  const answer = (await reply.json()) as Answer;
  return (answer.data?.search ?? []).map(offer);
}

function offer({ field, text, node }: Hit): Offer {
  if ("taskId" in node) {
    return {
      address: `task/${node.taskId}`,
      words: node.statement,
      kind: `Task ${node.taskId}`,
    };
  }
  const isOther = field.endsWith("_TITLE");
  const also = isOther ? `, also called ${text}` : "";
  if ("code" in node) {
    const address = `occupation/${encodeURIComponent(node.code)}`;
    return { address, words: node.title, kind: `Occupation ${node.code}${also}` };
  }
  const address = `activity/${encodeURIComponent(node.elementId)}`;
  return { address, words: node.title, kind: `Work activity ${node.elementId}` };
}
