import { builtinCatalogue, type Catalogue } from "@labscape/devices";
import { analyze, type ResolvedLab } from "@labscape/topology";

/** The lab that a manifest means; throws on a manifest with errors. */
export function labOf(
  text: string,
  file = "/labs/test.lab.toml",
  catalogue: Catalogue = builtinCatalogue,
): ResolvedLab {
  const { lab, findings } = analyze(text, { file, catalogue });
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return lab;
}
