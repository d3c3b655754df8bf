import * as vscode from "vscode";

const COLOURS = ["Green", "Blue", "Magenta", "Yellow", "Cyan", "Red", "BrightGreen", "BrightBlue", "BrightMagenta"];
/** Editor groups that a grid has at most; further consoles become tabs in them. */
const GROUPS = [
  vscode.ViewColumn.One,
  vscode.ViewColumn.Two,
  vscode.ViewColumn.Three,
  vscode.ViewColumn.Four,
  vscode.ViewColumn.Five,
  vscode.ViewColumn.Six,
  vscode.ViewColumn.Seven,
  vscode.ViewColumn.Eight,
  vscode.ViewColumn.Nine,
];

/** The colour of a node's terminals, by its place in the lab. */
export function colourOf(index: number): vscode.ThemeColor {
  const name = COLOURS[Math.max(0, index) % COLOURS.length] ?? "Green";
  return new vscode.ThemeColor(`terminal.ansi${name}`);
}

/** Rows of columns, as square as it gets: how many groups each row has. */
export function gridOf(count: number): readonly number[] {
  const groups = Math.min(count, GROUPS.length);
  const rows = Math.floor(Math.sqrt(groups));
  return Array.from({ length: rows }, (_, row) => Math.floor(groups / rows) + (row < groups % rows ? 1 : 0));
}

/** Lays the editors out as a grid. @returns the group of each console */
export async function arrangeGrid(count: number): Promise<readonly vscode.ViewColumn[]> {
  const rows = gridOf(count);
  const groups = rows.map((columns) => ({ groups: Array.from({ length: columns }, () => ({})) }));
  await vscode.commands.executeCommand("vscode.setEditorLayout", { orientation: 1, groups });
  const total = rows.reduce((sum, columns) => sum + columns, 0);
  return Array.from({ length: count }, (_, index) => GROUPS[index % total] ?? vscode.ViewColumn.One);
}
