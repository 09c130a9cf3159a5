// Runs every audit of graphql-http against the endpoint that is named, and prints the
// outcome of each as JSON.
import { serverAudits } from "graphql-http";

const url = process.argv[2];
const outcomes = [];
for (const audit of serverAudits({ url })) {
  const { status, reason } = await audit.fn();
  outcomes.push({ id: audit.id, name: audit.name, status, reason });
}
console.log(JSON.stringify(outcomes));
