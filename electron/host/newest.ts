/** Work of which only the newest is wanted: one piece at a time for whoever wants it, and a newer one aborts it. */

import { fail, type Result } from '../../core/raster/fault';
import { Cancelled } from '../../core/raster/signal';

export class Newest<Owner> {
  readonly #running = new Map<Owner, AbortController>();

  /** Answers what the work does; being aborted is a refusal, not an error. */
  async alone<T>(owner: Owner, work: (signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T>> {
    this.cancel(owner);
    const controller = new AbortController();
    this.#running.set(owner, controller);
    try {
      return await work(controller.signal);
    } catch (error) {
      if (error instanceof Cancelled || controller.signal.aborted) return fail('refused', 'cancelled');
      throw error;
    } finally {
      if (this.#running.get(owner) === controller) this.#running.delete(owner);
    }
  }

  /** What is under way for the owner is not wanted any more. */
  cancel(owner: Owner): void {
    this.#running.get(owner)?.abort();
  }
}
