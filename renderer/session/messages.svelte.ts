/** What is told to the user in passing: errors stay until they are dismissed, notices go by themselves. */

import { sentence, type Fault } from '../../core/raster/fault';

export interface Message {
  readonly id: number;
  readonly kind: 'alert' | 'notice';
  /** A whole sentence. */
  readonly text: string;
  /** What to do about it; may be empty. */
  readonly remedy: string;
}

const NOTICE_STAYS = 6_000;
const MOST_SHOWN = 5;

export class Messages {
  shown = $state.raw<readonly Message[]>([]);
  #last = 0;

  /** An error; `about` is the file or thing concerned, put in front where the fault does not name it itself. */
  alert(fault: Pick<Fault, 'message' | 'remedy'>, about?: string): void {
    const named =
      about === undefined || fault.message.includes(about) ? fault.message : `${about}: ${fault.message}`;
    const same = this.shown.find((message) => message.kind === 'alert' && message.text === asSentence(named));
    if (same) this.dismiss(same.id);
    this.#show({ kind: 'alert', text: asSentence(named), remedy: asSentence(fault.remedy) });
  }

  notice(text: string): void {
    const id = this.#show({ kind: 'notice', text: asSentence(text), remedy: '' });
    setTimeout(() => this.dismiss(id), NOTICE_STAYS);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((message) => message.id !== id);
  }

  #show(message: Omit<Message, 'id'>): number {
    const id = ++this.#last;
    this.shown = [...this.shown, { ...message, id }].slice(-MOST_SHOWN);
    return id;
  }
}

/** Faults are written without capital and full stop, so that they can stand inside another sentence. */
export function asSentence(text: string): string {
  if (text === '') return '';
  // A file name keeps its letters as they are.
  const first = text.split(/[\s:]/, 1)[0];
  const start = /[./\\]/.test(first) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(start) ? start : `${start}.`;
}

/** A fault in one line, for a place beside a control. */
export function faultLine(fault: Fault): string {
  return asSentence(sentence(fault));
}
