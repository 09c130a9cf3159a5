// The one line that knows the plugin, which hangs on a package for an older React.
export { explorerPlugin } from "@graphiql/plugin-explorer";
