import type { Include } from "../model/index.js";
import { shortName } from "../model/paths.js";
import type { CheckContext } from "./context.js";

/** Included files: that they are there, and that no file includes itself by whatever way. */
export function checkIncludes(context: CheckContext): void {
  for (const include of context.manifest.includes) checkInclude(include, context);
}

function checkInclude(include: Include, context: CheckContext): void {
  const { path, from, outcome } = include;
  const { manifest, report } = context;
  switch (outcome.kind) {
    case "absent": {
      const folder =
        from === manifest.sources[0] ? "the manifest's folder" : "the folder of the file that they stand in";
      report(
        "include-not-found",
        path.contents,
        `There is no readable file \`${path.value}\`. Paths start at ${folder}.`,
      );
      return;
    }
    case "misnamed":
      report("invalid-path", path.contents, "An included file is TOML, and its name ends in `.toml`.");
      return;
    case "cycle":
      reportCycle(include, outcome.way, context);
      return;
    case "refused":
      report("out-of-range", path.contents, `${outcome.reason} This file is left out.`);
      return;
    case "read":
    case "unknown":
      return;
  }
}

/** @param way the includes that lead from a file to the one that includes it again. */
function reportCycle({ path, from }: Include, way: readonly Include[], { manifest, report }: CheckContext): void {
  const name = (file: string) => `\`${shortName(file, manifest.sources[0].file)}\``;
  const [first] = way;
  const circle = [...way.map((include) => include.from.file), from.file, (first?.from ?? from).file].map(name);
  const message =
    first === undefined
      ? `${name(from.file)} includes itself. Remove this include.`
      : `These files include one another: ${circle.join(" → ")}. Remove one of the includes.`;
  report("include-cycle", path.contents, message, {
    related: way.map((include) => ({
      range: include.path.contents,
      message: `${name(include.from.file)} includes this`,
    })),
  });
}
