// The button that makes a link to the query, and the listener that opens one.
import { ToolbarButton, useGraphiQL } from "@graphiql/react";
import { useEffect, useState } from "react";

import { forgetLink } from "./first";
import { ShareIcon } from "./icons";
import { useOpen } from "./open";
import { fragmentOf, sharedIn } from "./share";

const SHOWN_MS = 4000;

export function ShareButton() {
  const { queryEditor, variableEditor } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
  }));
  const [told, setTold] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setTold(""), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [told]);

  async function share() {
    const query = queryEditor?.getValue() ?? "";
    const fragment = fragmentOf({ query, variables: variableEditor?.getValue() ?? "" });
    history.replaceState(null, "", fragment);
    setTold(
      (await copied(location.href))
        ? "The link is copied."
        : "The link is in the address bar.",
    );
  }

  return (
    <>
      <ToolbarButton label="Share: copy a link to this query" onClick={share}>
        <span className="graphiql-toolbar-icon atlas-share">
          <ShareIcon />
        </span>
      </ToolbarButton>
      <div role="status" className="atlas-told">
        {told}
      </div>
    </>
  );
}

/** Copy a text; a page that came over plain HTTP from elsewhere may not. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Opens a link that is put into the address bar of an open page. */
export function OpensLinks() {
  const open = useOpen();
  useEffect(() => {
    const opened = () => {
      const shared = sharedIn(location.hash);
      if (shared !== undefined) {
        open(shared);
        forgetLink();
      }
    };
    addEventListener("hashchange", opened);
    return () => removeEventListener("hashchange", opened);
  }, [open]);
  return null;
}
