import type { ChalkInstance } from "chalk";

/** Columns as wide as their longest cell, two spaces between them, no trailing blanks. Cells must be plain text. */
export function table(chalk: ChalkInstance, header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [chalk.dim(line(header)), ...rows.map(line)].join("\n");
}

/** "1 node", "2 nodes". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
