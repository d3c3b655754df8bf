/**
 * Orders image versions as people number them: numbers by value ("9" before "10"), a suffix after "-" below the plain
 * version ("1.0-kernel" before "1.0"). Negative when `a` is the older one.
 */
export function compareVersions(a: string, b: string): number {
  const [mainA, suffixA] = split(a);
  const [mainB, suffixB] = split(b);
  const main = compareNatural(mainA, mainB);
  if (main !== 0) return main;
  if (suffixA === undefined || suffixB === undefined)
    return Number(suffixA === undefined) - Number(suffixB === undefined);
  return compareNatural(suffixA, suffixB);
}

function split(version: string): readonly [string, string | undefined] {
  const dash = version.indexOf("-");
  return dash < 0 ? [version, undefined] : [version.slice(0, dash), version.slice(dash + 1)];
}

const natural = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function compareNatural(a: string, b: string): number {
  return natural.compare(a, b) || (a < b ? -1 : Number(a > b));
}
