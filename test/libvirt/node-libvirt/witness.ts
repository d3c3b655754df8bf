/** Methods that were called on the classes' objects, by "Class.method", and how the calls ended. */
export class Witness {
  readonly succeeded = new Set<string>();
  readonly failed = new Map<string, unknown>();
  readonly all: readonly string[];
  readonly #restore: (() => void)[] = [];

  /** @param prototypes of the classes to watch */
  constructor(prototypes: readonly object[]) {
    this.all = prototypes.flatMap((prototype) => this.#watch(prototype, prototype.constructor.name));
  }

  /** Those without a call that succeeded. */
  unproved(): string[] {
    return this.all.filter((name) => !this.succeeded.has(name));
  }

  stop(): void {
    for (const restore of this.#restore) restore();
  }

  #watch(prototype: object, name: string): string[] {
    const parent: unknown = Object.getPrototypeOf(prototype);
    const inherited = typeof parent === "object" && parent !== null && parent !== Object.prototype;
    const names = inherited ? this.#watch(parent, name) : [];
    for (const [method, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const original: unknown = descriptor.value;
      if (typeof original !== "function" || ["constructor", "call", "domain"].includes(method)) continue;
      const label = `${name}.${method}`;
      names.push(label);
      // Several classes inherit one method: each wraps it once more, and only its own objects count.
      const witness = this.#record.bind(this);
      Object.defineProperty(prototype, method, {
        ...descriptor,
        value(this: object, ...args: unknown[]) {
          const result: unknown = Reflect.apply(original, this, args);
          if (this.constructor.name === name) witness(label, result);
          return result;
        },
      });
      this.#restore.push(() => Object.defineProperty(prototype, method, descriptor));
    }
    return names;
  }

  #record(label: string, result: unknown): void {
    if (!(result instanceof Promise)) this.succeeded.add(label);
    else
      result.then(
        () => this.succeeded.add(label),
        (error: unknown) => this.failed.set(label, error),
      );
  }
}
