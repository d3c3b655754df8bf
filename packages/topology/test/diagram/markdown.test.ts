import { describe, expect, it } from "vitest";
import { diagramBlock, diagramEdits, diagramPlaces } from "../../src/diagram/index.js";
import { applyEdits } from "../../src/edit.js";

const sources: Readonly<Record<string, string>> = {
  "a.lab.toml": "flowchart LR\n  new\n",
  "my lab/lab.toml": "flowchart TB\n",
};
const updated = (text: string): string =>
  applyEdits(
    text,
    diagramEdits(text, (manifest) => sources[manifest]),
  );

describe("diagrams in Markdown", () => {
  it.each<[what: string, before: string, after: string]>([
    [
      "an old picture is replaced, the text around it stays",
      "# Lab\n\n<!-- labscape diagram a.lab.toml -->\n```mermaid\nold\n```\n\nText.\n",
      "# Lab\n\n<!-- labscape diagram a.lab.toml -->\n```mermaid\nflowchart LR\n  new\n```\n\nText.\n",
    ],
    [
      "a comment without a picture gets one",
      "<!-- labscape diagram a.lab.toml -->",
      "<!-- labscape diagram a.lab.toml -->\n```mermaid\nflowchart LR\n  new\n```",
    ],
    [
      "a comment before another block gets one before that",
      "<!-- labscape diagram a.lab.toml -->\n```sh\nls\n```\n",
      "<!-- labscape diagram a.lab.toml -->\n```mermaid\nflowchart LR\n  new\n```\n```sh\nls\n```\n",
    ],
    [
      "line endings of the document, and a path with a space",
      "<!-- labscape diagram my%20lab/lab.toml -->\r\n",
      "<!-- labscape diagram my%20lab/lab.toml -->\r\n```mermaid\r\nflowchart TB\r\n```\r\n",
    ],
    [
      "longer fences",
      "<!-- labscape diagram a.lab.toml -->\n~~~~ mermaid\n~~~\n~~~~\nx",
      "<!-- labscape diagram a.lab.toml -->\n```mermaid\nflowchart LR\n  new\n```\nx",
    ],
  ])("%s", (_what, before, after) => {
    expect(updated(before)).toBe(after);
    expect(updated(after)).toBe(after);
  });

  it.each<[what: string, text: string]>([
    ["in a code block, a comment is an example", "```html\n<!-- labscape diagram a.lab.toml -->\n```\n"],
    ["a manifest that is not there", "<!-- labscape diagram b.lab.toml -->\n```mermaid\nold\n```\n"],
    ["a block that nobody closes", "<!-- labscape diagram a.lab.toml -->\n```mermaid\nold\n\n# More\n"],
    ["another comment", "<!-- labscape diagrams -->\n<!-- labscape diagram -->\n"],
    ["a picture of somebody else's", "```mermaid\nold\n```\n"],
    ["nothing", ""],
  ])("leaves alone: %s", (_what, text) => {
    expect(updated(text)).toBe(text);
  });

  it("finds again what it has made", () => {
    const text = diagramBlock("my lab/lab.toml", "flowchart TB\n");
    expect(diagramPlaces(text)).toEqual([{ manifest: "my lab/lab.toml", range: { start: 44, end: text.length } }]);
    expect(updated(text)).toBe(text);
  });
});
