// The panel that lists the releases, studies and files behind the answer that is shown.
import { useGraphiQL, type GraphiQLPlugin } from "@graphiql/react";
import { useMemo } from "react";

import { ProvenanceIcon } from "./icons";
import { type Source, type SourceFile, behind } from "./provenance";

const SHOWN = 200;
const PLACE = "provenance { source { id } file { name } line column }";

export const PROVENANCE_PLUGIN: GraphiQLPlugin = {
  title: "Provenance",
  icon: ProvenanceIcon,
  content: Provenance,
};

function Provenance() {
  const response = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.response);
  const found = useMemo(() => behind(response), [response]);
  return (
    <section className="atlas-panel" aria-label="Provenance">
      <h2>Provenance</h2>
      {found === undefined ? (
        <p>Run a query: this panel lists the releases, studies and files behind the answer.</p>
      ) : (
        <>
          <h3>Releases and studies</h3>
          {found.sources.length === 0 && <p>The answer was made of no release.</p>}
          <ul>
            {found.sources.map((source) => (
              <SourceItem key={source.id} source={source} />
            ))}
          </ul>
          <h3>Files</h3>
          {found.files.length === 0 && (
            <p>
              The query asks for no places. Add <code>{PLACE}</code> to a figure.
            </p>
          )}
          {found.files.map((file) => (
            <FileItem key={`${file.work}/${file.name}`} file={file} />
          ))}
        </>
      )}
    </section>
  );
}

function SourceItem({ source }: { source: Source }) {
  const notes = [
    ["Invented studies", source.syntheticStudies],
    ["Loaded in part", source.partialFiles],
    ["Loaded without", source.absentFiles],
  ] as const;
  return (
    <li>
      <strong>{source.id}</strong>
      {source.synthetic && <span className="atlas-invented">invented data</span>}
      {notes
        .filter(([, names]) => names.length > 0)
        .map(([note, names]) => (
          <div key={note}>
            {note}: {names.join(", ")}
          </div>
        ))}
    </li>
  );
}

function FileItem({ file }: { file: SourceFile }) {
  const { places } = file;
  return (
    <details open>
      <summary>
        <strong>{file.name === "" ? "File not asked for" : file.name}</strong>
        <span>
          {file.work !== "" && `${file.work} · `}
          {places.length} {places.length === 1 ? "figure" : "figures"}
        </span>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Line</th>
            <th scope="col">Column</th>
          </tr>
        </thead>
        <tbody>
          {places.slice(0, SHOWN).map((place) => (
            <tr key={place.path}>
              <td>{place.path}</td>
              <td>{place.line ?? "none"}</td>
              <td>
                {place.column ?? "row"}
                {place.method !== undefined && <div>{place.method}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {places.length > SHOWN && <p>and {places.length - SHOWN} more</p>}
    </details>
  );
}
