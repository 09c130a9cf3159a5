// The panel of examples, by use case.
import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";

import { EXAMPLES, variablesOf } from "./examples";
import { ExamplesIcon } from "./icons";
import { useOpen } from "./open";
import type { Newest } from "./subject";

/** Make the panel for what is published: variables differ between releases. */
export function examplesPlugin(about: Newest): GraphiQLPlugin {
  return {
    title: "Examples",
    icon: ExamplesIcon,
    content: () => <Examples about={about} />,
  };
}

function Examples({ about }: { about: Newest }) {
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
                open({ query: example.query, variables: variablesOf(example, about) });
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
