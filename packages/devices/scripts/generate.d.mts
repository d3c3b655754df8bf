/** Path of each generated file and its text. */
export function generate(): Promise<(readonly [path: string, text: string])[]>;
