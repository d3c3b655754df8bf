/** A lab name made from the manifest's file name: "quarry" from "/labs/Quarry.lab.toml"; undefined where it gives none. */
export function labNameOf(file: string): string | undefined {
  const path = file.split("/");
  const base = path.at(-1) ?? "";
  const generic = base === "lab.toml" || base === "manifest.toml";
  const stem = generic ? (path.at(-2) ?? "") : base.replace(/(\.lab)?\.toml$/, "");
  return toLabName(stem);
}

/** The nearest text that is a lab name; undefined where nothing of it can stay. */
export function toLabName(text: string): string | undefined {
  const name = asciiOf(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return name === "" ? undefined : name;
}

/** The nearest text that is a host name; undefined where nothing of it can stay. */
export function toHostName(text: string): string | undefined {
  const name = asciiOf(text)
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 63)
    .replace(/-+$/, "");
  return name === "" ? undefined : name;
}

/** Letters without their accents. */
function asciiOf(text: string): string {
  return text.normalize("NFKD").replace(/\p{Mark}/gu, "");
}
