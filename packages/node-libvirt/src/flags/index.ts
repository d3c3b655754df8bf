/** Numbers that libvirt's API gives a meaning, by name. Flags are added up: `A.ONE | A.TWO`. */
export * from "./connection.js";
export * from "./domain.js";
export * from "./network.js";
export * from "./snapshot.js";
export * from "./states.js";
export * from "./storage.js";
