// What a user of @neo4j/graphql would serve: its schema over the graph, GraphQL Yoga,
// one Node process on loopback. NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, PORT.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, PORT } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
const typeDefs = readFileSync(new URL("types.graphql", import.meta.url), "utf8");
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const session = { database: "neo4j" }; // else the driver asks for its name first
const yoga = createYoga({
  schema,
  context: () => ({ sessionConfig: session }),
  parserAndValidationCache: true,
  graphiql: false,
  landingPage: false,
  maskedErrors: false,
  logging: "error",
});
createServer(yoga).listen(Number(PORT), "127.0.0.1");
