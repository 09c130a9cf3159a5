import type { CodegenConfig } from "@graphql-codegen/cli";

// Outside of this repository, take the schema from a server that runs:
// WORKATLAS_SDL=http://127.0.0.1:8000/schema.graphql
const config: CodegenConfig = {
  schema: process.env["WORKATLAS_SDL"] ?? "../../schema/schema.graphql",
  documents: ["src/*.ts"],
  importExtension: ".js",
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        // Documents are plain text, so that nothing of GraphQL is needed at run time.
        documentMode: "string",
        // A scalar without a type here is an error, not an `any`.
        scalars: { Date: "string" },
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
