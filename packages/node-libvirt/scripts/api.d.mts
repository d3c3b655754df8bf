export function apiPage(): Promise<string>;
