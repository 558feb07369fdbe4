/**
 * The newest answer to a question that is asked again and again while the picture changes. One question is under way at a time; while
 * it is, only the newest one waits. An answer stays until the next comes, so that what shows it does not flicker.
 */
export class Asked<Question, Answer> {
  answer = $state.raw<Answer | null>(null);
  readonly #ask: (question: Question) => Promise<Answer | null>;
  readonly #answered: (question: Question) => void;
  #wanted: { readonly question: Question } | null = null;
  #asking = false;
  #name: string | null = null;

  /** `answered` is called with every question whose answer has just been taken. */
  constructor(
    ask: (question: Question) => Promise<Answer | null>,
    answered: (question: Question) => void = () => undefined,
  ) {
    this.#ask = ask;
    this.#answered = answered;
  }

  /**
   * Null: nothing is asked, and there is no answer. `name` says of what the answer is made: a question of the same name is not
   * asked again, unless there was no answer.
   */
  async about(question: Question | null, name: string | null = null): Promise<void> {
    if (question !== null && name !== null && name === this.#name) return;
    this.#name = question === null ? null : name;
    this.#wanted = question === null ? null : { question };
    if (question === null) this.answer = null;
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#wanted !== null) {
        const wanted: { readonly question: Question } = this.#wanted;
        const answer = await this.#ask(wanted.question);
        // Nothing is wanted any more: this answer is of the past.
        if (this.#wanted === null) continue;
        this.answer = answer;
        if (answer === null) this.#name = null;
        this.#answered(wanted.question);
        if (this.#wanted === wanted) this.#wanted = null;
      }
    } finally {
      this.#asking = false;
    }
  }
}
