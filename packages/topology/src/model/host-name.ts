/** Host names as RFC 1123 has them, one label: what nodes and bridges are called. */
export const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
