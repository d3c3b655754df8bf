/** What several files say of one thing, the strongest first. */
export type Joined<Row> = [Row, ...Row[]];

/**
 * Puts together the rows of several files that speak of the same thing. A row joins those of weaker files that have its key;
 * rows of one file never join, as a name given twice in one file is a mistake.
 * @param files the rows of each file, the weakest file first.
 * @param keyOf what tells one thing from another; undefined for a row that is nobody's like.
 */
export function joinRows<Row>(
  files: readonly (readonly Row[])[],
  keyOf: (row: Row) => string | undefined,
): readonly Joined<Row>[] {
  const [only = [], ...others] = files;
  if (others.length === 0) return only.map((row) => [row]);
  const things: Joined<Row>[] = [];
  const byKey = new Map<string, Joined<Row>>();
  for (const rows of files) {
    const own = new Set<string>();
    for (const row of rows) {
      const key = keyOf(row);
      const weaker = key === undefined || own.has(key) ? undefined : byKey.get(key);
      if (weaker !== undefined) weaker.unshift(row);
      else {
        const thing: Joined<Row> = [row];
        things.push(thing);
        if (key !== undefined && !byKey.has(key)) byKey.set(key, thing);
      }
      if (key !== undefined) own.add(key);
    }
  }
  return things;
}
