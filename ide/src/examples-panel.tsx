// The panel of examples, by use case.
import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";

import { EXAMPLES, variablesOf } from "./examples";
import { ExamplesIcon } from "./icons";
import { useOpen } from "./open";

/** Make the panel for what is published: variables differ between releases. */
export function examplesPlugin(version: string | undefined): GraphiQLPlugin {
  return {
    title: "Examples",
    icon: ExamplesIcon,
    content: () => <Examples version={version} />,
  };
}

function Examples({ version }: { version: string | undefined }) {
  const open = useOpen();
  const { run } = useGraphiQLActions();
  const shown = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.query);
  return (
    <section className="atlas-panel" aria-label="Examples">
      <h2>Examples</h2>
      <p>Each opens beside this panel and runs at once. Change what you like.</p>
      <ol className="atlas-examples">
        {EXAMPLES.map((example) => (
          <li key={example.title}>
            <button
              type="button"
              aria-current={example.query === shown}
              onClick={() => {
                open({ query: example.query, variables: variablesOf(example, version) });
                run();
              }}
            >
              <strong>{example.title}</strong>
              <span>{example.about}</span>
            </button>
          </li>
        ))}
      </ol>
      <p className="atlas-links">
        <a href="./">What is served</a> <a href="./schema.graphql">The schema</a>{" "}
        <a href="./ide/licences.md">Licences of this editor</a>
      </p>
    </section>
  );
}
