/** The text of a snippet for clients that know none: `${1:name}` becomes its default, `$0` nothing. */
export function withoutStops(snippet: string): string {
  return snippet.replace(
    /\\([\\$}])|\$\{\d+:([^}]*)\}|\$\{\d+\}|\$\d+/g,
    (_match, escaped?: string, value?: string) => {
      return escaped ?? value ?? "";
    },
  );
}
