import { builtinCatalogue } from "@labscape/devices";
import { analyze, type Analysis, type Finding, type Providers } from "@labscape/topology";

export const FILE = "/labs/test.lab.toml";

export function analyzeText(text: string, providers: Providers = {}): Analysis {
  return analyze(text, { file: FILE, catalogue: builtinCatalogue, providers });
}

/** A finding in one line: its code and the text that it underlines. */
export function describeFinding(text: string, { code, range }: Finding): string {
  return `${code} ${JSON.stringify(text.slice(range.start, range.end))}`;
}

export function findingsOf(text: string, providers: Providers = {}): readonly string[] {
  return analyzeText(text, providers).findings.map((finding) => describeFinding(text, finding));
}
