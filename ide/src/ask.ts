// Asks the service that this page came from.
import type { Fetcher } from "@graphiql/toolkit";

// Relative, for a service that stands below a path of another one.
const ENDPOINT = "graphql";

export const fetcher: Fetcher = async (request, options) => {
  const reply = await fetch(ENDPOINT, {
    method: "POST",
    headers: {
      Accept: "application/graphql-response+json, application/json;q=0.9",
      "Content-Type": "application/json",
      ...options?.headers,
    },
    body: JSON.stringify(request),
  });
  return reply.json();
};
