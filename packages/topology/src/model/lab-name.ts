/** What a lab may be called: it becomes part of names on the host and in the network. */
export const labName = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** The identity of a lab in the first dialect; a lab's name as well. */
export const labId = /^[0-9a-f]{12}$/;
