/** The script of a document, and its proof: made once for the dialog, run on demand. */

import type { ScriptText, ScriptVerdict } from '../../core/protocol/replay-calls';
import type { Fault } from '../../core/raster/fault';
import { faultLine } from './messages.svelte';
import type { OpenDocument } from './open-document.svelte';
import type { PageConnection } from './page-connection';
import { countText } from '../../core/raster/number-text';

export class ScriptJob {
  script = $state.raw<ScriptText | null>(null);
  /** Why there is no script. */
  fault = $state.raw<Fault | null>(null);
  verifying = $state(false);
  /** What the last run showed, a sentence; empty before. */
  verdict = $state('');
  /** Whether it showed that the script makes the same picture. */
  proven = $state(false);
  readonly #connection: PageConnection;
  readonly #document: OpenDocument;

  constructor(connection: PageConnection, document: OpenDocument) {
    this.#connection = connection;
    this.#document = document;
  }

  async make(): Promise<void> {
    const answer = await this.#connection.call('script.make', { document: this.#document.id });
    if (answer.ok) this.script = answer.value;
    else this.fault = answer.fault;
  }

  async verify(): Promise<void> {
    this.verifying = true;
    this.proven = false;
    this.verdict = '';
    const answer = await this.#connection.call('script.verify', { document: this.#document.id });
    this.verifying = false;
    if (answer.ok) {
      this.proven = answer.value.kind === 'identical';
      this.verdict = verdictText(answer.value);
    } else this.verdict = answer.fault.message === 'cancelled' ? 'Cancelled.' : faultLine(answer.fault);
  }

  cancel(): void {
    if (this.verifying) void this.#connection.call('script.cancel', { document: this.#document.id });
  }
}

/** "Identical: all 37,324,800 samples." */
export function verdictText(verdict: ScriptVerdict): string {
  switch (verdict.kind) {
    case 'identical': {
      const { samples, decoding } = verdict;
      if (decoding === null) return `Identical: all ${countText(samples)} samples.`;
      const off = `${countText(decoding.samples)} samples, by up to ${levels(decoding.largest)}`;
      return `Identical: all ${countText(samples)} samples, from what Burnish decoded. Pillow's own decoding changes ${off}.`;
    }
    case 'differs':
      return verdict.form === undefined
        ? `Differs in ${countText(verdict.samples)} of ${countText(verdict.of)} samples, by up to ${levels(verdict.largest)}.`
        : `Differs: the script's picture is ${verdict.form}.`;
    case 'unverified':
      return `Not verified here: ${verdict.reason}.`;
  }
}

function levels(number: number): string {
  return number === 1 ? '1 level' : `${countText(number)} levels`;
}
