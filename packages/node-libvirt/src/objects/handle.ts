import type { CallOptions, Args, ProcedureName, Results, Session } from "./session.js";

/** What every object of a connection stands on: its calls. */
export abstract class Caller {
  protected readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  protected call<N extends ProcedureName>(name: N, args: Args<N>, options?: CallOptions): Promise<Results<N>> {
    return this.session.call(name, args, options);
  }
}

/** An object of the daemon, by the names that the daemon knows it by: those of the moment when it was looked up. */
export abstract class Handle<H> extends Caller {
  readonly handle: H;

  constructor(session: Session, handle: H) {
    super(session);
    this.handle = handle;
  }
}

/** An object with a name and a UUID. */
export abstract class NamedHandle<H extends { readonly name: string; readonly uuid: string }> extends Handle<H> {
  get name(): string {
    return this.handle.name;
  }
  get uuid(): string {
    return this.handle.uuid;
  }
}
