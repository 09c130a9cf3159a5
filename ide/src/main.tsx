import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./style.css";

import { createRoot } from "react-dom/client";

import { firstTab } from "./first";
import { Ide } from "./ide";

const place = document.getElementById("ide");
if (place === null) {
  throw new Error("The page has no place for the editor.");
}
createRoot(place).render(<Ide {...(await firstTab())} />);
