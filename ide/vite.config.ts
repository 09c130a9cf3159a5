// Built beside the Python that serves it. Every address in it is relative, so that the
// service may stand below a path of another one.
import { appendFile, readFile } from "node:fs/promises";

import { defineConfig, type Plugin } from "vite";

const OUT = "../src/workatlas/server/ide_files";
const LICENCES = "ide/licences.md";

// What Vite's own list leaves out: a package that only a worker holds, what others have
// copied into theirs, and fonts.
const MORE_LICENCES = [
  "node_modules/picomatch-browser/LICENSE",
  "node_modules/monaco-editor/ThirdPartyNotices.txt",
  "licences.md",
];

const moreLicences: Plugin = {
  name: "more-licences",
  async closeBundle() {
    for (const path of MORE_LICENCES) {
      await appendFile(`${OUT}/${LICENCES}`, `\n${await readFile(path, "utf8")}`);
    }
  },
};

export default defineConfig({
  base: "./",
  logLevel: "error",
  plugins: [moreLicences],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    assetsDir: "ide",
    target: "es2022",
    license: { fileName: LICENCES },
    // Where the server finds the script of its pages, which has no page of its own here.
    manifest: "manifest.json",
    rolldownOptions: { input: ["index.html", "src/pages/main.ts"] },
  },
});
