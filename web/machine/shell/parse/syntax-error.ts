/** The text ended inside a construct. `wanted` is the closing character that is missing; `pos` is where the construct began. */
export class UnexpectedEnd {
  constructor(
    readonly pos: number,
    readonly wanted?: string,
  ) {}
}

/** A token that the grammar does not allow there. */
export class UnexpectedToken {
  constructor(
    readonly token: string,
    readonly pos: number,
  ) {}
}

/** A mistake inside `[[ ]]`: bash gives the reason in a line of its own. */
export class ConditionalSyntaxError {
  constructor(
    readonly reason: string,
    readonly near: string,
    readonly pos: number,
  ) {}
}

/** Something else that bash says in one line of its own. */
export class OtherSyntaxError {
  constructor(
    readonly message: string,
    readonly pos: number,
  ) {}
}
