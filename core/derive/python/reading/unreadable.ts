/** What stops the reading of a script: something in a line that a script of Burnish would not hold. Caught where the reading began. */
export class UnreadableScript extends Error {
  constructor(
    readonly line: number,
    message: string,
    readonly remedy = '',
  ) {
    super(message);
    this.name = 'UnreadableScript';
  }
}
