// GraphiQL with what WorkAtlas adds to it: examples, provenance and links to share.
import { GraphiQL } from "graphiql";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";

import { fetcher } from "./ask";
import { examplesPlugin } from "./examples-panel";
import { explorerPlugin } from "./explorer";
import type { First } from "./first";
import { PROVENANCE_PLUGIN } from "./provenance-panel";
import { OpensLinks, ShareButton } from "./share-button";

export function Ide({ open, about }: First) {
  const examples = examplesPlugin(about);
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={[examples, PROVENANCE_PLUGIN, explorerPlugin(), HISTORY_PLUGIN]}
      visiblePlugin={examples}
      isHeadersEditorEnabled={false}
      inputValueDeprecation
      // Not defaultTabs, which loses the variables of the first tab.
      {...(open && { initialQuery: open.query, initialVariables: open.variables })}
    >
      <GraphiQL.Logo>
        <a href="./">WorkAtlas</a>
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, merge, copy }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <ShareButton />
          </>
        )}
      </GraphiQL.Toolbar>
      <OpensLinks />
    </GraphiQL>
  );
}
