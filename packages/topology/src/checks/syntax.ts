import type { CheckContext } from "./context.js";

/** What the parser found. */
export function checkSyntax({ manifest, report }: CheckContext): void {
  for (const { syntax } of manifest.sources)
    for (const { code, message, range, related } of syntax.errors)
      report(
        code,
        range,
        message,
        related === undefined ? {} : { related: [{ range: related, message: "First here" }] },
      );
}
