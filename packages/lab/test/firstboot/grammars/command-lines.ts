import { FormatError, linesOf, matches, type Statement } from "./patterns.js";

/** A command of a device that reads lines, and, where it opens a level, the commands of that level. */
export interface Rule {
  readonly pattern: readonly string[];
  readonly inner: readonly Rule[] | undefined;
}

/** A grammar: one command a line; what stands deeper below a line that ends in a colon are the commands of its level. */
export function commandGrammar(text: string): readonly Rule[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const [rules, rest] = rulesOf(lines, indentOf(lines[0] ?? ""));
  if (rest.length > 0) throw new Error(`a grammar's line stands too far out: ${rest[0] ?? ""}`);
  return rules;
}

function rulesOf(lines: readonly string[], indent: number): readonly [readonly Rule[], readonly string[]] {
  const rules: Rule[] = [];
  let rest = lines;
  for (let [line] = rest; line !== undefined && indentOf(line) === indent; [line] = rest) {
    const opens = line.endsWith(":");
    const pattern = line.trim().replace(/:$/, "").split(" ");
    rest = rest.slice(1);
    const below = indentOf(rest[0] ?? "");
    const [inner, after] = opens && below > indent ? rulesOf(rest, below) : [[], rest];
    rest = after;
    rules.push({ pattern, inner: opens ? inner : undefined });
  }
  return [rules, rest];
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

interface Level {
  readonly rules: readonly Rule[];
  readonly path: Statement;
  /** Blanks before the command that opened it. */
  readonly indent: number;
}

/**
 * Reads a configuration line by line as such a device does: a command is looked for in the level that is open, then in the
 * ones around it, which closes the inner ones. Lines of a level stand deeper than the command that opened it.
 *
 * @throws FormatError for a line that is no command there.
 */
export function readCommands(grammar: readonly Rule[], text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let levels: readonly Level[] = [{ rules: grammar, path: [], indent: -1 }];
  for (const [at, line] of linesOf(text).entries()) {
    const bare = line.trim();
    if (bare === "" || bare === "!") continue;
    if (/[?\p{Cc}]/u.test(line))
      throw new FormatError(`line ${at + 1} asks for help or controls the terminal: ${line}`);
    const indent = indentOf(line);
    const words = bare.split(/ +/);
    const found = findRule(levels, words, indent);
    if (found === undefined) throw new FormatError(`line ${at + 1} is no command here: ${line}`);
    const [level, rule] = found;
    const statement = [...level.path, ...words];
    statements.push(statement);
    levels = levels.slice(0, levels.indexOf(level) + 1);
    if (rule.inner !== undefined) levels = [...levels, { rules: rule.inner, path: statement, indent }];
  }
  return statements;
}

function findRule(levels: readonly Level[], words: Statement, indent: number): readonly [Level, Rule] | undefined {
  for (const level of levels.toReversed()) {
    const rule = indent > level.indent ? level.rules.find(({ pattern }) => matches(pattern, words)) : undefined;
    if (rule !== undefined) return [level, rule];
  }
  return undefined;
}
