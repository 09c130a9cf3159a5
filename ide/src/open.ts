// Puts a query into the editor without losing what somebody has written.
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";

import { EXAMPLES } from "./examples";
import type { Shared } from "./share";

/** Give a function that opens a query, in a tab of its own if the open one has work in it. */
export function useOpen(): (shared: Shared) => void {
  const actions = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
  }));
  return ({ query, variables }) => {
    if (!isUntouched(queryEditor?.getValue() ?? "")) {
      actions.addTab();
    }
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    // The editor would tell after a while; a run at once would send the old name.
    actions.setOperationName(/^query (\w+)/m.exec(query)?.[1] ?? "");
    actions.updateActiveTabValues({ query, variables, response: "" });
  };
}

function isUntouched(query: string): boolean {
  return query.trim() === "" || EXAMPLES.some((example) => example.query === query);
}
