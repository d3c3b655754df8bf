import { checkCodes } from "@labscape/topology";

/** The index of the pages of docs/checks, as it must be. `npx vitest run -u packages/topology/test/checks/pages.test.ts` writes it. */
export function pagesIndex(): string {
  const rows = Object.entries(checkCodes).map(
    ([code, { severity, summary }]) => `- [${code}](${code}.md) (${severity}): ${summary}`,
  );
  return [
    "# Checks",
    "",
    "All checks run at every keystroke, and all findings are shown at once. Each has a page with an example that is wrong and one",
    "that is right.",
    "",
    ...rows,
    "",
  ].join("\n");
}
