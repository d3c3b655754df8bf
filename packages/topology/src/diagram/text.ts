/** An id that no keyword of mermaid equals, made of letters, digits and `_` only; different for different names. */
export function idFor(kind: "node" | "bridge" | "group", name: string): string {
  const safe = name.replace(/[^A-Za-z0-9]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`);
  return `${kind}_${safe}`;
}

/** Lines of text as one label. What mermaid would read as markup, markdown or an entity becomes an entity. */
export function quoted(...lines: readonly string[]): string {
  return `"${lines.map(escaped).join("<br/>")}"`;
}

function escaped(text: string): string {
  return text.replace(/[\p{Cc}"#&<>`\\*_]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}
